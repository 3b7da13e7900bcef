internal import OperationLog
internal import SyncProtocol

/// Stores the operations of one request: decides which to take, merges them, keeps the account's
/// counts and digests, all within one transaction.
struct Push {
  struct Result: Sendable {
    var refusals: [Refusal] = []
    /// Known here now, so there is no need to send them back.
    var covered: [OperationID] = []
    var storedCount = 0
    /// Erases were among what was pushed, whether or not they were known.
    var hasErased = false
  }

  /// Taken, and not written yet.
  struct Pending {
    let key: OperationKey
    let header: OperationHeader
    var envelope: [UInt8]
    var isStub: Bool
    var heldCount = 0
  }

  let transaction: any StorageWriting
  let account: AccountSlot
  let accountID: AccountID
  let limits: ServerLimits
  let isRebuild: Bool
  /// Computed once, so that a request cannot move its own limit.
  let timestampMax: Timestamp
  var journal: StoredJournal
  var devices: DeviceTable
  var pending: [Pending] = []
  var indexOfPending: [OperationKey: Int] = [:]
  /// Names that are taken by operations which the disk has changed.
  var damaged: Set<OperationKey>
  var hasCheckedDevices = false
  private var touched: Set<DeviceID> = []
  /// From where on a device's operations are refused.
  private var blockedFrom: [DeviceID: Sequence] = [:]
  private var result = Result()

  /// Throws `DamagedJournal` where an answer would depend on damage.
  static func store(
    _ request: SyncRequest, of installation: StoredInstallation, limits: ServerLimits, now: Int64,
    in transaction: any StorageWriting
  ) throws -> Result {
    var push = try Push(request, installation, limits, now, transaction)
    for operation in request.operationsToAdmit { try push.admit(operation) }
    push.result.hasErased = request.operations.contains(where: \.isErase)
    try push.applyErases()
    try push.merge()
    try push.write()
    return push.result
  }

  private init(
    _ request: SyncRequest, _ installation: StoredInstallation, _ limits: ServerLimits,
    _ now: Int64, _ transaction: any StorageWriting
  ) throws {
    self.transaction = transaction
    account = installation.account
    accountID = installation.accountID
    self.limits = limits
    isRebuild = request.rebuild
    journal = try transaction.soundJournal(of: account)
    damaged = Set(try transaction.damagedOperations(of: account))
    devices = DeviceTable(try transaction.devices(of: account))
    timestampMax = TimestampRule.max(greatestAccepted: journal.greatestTimestamp, now: now)
  }

  private mutating func admit(_ operation: PushedOperation) throws {
    switch operation {
    case .malformed(let device, let sequence):
      refuse(DeviceID(rawValue: device), Sequence(sequence), .malformed)
    case .readable(let header, let envelope, let isStub):
      switch try verdict(header, envelope, isStub: isStub) {
      case .refuse(let reason):
        refuse(header.device, header.sequence, reason)
      case .known(let isErased):
        result.covered.append(header.id)
        if isErased && !isStub { report(header.device, header.sequence, .erased) }
      case .take(let isErased):
        let becomesStub = isErased && !isStub
        try take(
          header,
          envelope: becomesStub
            ? EnvelopeBytes.encode(header: header.stub.wireBytes, sealed: []) : envelope,
          isStub: isErased)
        if becomesStub { report(header.device, header.sequence, .erased) }
      }
    }
  }

  private enum Verdict {
    case take(isErased: Bool)
    case known(isErased: Bool)
    case refuse(Refusal.Reason)
  }

  private func verdict(
    _ header: OperationHeader, _ envelope: [UInt8], isStub: Bool
  ) throws -> Verdict {
    if let blocked = blockedFrom[header.device], header.sequence >= blocked {
      return .refuse(.gap)
    }
    let device = devices[header.device]
    let known = device?.sequences ?? KnownSequences()
    if let device, known.contains(header.sequence) {
      let key = OperationKey(device.slot, header.sequence)
      let digest =
        try indexOfPending[key].map { pending[$0].header.digest }
        ?? transaction.digest(of: key)
      guard digest == header.digest else {
        // Another digest is a fork only if the disk has not changed it.
        guard try indexOfPending[key] != nil || transaction.soundOperation(key) != nil else {
          throw DamagedJournal()
        }
        return .refuse(.fork)
      }
      return .known(isErased: try isErased(header))
    }
    if let device, try isTaken(OperationKey(device.slot, header.sequence), header, envelope) {
      return .refuse(.fork)
    }
    if !isRebuild && header.sequence != known.gapless.next { return .refuse(.gap) }
    if header.erased.contains(where: { $0.id == header.id }) { return .refuse(.malformed) }
    let isErased = try isErased(header)
    if isStub && !(isErased && header.tags.isEmpty && header.erased.isEmpty) {
      return .refuse(.malformed)
    }
    if !isRebuild && header.timestamp > timestampMax { return .refuse(.timestamp) }
    if journal.byteCount + envelope.count > limits.accountBytesMax
      || device == nil && devices.devicesByID.count >= limits.devicesMax
      || known.beyond.count >= limits.rangesBeyondMax && known.liesApart(header.sequence)
    {
      return .refuse(.quota)
    }
    return .take(isErased: isErased)
  }

  private mutating func take(
    _ header: OperationHeader, envelope: [UInt8], isStub: Bool
  ) throws {
    var device = try devices[header.device] ?? addDevice(header.device)
    device.sequences.insert(header.sequence)
    devices[header.device] = device
    touched.insert(header.device)
    let key = OperationKey(device.slot, header.sequence)
    try fill(key, with: envelope, isStub: isStub)
    indexOfPending[key] = pending.count
    pending.append(Pending(key: key, header: header, envelope: envelope, isStub: isStub))
    journal.operationCount += 1
    journal.byteCount += envelope.count
    journal.greatestTimestamp = max(journal.greatestTimestamp, header.timestamp)
    result.covered.append(header.id)
    result.storedCount += 1
    for operation in header.erased where try !isErased(operation) {
      try transaction.addErased(operation, to: account)
      journal.erasedCount += 1
    }
  }

  private mutating func refuse(
    _ device: DeviceID, _ sequence: Sequence, _ reason: Refusal.Reason
  ) {
    report(device, sequence, reason)
    // A rebuild may leave gaps; what follows a fork is another history all the same.
    guard !isRebuild || reason == .fork else { return }
    blockedFrom[device] = min(blockedFrom[device] ?? sequence, sequence)
  }

  private mutating func report(
    _ device: DeviceID, _ sequence: Sequence, _ reason: Refusal.Reason
  ) {
    result.refusals.append(
      Refusal(device: device.rawValue, sequence: sequence.rawValue, reason: reason))
  }

  private func write() throws {
    guard result.storedCount > 0 else { return }
    for operation in pending.sorted(by: { $0.key < $1.key }) {
      try transaction.addOperation(
        StoredOperation(
          timestamp: operation.header.timestamp, digest: operation.header.digest,
          heldCount: operation.heldCount, envelope: operation.envelope, at: operation.key),
        at: operation.key)
    }
    for id in touched {
      guard let device = devices[id] else { continue }
      try transaction.setSequences(device.sequences, of: device.slot)
    }
    try transaction.setJournal(journal, of: account)
  }
}

extension SyncRequest {
  /// A rebuild brings erases and what they erased in any order; stubs are believed only once
  /// their erase is known.
  fileprivate var operationsToAdmit: [PushedOperation] {
    guard rebuild else { return operations }
    return operations.filter(\.isErase) + operations.filter { !$0.isErase }
  }
}

extension PushedOperation {
  fileprivate var isErase: Bool {
    switch self {
    case .readable(let header, _, _): !header.erased.isEmpty
    case .malformed: false
    }
  }
}
