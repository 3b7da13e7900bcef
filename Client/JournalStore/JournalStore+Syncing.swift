internal import GRDB
package import JournalSealing
package import OperationLog

extension JournalStore {
  /// What the log holds of each device: the version vector.
  package func known() throws -> [DeviceKnowledge] {
    try readingOnce { try DeviceTable.load($0).known }
  }

  /// The same with the digest of the state that it makes, which another process may change between
  /// two calls.
  package func knownWithDigest() throws -> (known: [DeviceKnowledge], stateDigest: StateDigest) {
    try reading { (try DeviceTable.load($0).known, try JournalRow.load($0).digest) }
  }

  /// Operations that this store made and the server has not accepted, those of each device in the
  /// order of their sequences: the devices from the oldest on, up to one of whose operations some
  /// may still get another name. At least one, however large; empty when there is none.
  ///
  /// What was written under a later id may have seen these. If they have to be issued again, it can
  /// follow only while it was not accepted itself.
  package func unsent(limitOperations: Int, limitBytes: Int) throws -> [StoredOperation] {
    try reading { db in
      let journal = try JournalRow.load(db)
      let keys = keys(of: journal)
      var page = OperationPage(limitOperations: limitOperations, limitBytes: limitBytes)
      for device in try ownDevices(db, present: journal.deviceSlot) where !page.isFull {
        try page.fill(
          from: device.key(device.accepted.next), through: device.key(.max), onlyMadeHere: true,
          keys: keys, db)
        if let last = page.operations.last?.header, last.device == device.id,
          last.sequence > device.released
        {
          break
        }
      }
      return page.operations
    }
  }

  /// From the oldest on. Slots tell their age, but for the present one of a journal that was made
  /// anew from its operations: it was there before them.
  ///
  /// - Parameter present: the slot of the present one.
  private func ownDevices(_ db: Database, present: Int64) throws -> [DeviceRow] {
    let own = try DeviceTable.load(db).rows.filter(\.isOwn)
    return own.filter { $0.slot != present } + own.filter { $0.slot == present }
  }

  /// Where what `unsent` gives begins, for each device id that has any.
  package func firstUnsent() throws -> [DeviceID: Sequence] {
    try reading { db in
      let account = try keys(db).account
      var sequences: [DeviceID: Sequence] = [:]
      for device in try DeviceTable.load(db).rows where device.isOwn {
        sequences[device.id] = try db.first(
          """
          SELECT header FROM operation
          WHERE key BETWEEN ?1 AND ?2 AND made_here ORDER BY key LIMIT 1
          """, .integer(device.key(device.accepted.next)), .integer(device.key(.max))
        ) { try $0.header(account: account).sequence }
      }
      return sequences
    }
  }

  /// Of the operation that this journal has under a name, as it says; `nil` if it has none.
  package func digest(of id: OperationID) throws -> OperationDigest? {
    try reading { db in
      guard let key = try DeviceTable.load(db).key(of: id) else { return nil }
      let found = try db.first(
        "SELECT header FROM operation WHERE key = ?1", .integer(key),
        read: { OperationDigest($0.bytes(0).suffix(OperationDigest.count)) })
      return found ?? nil
    }
  }

  /// Operations of any device as they are stored, to put back what a server has lost. At least one,
  /// however large; empty when there is none in the range.
  package func operations(
    of device: DeviceID, _ range: ClosedRange<Sequence>, limitOperations: Int, limitBytes: Int
  ) throws -> [StoredOperation] {
    try reading { db in
      guard let row = try DeviceTable.load(db)[device] else { return [] }
      var page = OperationPage(limitOperations: limitOperations, limitBytes: limitBytes)
      try page.fill(
        from: row.key(min(range.lowerBound, .max)), through: row.key(min(range.upperBound, .max)),
        onlyMadeHere: false, keys: try keys(db), db)
      return page.operations
    }
  }

  /// Notes that the server has accepted own operations up to these. They are never rewritten.
  package func markAccepted(_ through: [DeviceID: Sequence]) throws {
    guard !through.isEmpty else { return }
    try writing { log in
      for (device, sequence) in through where log.devices[device]?.isOwn == true {
        log.devices.update(device) { $0.accept(through: min(sequence, $0.sequences.last)) }
      }
    }
  }

  /// Counts all own operations as not accepted, for a server that knows none of them. They are
  /// sent again as they are: what any server ever accepted is not rewritten.
  ///
  /// - Parameter settings: kept or with `nil` forgotten with it: all or nothing.
  package func forgetAcceptance(with settings: [SettingName: [UInt8]?] = [:]) throws {
    try writing { log in
      try Self.keep(settings, log.db)
      for device in log.devices.rows where device.isOwn {
        log.devices.update(device.id) { $0.accepted = .none }
      }
    }
  }

  /// Whether some server has ever accepted an operation made here, or sent one made elsewhere.
  package var hasAcceptedOperations: Bool {
    get throws { try readingOnce { try DeviceTable.load($0).isShared } }
  }

  /// Lets the clock follow the server's where this machine's is far off, and no longer where it is
  /// right. Call it after a sync; it writes only when something changes.
  ///
  /// - Parameter difference: how far the server's clock is ahead of this machine's.
  /// - Returns: whether they are found apart, or further apart than before.
  package func adjustClock(differenceMilliseconds difference: Int64) throws -> Bool {
    let present = try clockOffsetMilliseconds
    let tolerated: Int64 = 60_000
    let wanted = difference.magnitude > tolerated ? difference : 0
    let change = wanted.subtractingReportingOverflow(present)
    guard
      wanted == 0 ? present != 0 : change.overflow || change.partialValue.magnitude > tolerated
    else { return false }
    try writing { $0.journal.clockOffsetMilliseconds = wanted }
    return wanted != 0
  }

  /// How far this machine's clock is behind the server's; 0 while they agree.
  package var clockOffsetMilliseconds: Int64 {
    get throws { try journal().clockOffsetMilliseconds }
  }

  /// The last operation of an own device that any server ever accepted: it and those before it
  /// keep their names, unless the doctor gives way. `.none` for other devices.
  package func released(of device: DeviceID) throws -> Sequence {
    try readingOnce { try DeviceTable.load($0)[device]?.released ?? .none }
  }

  /// The timestamp of the last operation known of each device, but for stubs, which have none.
  package func lastTimestamps() throws -> [DeviceID: Timestamp] {
    try reading { db in
      var timestamps: [DeviceID: Timestamp] = [:]
      for device in try DeviceTable.load(db).rows {
        timestamps[device.id] = try db.first(
          """
          SELECT timestamp FROM operation
          WHERE key BETWEEN ?1 AND ?2 AND payload IS NOT NULL ORDER BY key DESC LIMIT 1
          """, .integer(device.key(.first)), .integer(device.key(.max))
        ) { Timestamp(rawValue: UInt64(bitPattern: $0.integer(0))) }
      }
      return timestamps
    }
  }
}

extension DeviceTable {
  fileprivate var known: [DeviceKnowledge] {
    rows.compactMap { row in
      guard row.sequences != KnownSequences() else { return nil }
      return DeviceKnowledge(
        device: row.id, sequences: row.sequences, digest: row.digest, isOwn: row.isOwn)
    }
    .sorted { $0.device < $1.device }
  }

  /// Somebody else has seen of this journal.
  var isShared: Bool {
    rows.contains { $0.isOwn ? $0.released != .none : $0.sequences != KnownSequences() }
  }
}

/// Operations up to a number and a size, at least one.
private struct OperationPage {
  let limitOperations: Int
  let limitBytes: Int
  private(set) var operations: [StoredOperation] = []
  private(set) var isFull = false
  private var bytes = 0

  init(limitOperations: Int, limitBytes: Int) {
    self.limitOperations = limitOperations
    self.limitBytes = limitBytes
  }

  mutating func fill(
    from first: Int64, through last: Int64, onlyMadeHere: Bool, keys: JournalKeys, _ db: Database
  ) throws {
    guard first <= last else { return }
    let sql = """
      SELECT header, payload FROM operation
      WHERE key BETWEEN ?1 AND ?2 AND made_here >= ?3 ORDER BY key
      """
    let values: [SQLValue] = [
      .integer(first), .integer(last), .integer(onlyMadeHere ? 1 : 0),
    ]
    try db.rows(sql, values) { row in
      let operation = try row.operation(account: keys.account)
      // Nothing leaves this machine that is not what was made.
      guard operation.isStub || keys.verify(operation) else { throw DamagedRow() }
      let size = row.bytes(0).count + operation.payload.count
      let fits = operations.count < limitOperations && bytes + size <= limitBytes
      guard fits || operations.isEmpty else {
        isFull = true
        return false
      }
      operations.append(operation)
      bytes += size
      return true
    }
  }
}

extension ResultRow {
  /// Reads the columns header and payload.
  func operation(account: AccountID) throws -> StoredOperation {
    StoredOperation(header: try header(account: account), payload: bytes(1))
  }

  /// Reads the column header.
  fileprivate func header(account: AccountID) throws -> OperationHeader {
    guard let header = OperationHeader(wireBytes: bytes(0), account: account)
    else { throw DamagedRow() }
    return header
  }
}
