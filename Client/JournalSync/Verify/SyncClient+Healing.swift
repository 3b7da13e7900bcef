import JournalSealing
package import JournalStore
import OperationLog
import SyncProtocol

extension SyncClient {
  /// Brings journal and server together: fetches what is missing here, issues again what the server
  /// could never take because something before it is lost, and gives way where the server has other
  /// operations of the names of this journal's.
  package func heal(progress: SyncProgress? = nil) async throws -> SyncReport {
    let heads = try await heads()
    let known = VersionVector(heads.byDevice.mapValues(\.sequences))
    try store.reissueBeyondGaps(knownToServer: known)
    var report = try await sync(progress: progress)
    do {
      guard let second = try await giveWay(progress) else { return report }
      report.takeBack(\.isContest)
      return report + second
    } catch {
      // It is told with the error, or never.
      try? UntoldWarnings.add(report.warnings, to: store)
      throw error
    }
  }

  /// Both sides may have operations of the same names and different content, which one disaster alone
  /// never makes: docs/decisions/0007. Only whoever keeps the journal can ask for this, for a server
  /// that lies could show what it had refused.
  ///
  /// - Returns: what another sync has told, if there were any.
  private func giveWay(_ progress: SyncProgress?) async throws -> SyncReport? {
    var given = GivenWay()
    let report = try await underLock(waitingFor: { _ = try activeLink() }) {
      let link = try activeLink()
      return try await explainingEndedSession(conversation(of: link)) { conversation in
        let contested = try store.knownMissing().contested
        given = try await giveWay(conversation)
        guard try given.taken > 0 || contested != store.knownMissing().contested
        else { return SyncReport() }
        var report = try await SyncRun(
          client: self, link: link, conversation: conversation, progress: progress
        ).run()
        if given.taken > 0 { report.warn(.gaveWay(operations: given.taken)) }
        if !given.survivors.isEmpty { report.warn(.survivedErase(given.survivors)) }
        return report
      }
    }
    return report == SyncReport() ? nil : report
  }

  /// Reads all that the server has: only the last operations of each device can be told apart
  /// without. Again where something gave way, which may have been the erase that lists another.
  private func giveWay(_ conversation: ServerConversation) async throws -> GivenWay {
    var given = GivenWay()
    for _ in 0..<Self.readingsMax {
      let reading = try await readAndGiveWay(conversation)
      given.taken += reading.taken
      given.survivors += reading.survivors.filter { !given.survivors.contains($0) }
      guard reading.left > 0, reading.taken > 0 else { break }
    }
    return given
  }

  private static let readingsMax = 4

  private func readAndGiveWay(_ conversation: ServerConversation) async throws -> GivenWay {
    let keys = try store.keys
    var message = WireSyncRequest()
    var given = GivenWay()
    var received = 0
    repeat {
      let page = try await conversation.sync(message)
      received += page.operations.count
      guard received <= page.operationsMax, page.token.isEmpty || !page.operations.isEmpty else {
        throw SyncFailure(.malformedAnswer, detail: "it goes on without end")
      }
      let opened = await SyncRun.open(page.operations[...], keys).operations
      let part = try store.giveWay(to: opened)
      given.taken += part.taken
      given.left += part.left
      given.survivors += part.survivors
      try forgetSettled(opened.map(\.operation.header))
      message = WireSyncRequest()
      message.token = page.token
    } while !message.token.isEmpty
    return given
  }

  /// What the server has shown to be the same here is contested no more.
  private func forgetSettled(_ shown: [OperationHeader]) throws {
    var missing = try store.knownMissing()
    guard !missing.contested.isEmpty else { return }
    let settled = try shown.filter {
      try missing.contested[$0.id] != nil && store.digest(of: $0.id) == $0.digest
    }
    guard !settled.isEmpty else { return }
    for header in settled { missing.contested[header.id] = nil }
    try store.setKnownMissing(missing)
  }

  /// Values of this module that cannot be read, or are lost.
  package func findings() throws -> [JournalFinding] {
    do {
      _ = try store.serverLink()
      return []
    } catch let failure as SyncFailure where failure.code == .linkDamaged {
      return [.setting(SettingName.serverLink.rawValue)]
    }
  }
}

extension SyncReport {
  /// Journal and server have different operations of the same name.
  package var isContested: Bool { warnings.contains(where: \.isContest) }
}

extension SyncWarning {
  fileprivate var isContest: Bool { kind == .differs || kind == .stateDiffers }
}
