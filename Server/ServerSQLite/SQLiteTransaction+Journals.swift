internal import Foundation
internal import GRDB
internal import OperationLog
internal import ServerCore

extension SQLiteTransaction {
  func journal(of account: AccountSlot) throws -> StoredJournal? {
    try row(
      """
      SELECT operationCount, byteCount, stateDigest, greatestTimestamp, erasedCount, checksum
      FROM journal WHERE account = ?
      """, [account.rawValue]
    ) { row in
      var journal = StoredJournal(
        operationCount: row.integer(0), byteCount: row.integer(1),
        stateDigest: StateDigest(try row.bytes(2)) ?? StateDigest(),
        greatestTimestamp: Timestamp(rawValue: UInt64(bitPattern: row.integer(3))),
        erasedCount: row.integer(4))
      journal.isSound = RowChecksum.of(journal) == row.integer(5)
      return journal
    }
  }

  func setJournal(_ journal: StoredJournal, of account: AccountSlot) throws {
    try execute(
      """
      INSERT OR REPLACE INTO journal
      (account, operationCount, byteCount, stateDigest, greatestTimestamp, erasedCount, checksum)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        account.rawValue, journal.operationCount, journal.byteCount,
        Data(journal.stateDigest.bytes), Int64(bitPattern: journal.greatestTimestamp.rawValue),
        journal.erasedCount, RowChecksum.of(journal),
      ])
  }

  func devices(of account: AccountSlot) throws -> [StoredDevice] {
    try rows(
      // There are few; and one that a damaged index hid would be added a second time.
      "SELECT slot, id, gapless, beyond FROM device NOT INDEXED WHERE account = ?",
      [account.rawValue]
    ) { row in
      StoredDevice(
        slot: DeviceSlot(rawValue: row.integer(0)),
        id: DeviceID(rawValue: UInt64(bitPattern: row.integer(1))),
        sequences: SequencesCoding.decode(gapless: row.integer(2), beyond: try row.bytes(3)))
    }
    .sorted { $0.id < $1.id }
  }

  func addDevice(_ id: DeviceID, to account: AccountSlot) throws -> StoredDevice {
    // Operations may be there whose device is not.
    let greatest: Int64? = try row(
      """
      SELECT max(
        ifnull((SELECT max(slot) FROM device), 0),
        ifnull((SELECT max(key) FROM operation), 0) >> 40,
        ifnull((SELECT max(key) FROM damaged), 0) >> 40)
      """, []
    ) { $0.integer(0) }
    let slot = DeviceSlot(rawValue: (greatest ?? 0) + 1)
    guard slot.rawValue <= DeviceSlot.max.rawValue else {
      throw StorageError(.full, "The server has no more room for devices.")
    }
    try setDevice(id, at: slot, of: account)
    return StoredDevice(slot: slot, id: id, sequences: KnownSequences())
  }

  func setDevice(_ id: DeviceID, at slot: DeviceSlot, of account: AccountSlot) throws {
    try execute(
      """
      INSERT INTO device (slot, account, id, gapless, beyond) VALUES (?, ?, ?, 0, x'')
      ON CONFLICT (slot) DO UPDATE SET account = excluded.account, id = excluded.id
      """,
      [slot.rawValue, account.rawValue, Int64(bitPattern: id.rawValue)])
  }

  /// From device to device, for the operations of one are many.
  func strayDevices() throws -> [DeviceSlot] {
    let known = Set(try rows("SELECT slot FROM device") { DeviceSlot(rawValue: $0.integer(0)) })
    var strays: [DeviceSlot] = []
    var next = OperationKey(rawValue: 0)
    while let key = try row(
      "SELECT key FROM operation WHERE key >= ? ORDER BY key LIMIT 1", [next.rawValue],
      { OperationKey(rawValue: $0.integer(0)) })
    {
      if !known.contains(key.device) { strays.append(key.device) }
      next = OperationKey(DeviceSlot(rawValue: key.device.rawValue + 1), .none)
    }
    return strays
  }

  func setSequences(_ sequences: KnownSequences, of device: DeviceSlot) throws {
    try execute(
      "UPDATE device SET gapless = ?, beyond = ? WHERE slot = ?",
      [
        Int64(sequences.gapless.rawValue), Data(SequencesCoding.beyond(of: sequences)),
        device.rawValue,
      ])
  }

  func digest(of operation: OperationKey) throws -> OperationDigest? {
    let cursor = try Row.fetchCursor(try selectDigest.get(), arguments: [operation.rawValue])
    return try cursor.next().map { try $0.fixed(0) }
  }

  func operation(_ key: OperationKey) throws -> StoredOperation? {
    try row(
      "SELECT timestamp, digest, held, envelope, checksum FROM operation WHERE key = ?",
      [key.rawValue]
    ) {
      StoredOperation(
        timestamp: Timestamp(rawValue: UInt64(bitPattern: $0.integer(0))), digest: try $0.fixed(1),
        heldCount: $0.integer(2), envelope: try $0.bytes(3),
        checksum: OperationChecksum(rawValue: UInt64(bitPattern: $0.integer(4))))
    }
  }

  func addOperation(_ operation: StoredOperation, at key: OperationKey) throws {
    try insertOperation.get().execute(
      arguments: [
        key.rawValue, Int64(bitPattern: operation.timestamp.rawValue), operation.digest.data,
        operation.heldCount, Data(operation.envelope),
        Int64(bitPattern: operation.checksum.rawValue),
      ])
    guard database.changesCount == 1 else { throw DamagedJournal() }
  }

  func setStub(_ stub: StoredOperation, at key: OperationKey) throws {
    try execute(
      "UPDATE operation SET held = 0, envelope = ?, checksum = ? WHERE key = ?",
      [Data(stub.envelope), Int64(bitPattern: stub.checksum.rawValue), key.rawValue])
    try noteUnscrubbed()
  }

  func removeOperation(_ key: OperationKey) throws {
    try execute("DELETE FROM operation WHERE key = ?", [key.rawValue])
  }

  func setAside(_ key: OperationKey, of account: AccountSlot) throws {
    try execute(
      """
      INSERT OR REPLACE INTO damaged (key, account, timestamp, digest, envelope, checksum)
      SELECT key, ?, timestamp, digest, envelope, checksum FROM operation WHERE key = ?
      """, [account.rawValue, key.rawValue])
    try removeOperation(key)
  }

  func operationCount(in range: ClosedRange<OperationKey>) throws -> Int {
    try row(
      "SELECT count(*) FROM operation WHERE key BETWEEN ? AND ?",
      [range.lowerBound.rawValue, range.upperBound.rawValue]
    ) { $0.integer(0) } ?? 0
  }

  func damagedOperations(of account: AccountSlot) throws -> [OperationKey] {
    try rows("SELECT key FROM damaged WHERE account = ? ORDER BY key", [account.rawValue]) {
      OperationKey(rawValue: $0.integer(0))
    }
  }

  func damagedOperation(_ key: OperationKey) throws -> StoredOperation? {
    try row(
      "SELECT timestamp, digest, envelope, checksum FROM damaged WHERE key = ?", [key.rawValue]
    ) {
      StoredOperation(
        timestamp: Timestamp(rawValue: UInt64(bitPattern: $0.integer(0))), digest: try $0.fixed(1),
        heldCount: 0, envelope: try $0.bytes(2),
        checksum: OperationChecksum(rawValue: UInt64(bitPattern: $0.integer(3))))
    }
  }

  func setDamaged(_ operation: StoredOperation?, at key: OperationKey) throws {
    guard let operation else {
      return try execute("DELETE FROM damaged WHERE key = ?", [key.rawValue])
    }
    try execute(
      "UPDATE damaged SET digest = ?, envelope = ? WHERE key = ?",
      [operation.digest.data, Data(operation.envelope), key.rawValue])
    try noteUnscrubbed()
  }

  func changeHeldCount(of key: OperationKey, by difference: Int) throws {
    try execute(
      "UPDATE operation SET held = ifnull(held, 0) + ? WHERE key = ?", [difference, key.rawValue])
  }

  func forEachOperation(
    in range: ClosedRange<OperationKey>, _ filter: OperationFilter,
    _ body: (OperationView) throws -> Bool
  ) throws {
    let (index, condition) =
      switch filter {
      case .all: ("", "")
      case .live: ("INDEXED BY operation_live", "AND held > 0")
      case .superseded: ("", "AND held = 0")
      }
    let cursor = try Row.fetchCursor(
      try database.cachedStatement(
        sql: """
          SELECT key, timestamp, digest, held, envelope, checksum FROM operation \(index)
          WHERE key BETWEEN ? AND ? \(condition) ORDER BY key
          """),
      arguments: [range.lowerBound.rawValue, range.upperBound.rawValue])
    while let row = try cursor.next() {
      let goesOn = try row.withUnsafeData(atIndex: 4) { data in
        try (data ?? Data()).withUnsafeBytes { envelope in
          try body(
            OperationView(
              key: OperationKey(rawValue: row.integer(0)),
              timestamp: Timestamp(rawValue: UInt64(bitPattern: row.integer(1))),
              digest: try row.fixed(2), heldCount: row.integer(3), envelope: envelope,
              checksum: OperationChecksum(rawValue: UInt64(bitPattern: row.integer(5)))))
        }
      }
      guard goesOn else { return }
    }
  }

  func winner(of tag: RegisterTag, in account: AccountSlot) throws -> StoredWinner? {
    let cursor = try Row.fetchCursor(
      try selectWinner.get(), arguments: [account.rawValue, tag.data])
    return try cursor.next().map { Self.winner($0, at: 0) }
  }

  func claim(
    _ tag: RegisterTag, for winner: StoredWinner, in account: AccountSlot
  ) throws -> StoredWinner? {
    try claimRegister.get().execute(
      arguments: [account.rawValue, tag.data, winner.operation.rawValue])
    return database.changesCount == 1 ? nil : try self.winner(of: tag, in: account)
  }

  func setWinner(
    _ winner: StoredWinner?, of tag: RegisterTag, in account: AccountSlot
  ) throws {
    guard let winner else {
      return try execute(
        "DELETE FROM register WHERE account = ? AND tag = ?", [account.rawValue, tag.data])
    }
    try upsertWinner.get().execute(
      arguments: [account.rawValue, tag.data, winner.operation.rawValue])
  }

  func forEachRegister(
    of account: AccountSlot, _ body: (RegisterTag, StoredWinner) throws -> Void
  ) throws {
    let cursor = try Row.fetchCursor(
      try database.cachedStatement(
        sql: """
          SELECT tag, register.operation, operation.timestamp
          FROM register LEFT JOIN operation ON operation.key = register.operation
          WHERE account = ? ORDER BY tag
          """),
      arguments: [account.rawValue])
    while let row = try cursor.next() {
      try body(try row.fixed(0), Self.winner(row, at: 1))
    }
  }

  /// A winner that is not there itself, which only damage leaves, has no timestamp.
  private static func winner(_ row: Row, at index: Int) -> StoredWinner {
    StoredWinner(
      operation: OperationKey(rawValue: row.integer(index)),
      timestamp: Timestamp(rawValue: UInt64(bitPattern: row.integer(index + 1))))
  }

  func isErased(_ operation: ErasedOperation, in account: AccountSlot) throws -> Bool {
    try row(
      """
      SELECT 1 FROM erased WHERE account = ? AND device = ? AND sequence = ? AND digest = ?
      """, Self.arguments(operation, account)
    ) { _ in true } ?? false
  }

  func erasedCount(of account: AccountSlot) throws -> Int {
    try row("SELECT count(*) FROM erased WHERE account = ?", [account.rawValue]) { $0.integer(0) }
      ?? 0
  }

  func addErased(_ operation: ErasedOperation, to account: AccountSlot) throws {
    try execute(
      "INSERT OR IGNORE INTO erased (account, device, sequence, digest) VALUES (?, ?, ?, ?)",
      Self.arguments(operation, account))
  }

  private static func arguments(
    _ operation: ErasedOperation, _ account: AccountSlot
  ) -> StatementArguments {
    [
      account.rawValue, Int64(bitPattern: operation.id.device.rawValue),
      Int64(operation.id.sequence.rawValue), operation.digest.data,
    ]
  }
}
