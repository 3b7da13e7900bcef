internal import GRDB
internal import JournalModel
package import JournalSealing
package import OperationLog

extension JournalStore {
  /// Gives operations that no server has accepted new timestamps, in their order, after the server
  /// refused theirs. Sets the clock by the server's.
  ///
  /// - Parameters:
  ///   - serverTime: Unix milliseconds.
  ///   - greatest: the greatest timestamp that the server has accepted.
  /// - Returns: how many operations were rewritten.
  package func restamp(serverTime: Int64, greatest: Timestamp) throws -> Int {
    try writing { log in
      let known = try log.greatestSharedTimestamp()
      log.journal.clock = HybridClock(
        last: max(Timestamp(milliseconds: WallClock.clamped(serverTime)), greatest, known))
      log.journal.clockOffsetMilliseconds =
        WallClock.clamped(serverTime) - WallClock.clamped(environment.wallClockMilliseconds())
      return try log.restamp(wallClockMilliseconds: serverTime)
    }
  }

  /// The greatest timestamp of operations that others have seen. Reads the whole log.
  package func greatestSharedTimestamp() throws -> Timestamp {
    try writing { try $0.greatestSharedTimestamp() }
  }

  /// Takes a new device id, after it showed that another copy of this journal writes under the
  /// present one.
  ///
  /// - Parameter from: the first operation that the server has with another content. It and
  ///   all later ones of its device that no server has accepted are issued again under the new id.
  package func fork(from: OperationID) throws -> DeviceID {
    try writing { try $0.fork(from: from) }
  }

  /// Makes the journal one of an account that exists: what was written here before is issued
  /// again under the account's keys, with the same names and times.
  ///
  /// - Returns: how many operations that were.
  /// - Throws: `StoreError.otherAccount` if the journal holds what another account has seen.
  package func join(account: AccountID, key: AccountKey) throws -> Int {
    try writing { log in
      if log.journal.account == account {
        guard log.journal.accountKey != key else { return 0 }
      }
      guard !log.devices.isShared else { throw StoreError(.otherAccount, path: path) }
      return try log.join(account: account, key: key, machine: environment.machine)
    }
  }
}

extension LogTransaction {
  /// An operation of this store that may be rewritten, without its bytes.
  struct Unreleased {
    let key: Int64
    let stamp: Stamp
    let record: Int64?
  }

  func unreleased() throws -> [Unreleased] {
    try devices.rows.filter(\.isOwn).flatMap { device in
      try db.all(
        """
        SELECT key, timestamp, record FROM operation
        WHERE key BETWEEN ?1 AND ?2 AND made_here AND payload IS NOT NULL ORDER BY key
        """,
        .integer(device.key(device.released.next)), .integer(device.key(.max))
      ) { row in
        Unreleased(
          key: row.integer(0),
          stamp: Stamp(
            timestamp: Timestamp(rawValue: UInt64(bitPattern: row.integer(1))),
            id: try devices.operation(key: row.integer(0))),
          record: row.isNull(2) ? nil : row.integer(2))
      }
    }
  }

  func operation(key: Int64) throws -> StoredOperation {
    let account = journal.account
    let operation = try db.first(
      "SELECT header, payload FROM operation WHERE key = ?1", .integer(key),
      read: { try $0.operation(account: account) })
    // What is damaged must not be issued again as if somebody had meant it.
    guard let operation, keys.verify(operation) else { throw DamagedRow() }
    return operation
  }

  /// Of the operations that others have seen. Nothing vouches for the time of a stub.
  fileprivate func greatestSharedTimestamp() throws -> Timestamp {
    let rewritable = Set(try unreleased().map(\.key))
    var greatest = Timestamp.zero
    try db.rows("SELECT key, timestamp FROM operation WHERE payload IS NOT NULL", []) { row in
      if !rewritable.contains(row.integer(0)) {
        greatest = max(greatest, Timestamp(rawValue: UInt64(bitPattern: row.integer(1))))
      }
      return true
    }
    return greatest
  }

  fileprivate func restamp(wallClockMilliseconds: Int64) throws -> Int {
    let operations = try unreleased().sorted { $0.stamp < $1.stamp }
    for old in operations {
      let timestamp = journal.clock.tick(wallClockMilliseconds: wallClockMilliseconds)
      let new = try keys.reissue(
        try operation(key: old.key), id: old.stamp.id, timestamp: timestamp)
      try replace(key: old.key, record: old.record, by: new)
    }
    forgetDigests(of: Set(operations.map(\.stamp.id.device)))
    return operations.count
  }

  /// Issues an operation and all later ones of its device again under a new id, as far as no
  /// server has accepted them.
  func fork(from first: OperationID) throws -> DeviceID {
    let operations = try unreleased()
    let device = takeNewDevice()
    var renaming: [OperationID: OperationID] = [:]
    var next = Sequence.first
    for old in operations.map(\.stamp.id)
    where old.device == first.device && old.sequence >= first.sequence {
      renaming[old] = OperationID(device: device, sequence: next)
      next = next.next
    }
    guard !renaming.isEmpty else { return device }
    var rewritten: Set<DeviceID> = []
    for old in operations {
      let present = try operation(key: old.key)
      let new = try keys.reissue(
        present, id: renaming[old.stamp.id] ?? old.stamp.id, timestamp: old.stamp.timestamp,
        renaming: renaming)
      guard new != present else { continue }
      try replace(key: old.key, record: old.record, by: new)
      rewritten.formUnion([old.stamp.id.device, new.header.device])
    }
    try recount(first.device, from: first.sequence)
    try recount(device, from: .first)
    forgetDigests(of: rewritten)
    return device
  }

  /// Looks up anew which operations there are of a device, from one on.
  func recount(_ id: DeviceID, from sequence: Sequence) throws {
    guard let device = devices[id] else { return }
    let kept = min(device.sequences.gapless, Sequence(sequence.rawValue - 1))
    var sequences = KnownSequences(gapless: kept)
    let sql = "SELECT key FROM operation WHERE key BETWEEN ?1 AND ?2 ORDER BY key"
    try db.rows(sql, [.integer(device.key(kept.next)), .integer(device.key(.max))]) { row in
      sequences.insert(try devices.operation(key: row.integer(0)).sequence)
      return true
    }
    devices.update(id) { $0.sequences = sequences }
  }

  fileprivate func join(account: AccountID, key: AccountKey, machine: [UInt8]) throws -> Int {
    let operations = try unreleased()
    let new = JournalKeys(accountKey: key, account: account)
    for old in operations {
      let issued = try new.reissue(
        try operation(key: old.key), id: old.stamp.id, timestamp: old.stamp.timestamp)
      try replace(key: old.key, record: nil, by: issued)
    }
    journal.account = account
    journal.accountKey = key
    journal.machine = new.tag(ofMachine: machine)
    keys = new
    forgetDigests(of: Set(operations.map(\.stamp.id.device)))
    journal.digest = try recomputedDigest()
    return operations.count
  }

  func forgetDigests(of ids: Set<DeviceID>) {
    for id in ids { devices.update(id) { $0.digest = nil } }
  }

  /// The state digest, from all records and the present keys.
  func recomputedDigest() throws -> StateDigest {
    var digest = StateDigest()
    try db.rows("SELECT id, kind, state FROM record", []) { row in
      let state = try row.state()
      for (name, register) in state.registers {
        digest.insert(keys.tag(of: state.id, register: name), winner: register.stamp.id)
      }
      return true
    }
    return digest
  }
}
