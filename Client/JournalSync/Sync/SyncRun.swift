import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol

/// One sync from its beginning to its end, under the lock.
///
/// A run is made of rounds. A round pushes all there is, pulls all there is, and ends early when
/// the server refuses something that can be put right here: then there is another round. Nothing
/// pulled is stored before what was pushed has been settled.
struct SyncRun {
  let client: SyncClient
  let conversation: ServerConversation
  let progress: SyncProgress?
  let keys: JournalKeys
  var link: ServerLink
  var report = SyncReport()
  var isBulk = false
  /// The login was made just now, with the passphrase: it is no copy's. Not known of a login that was
  /// there before, for whoever copied this journal since has the same.
  let hasNewLogin: Bool
  var deviceRecord: DeviceRecord
  /// Opened and not stored yet.
  var openedBatch = OpenedBatch()
  /// Stubs that came before an erase that lists them.
  var unvouchedStubs: [OpenedOperation] = []
  /// How often each reason has led to another round.
  private var repeats: [Repetition: Int] = [:]
  /// By the last answer that was not waited for.
  var clock: ClockComparison?
  var missing: KnownMissing
  /// As the journal keeps it.
  var keptMissing: KnownMissing
  var heard = HeardDevices()
  /// Pushed, and not kept by the server, which says that an erase lists them.
  var saidErased: Set<OperationID> = []
  /// What an erase has left of records, as it became known.
  var survivors: [RecordID] = []
  var doubt: Doubt?
  /// Took a new device id, whose words have to be sent.
  var hasForked = false
  /// Other devices, of which the server has an operation that is another here.
  var contestedElsewhere: Set<DeviceID> = []

  var store: JournalStore { client.store }

  init(
    client: SyncClient, link: ServerLink, conversation: ServerConversation,
    progress: SyncProgress?, hasNewLogin: Bool = false
  ) throws {
    self.client = client
    self.link = link
    self.conversation = conversation
    self.progress = progress
    self.hasNewLogin = hasNewLogin
    keys = try client.store.keys
    deviceRecord = try DeviceRecord(client)
    missing = try client.store.knownMissing()
    keptMissing = missing
    // What is there is sent again.
    missing.refused = []
    try checkCanary()
  }

  /// - Parameter isRestoring: what is needed to use the journal comes first, and no device record
  ///   is written.
  consuming func run(isRestoring: Bool = false) async throws -> SyncReport {
    isBulk = isRestoring
    finishErasing()
    try tellCopy()
    try await revokeAgain()
    // Whose place this machine takes is said after an exchange in which it may turn out a copy.
    let tellsAfterwards = try deviceRecord.takesPlace
    if !isRestoring && !tellsAfterwards { try deviceRecord.writeIfDue() }
    return try await finish { run in
      while try await run.round(isLive: isRestoring) == .again {}
      guard !isRestoring else { return }
      if tellsAfterwards {
        try run.deviceRecord.writeIfDue()
        while try await run.round(isLive: false) == .again {}
      }
      try await run.tellContested()
      try await run.confirmErasing()
    }
  }

  /// Carries on with an answer that was waited for.
  consuming func run(
    startingWith answer: WireSyncResponse, to known: [DeviceKnowledge]
  ) async throws -> SyncReport {
    try await finish { run in
      var next = try await run.receive(answer, to: known, pushed: PushResult())
      while next == .again { next = try await run.round(isLive: false) }
      try await run.confirmErasing()
    }
  }

  private consuming func finish(
    _ rounds: (inout SyncRun) async throws -> Void
  ) async throws -> SyncReport {
    let trafficBefore = await conversation.traffic
    let requestsBefore = await conversation.requests
    do {
      try await rounds(&self)
      try tellSurvivors()
      try finishBulk()
      finishErasing()
      try store.forgetHalfReadFiles()
      try welcomeServer()
    } catch {
      // What came so far is to be found; the error that ended it says more than another.
      if !(error is CancellationError) { try? finishBulk() }
      throw error
    }
    let traffic = await conversation.traffic
    report.requests = await conversation.requests - requestsBefore
    report.bytesSent = traffic.bytesSent - trafficBefore.bytesSent
    report.bytesReceived = traffic.bytesReceived - trafficBefore.bytesReceived
    return report
  }

  /// What came later may have settled some: a restored machine hears of all that ever was.
  private mutating func tellSurvivors() throws {
    guard !survivors.isEmpty else { return }
    let unsettled = Set(try store.survivors().map(\.state.id))
    let told = survivors.filter(unsettled.contains)
    if !told.isEmpty { report.warn(.survivedErase(told)) }
  }

  private func finishBulk() throws {
    guard isBulk else { return }
    progress?(.indexing)
    try store.finishBulk()
  }

  /// Nothing is pushed or pulled with a key that the account's document does not vouch for.
  private func checkCanary() throws {
    let accountKey = try store.accountKey()
    do {
      _ = try KeyRing(checking: link.keys, accountKey: accountKey, account: keys.account)
    } catch {
      // No keys are noted without this check.
      throw SyncFailure(.linkDamaged, cause: error)
    }
  }
}

// MARK: Rounds

extension SyncRun {
  enum Next: Hashable {
    case done
    case again
  }

  /// Why there is another round.
  enum Repetition: Hashable {
    case doubt
    case fork
    case timestamp
    case rebuild
    case unconfirmed
  }

  /// How many operations and bytes a pushed page holds: half of what is allowed, so that one can
  /// be made while the other is on its way.
  enum PageSize {
    static let operations = ProtocolLimits.pageOperationsMax / 2
    static let bytes = ProtocolLimits.pageBytesMax / 2
  }

  mutating func round(isLive: Bool) async throws -> Next {
    var known = try store.known()
    var page = try nextPage()
    var hasSentErases = false
    try await sendErases(before: page, &hasSentErases)
    while page.mayBeFollowed {
      let answer = try await send(page, isLast: false)
      let result = try settle(page, answer)
      if let next = try await resolve(result, answer, known) { return next }
      // What was not taken would be the next page again. The answer to a last page says more.
      guard result.refusedFrom.isEmpty else { break }
      known = try store.known()
      page = try nextPage()
      try await sendErases(before: page, &hasSentErases)
    }
    let answer = try await send(
      page, isLast: true, have: try asked(known), isLive: isLive && doubt == nil)
    let result = try settle(page, answer)
    let next = try await receive(answer, to: known, pushed: result)
    return page.mayBeFollowed && result.refusedFrom.isEmpty ? .again : next
  }

  /// Takes in the answer to a request that asked for everything beyond `known`.
  mutating func receive(
    _ answer: WireSyncResponse, to known: [DeviceKnowledge], pushed: PushResult
  ) async throws -> Next {
    if let next = try await resolve(pushed, answer, known) { return next }
    let heads = try Heads(answer)
    let compared = try compare(known, with: heads)
    if let id = compared.contested, let next = try doubt(id) { return next }
    let last = try await pull(answer)
    let lastHeads = try Heads(last)
    if let next = try settleFork(lastHeads) { return next }
    if let next = try checkAfterwards(promised: heads, last: lastHeads) { return next }
    try await rebuild(compared.missingThere)
    if missing.contested != keptMissing.contested {
      try keepMissing(from: VersionVector(try store.known()))
    }
    try await compareKeys(answer)
    try followServerClock()
    guard !pushed.isOutOfRoom else { throw SyncFailure(.storageFull) }
    return try confirm(pushed)
  }

  /// What the server did not show to have is sent once more: then it has it, or has another
  /// operation of that name, or throws away what it takes.
  private mutating func confirm(_ pushed: PushResult) throws -> Next {
    guard let id = pushed.unconfirmed else { return .done }
    guard repeats[.unconfirmed] != nil else { return try allow(.unconfirmed) }
    report.warn(.notKept(id))
    return .done
  }

  /// Puts right what can be; `nil` if the round goes on.
  private mutating func resolve(
    _ result: PushResult, _ answer: WireSyncResponse, _ known: [DeviceKnowledge]
  ) async throws -> Next? {
    if let id = result.forked, let next = try doubt(id) { return next }
    if let header = result.mistimed {
      return try await putClockRight(header, answer, known)
    }
    if result.hasGap {
      let compared = try compare(known, with: try Heads(answer))
      // Asked for already, what the server has in its place is what it answers.
      if let id = compared.contested { return try doubt(id) }
      try await rebuild(compared.missingThere)
      return try allow(.rebuild)
    }
    if let id = result.malformed { report.warn(.notAccepted(id)) }
    return nil
  }

  /// From now on, what the server lacks it has lost.
  private mutating func welcomeServer() throws {
    guard link.isNewServer else { return }
    try changeLink { $0.isNewServer = false }
  }

  /// Changes the link as it is now: somebody may have logged out or changed the passphrase since
  /// this run began.
  mutating func changeLink(_ change: (inout ServerLink) -> Void) throws {
    change(&link)
    try store.updateServerLink(change)
  }

  /// Another round, unless the same reason keeps coming back: then the server is at fault. A fork
  /// for each id that copies of copies have had is none.
  mutating func allow(
    _ reason: Repetition, detail: String = "it keeps refusing what this machine sends"
  ) throws -> Next {
    let count = repeats[reason, default: 0] + 1
    repeats[reason] = count
    let countMax = reason == .fork || reason == .doubt ? 20 : 2
    guard count <= countMax else { throw SyncFailure(.serverFailed, detail: detail) }
    return .again
  }
}
