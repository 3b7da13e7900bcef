internal import OperationLog
internal import SyncProtocol

/// What a request wants to hear.
struct Pull: Sendable {
  let session: Session
  private let have: [KnownDevice]
  private let haveByDevice: [DeviceID: KnownDevice]
  /// `have`, and what the request itself brought.
  private let known: VersionVector
  private let token: [UInt8]
  private let live: Bool
  private let pushOnly: Bool
  private let limits: ServerLimits

  init(_ request: SyncRequest, session: Session, covered: [OperationID], limits: ServerLimits) {
    self.session = session
    self.limits = limits
    have = request.have
    haveByDevice = Dictionary(request.have.map { ($0.device, $0) }, uniquingKeysWith: { $1 })
    var knownByDevice = Dictionary(
      request.have.map { ($0.device, $0.sequences) }, uniquingKeysWith: { $1 })
    for id in covered { knownByDevice[id.device, default: KnownSequences()].insert(id.sequence) }
    known = VersionVector(knownByDevice)
    token = request.token
    live = request.live
    pushOnly = request.pushOnly
  }

  /// Reads all of an answer in one transaction: operations, heads and digest are of one moment.
  ///
  /// Throws `DamagedJournal`: nothing of the answer may rest on damage, not even a head.
  func outcome(at now: Int64, in transaction: any StorageReading) throws -> SyncOutcome {
    guard let installation = try transaction.installation(withToken: session.token) else {
      return .unauthorized
    }
    let journal = try transaction.soundJournal(of: installation.account)
    let devices = DeviceTable(try transaction.devices(of: installation.account))
    var answer = SyncAnswer()
    answer.serverTime = now
    answer.stateDigest = journal.stateDigest
    answer.greatestTimestamp = journal.greatestTimestamp
    let account = try transaction.account(installation.accountID)
    answer.keysVersion = account?.keys.version ?? 0
    answer.areKeysDamaged = account.map { !$0.keys.isSound } ?? false
    answer.heads = try devices.ascending.compactMap { device in
      let digest = try transaction.headDigest(of: device)
      // A device of which all was lost.
      guard device.sequences != KnownSequences() else { return nil }
      return KnownDevice(device: device.id, sequences: device.sequences, digest: digest)
    }
    answer.damaged = try transaction.damagedOperations(of: installation.account)
      .compactMap(devices.id)
    guard !pushOnly else { return .answer(answer) }
    guard let start = try start(devices, erasedCount: journal.erasedCount, in: transaction) else {
      return .malformedToken
    }
    let page = try Page(
      from: start, erasedCount: journal.erasedCount, devices: devices, limits: limits,
      in: transaction)
    answer.operationBytes = page.bytes
    answer.operationCount = page.operationCount
    answer.liveCount = page.liveCount
    answer.token = page.next?.bytes ?? []
    return .answer(answer)
  }

  /// Nothing to send, and nothing in `have` that would surprise the client.
  func isQuiet(_ answer: SyncAnswer) -> Bool {
    guard answer.operationCount == 0 else { return false }
    let headsByDevice = Dictionary(
      answer.heads.map { ($0.device, $0) }, uniquingKeysWith: { $1 })
    return have.allSatisfy { own in
      guard let head = headsByDevice[own.device] else { return own.sequences == KnownSequences() }
      return head.sequences == own.sequences && head.digest == own.digest
    }
  }

  private func start(
    _ devices: DeviceTable, erasedCount: Int, in transaction: any StorageReading
  ) throws -> PageToken? {
    guard token.isEmpty else {
      return PageToken(
        token, account: session.account, rangesMax: devices.devicesByID.count + rangesMax)
    }
    return PageToken(
      account: session.account, phase: live ? .live : .all, erasedCount: erasedCount,
      ranges: try devices.ascending.flatMap { device in
        try wanted(of: device, in: transaction).map {
          DeviceRange(device: device.id, sequences: $0)
        }
      })
  }

  /// What the client lacks of a device; and the last operation that it knows without a gap, if it
  /// knows another one by that name: then it sees for itself that there are two.
  private func wanted(
    of device: StoredDevice, in transaction: any StorageReading
  ) throws -> [ClosedRange<Sequence>] {
    let missing = device.sequences.missing(in: known[device.id])
    guard let own = haveByDevice[device.id], let digest = own.digest,
      device.sequences.contains(own.sequences.gapless),
      try transaction.soundOperation(OperationKey(device.slot, own.sequences.gapless))?.digest
        != digest
    else { return missing }
    return [own.sequences.gapless...own.sequences.gapless] + missing
  }

  /// More than an honest token can hold: gaps there, gaps here, and what was pushed between.
  private var rangesMax: Int { 100_000 }
}
