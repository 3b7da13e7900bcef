internal import OperationLog

/// What the operations of a journal say, compared with what is noted of them.
///
/// The operations are read once, in order, and each looks up who is noted to hold its registers;
/// then the registers are. Only what differs is kept in memory.
struct JournalReading {
  private(set) var damaged: Set<OperationKey> = []
  /// Of those that are sound, as all counts here.
  private(set) var operationCount = 0
  private(set) var byteCount = 0
  private(set) var greatestTimestamp = Timestamp.zero
  /// Where another number of registers is noted than an operation holds.
  private(set) var heldDifferences: [(OperationKey, Int)] = []
  /// Registers whose winner must go, for it is damaged, does not write them, or is beaten.
  private(set) var orphaned: [(tag: RegisterTag, winner: StoredWinner)] = []
  /// Wrong for other reasons than that the winner is damaged.
  private(set) var wrongRegisterCount = 0

  private let accountID: AccountID
  private var soundBySlot: [DeviceSlot: KnownSequences] = [:]
  private var allBySlot: [DeviceSlot: KnownSequences] = [:]
  private var heldCount = 0
  /// Registers that an operation has written which beats who is noted, or where nobody is.
  private var claimed: Set<RegisterTag> = []
  /// Of the winners that are noted.
  private var stateDigest = StateDigest()

  init(
    account: AccountSlot, accountID: AccountID, devices: DeviceTable,
    in transaction: any StorageReading
  ) throws {
    self.accountID = accountID
    for device in devices.ascending {
      try transaction.forEachOperation(in: device.slot.keys, .all) { operation in
        try read(operation, of: device.id, account, devices, transaction)
        return true
      }
    }
    try readRegisters(of: account, devices, transaction)
  }

  /// The sequences of a device that are sound, and those with the damaged ones.
  func sequences(of slot: DeviceSlot) -> (sound: KnownSequences, all: KnownSequences) {
    (soundBySlot[slot] ?? KnownSequences(), allBySlot[slot] ?? KnownSequences())
  }

  /// Registers that nobody holds once the winners that must go are gone.
  var unheld: Set<RegisterTag> { claimed.union(orphaned.map(\.tag)) }

  /// Whether what is noted of the journal was right before anything was set aside.
  func bearsOut(_ journal: StoredJournal) -> Bool {
    journal.isSound && journal.operationCount == operationCount + damaged.count
      // How long damaged ones were, nobody knows.
      && (journal.byteCount == byteCount || !damaged.isEmpty) && journal.stateDigest == stateDigest
  }

  /// Whether an operation writes a register that is noted as its own.
  func holds(
    _ key: OperationKey, _ tag: RegisterTag, in transaction: any StorageReading
  ) throws -> Bool {
    try !damaged.contains(key) && transaction.writes(key, tag, of: accountID)
  }

  private mutating func read(
    _ operation: OperationView, of device: DeviceID, _ account: AccountSlot,
    _ devices: DeviceTable, _ transaction: any StorageReading
  ) throws {
    let key = operation.key
    allBySlot[key.device, default: KnownSequences()].insert(key.sequence)
    // One that lies where another device's should be cannot be sent either.
    guard operation.isSound,
      let header = EnvelopeBytes.header(of: operation.envelope, account: accountID),
      header.id == OperationID(device: device, sequence: key.sequence)
    else {
      damaged.insert(key)
      return
    }
    soundBySlot[key.device, default: KnownSequences()].insert(key.sequence)
    operationCount += 1
    byteCount += operation.envelope.count
    greatestTimestamp = max(greatestTimestamp, operation.timestamp)
    var heldHere = 0
    for tag in header.tags {
      guard let winner = try transaction.winner(of: tag, in: account) else {
        claimed.insert(tag)
        continue
      }
      if winner.operation == key {
        heldHere += 1
      } else if let id = devices.id(of: winner.operation),
        header.stamp.wins(over: Stamp(timestamp: winner.timestamp, id: id))
      {
        claimed.insert(tag)
      }
    }
    heldCount += heldHere
    if heldHere != operation.heldCount {
      heldDifferences.append((key, heldHere - operation.heldCount))
    }
  }

  private mutating func readRegisters(
    of account: AccountSlot, _ devices: DeviceTable, _ transaction: any StorageReading
  ) throws {
    var (notedCount, lostCount) = (0, 0)
    try transaction.forEachRegister(of: account) { tag, winner in
      notedCount += 1
      let id = devices.id(of: winner.operation)
      if let id { stateDigest.insert(tag, winner: id) }
      if id == nil || damaged.contains(winner.operation) || claimed.contains(tag) {
        orphaned.append((tag, winner))
      }
      if damaged.contains(winner.operation) { lostCount += 1 }
    }
    // Each that is held rightly was counted with its operation.
    if heldCount + lostCount != notedCount {
      try readUnwritten(of: account, transaction)
    }
    wrongRegisterCount = unheld.count - lostCount
  }

  /// Somebody is noted to hold what it does not write: looks each of them up.
  private mutating func readUnwritten(
    of account: AccountSlot, _ transaction: any StorageReading
  ) throws {
    let found = Set(orphaned.map(\.tag))
    try transaction.forEachRegister(of: account) { tag, winner in
      guard !found.contains(tag), try !holds(winner.operation, tag, in: transaction) else {
        return
      }
      orphaned.append((tag, winner))
    }
  }
}
