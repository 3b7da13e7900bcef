internal import GRDB
internal import JournalModel
internal import JournalSealing
internal import OperationLog

/// One transaction that writes: the log, and with it all that follows from the log.
///
/// Whoever writes operations here ends with `finish`, which brings the records they touched, the
/// version vector, the clock and the state digest up to them.
final class LogTransaction {
  let db: Database
  let environment: StoreEnvironment
  /// Leaves the search index to `finishBulk`.
  let isBulk: Bool
  var journal: JournalRow
  var devices: DeviceTable
  var keys: JournalKeys
  /// Rows of records whose operations have changed since their state was made.
  var touched: Set<Int64> = []
  private(set) var effects: [RecordEffect] = []
  /// Records that were not known before.
  private(set) var appeared: Set<RecordID> = []
  /// Records that erases stored in this transaction name.
  var erased: Set<RecordID> = []
  /// Whether any erase is known; `nil` until somebody asks.
  var knowsErases: Bool?
  private var news = MergeNews()

  init(
    _ db: Database, environment: StoreEnvironment, keyCache: KeyCache, isBulk: Bool = false
  ) throws {
    self.db = db
    self.environment = environment
    self.isBulk = isBulk
    journal = try JournalRow.load(db)
    devices = try DeviceTable.load(db)
    let derived = keyCache.derived(of: journal)
    keys = derived.keys
    if journal.machine != derived.machineTag {
      journal.machine = derived.machineTag
      takeNewDevice()
    }
  }

  var device: DeviceID {
    get throws {
      guard let row = devices[slot: journal.deviceSlot] else { throw DamagedRow() }
      return row.id
    }
  }

  /// The wall clock, set right by what the server's last said where it is wrong.
  private var now: Int64 {
    // A damaged file may hold any number.
    WallClock.clamped(environment.wallClockMilliseconds()) &+ journal.clockOffsetMilliseconds
  }

  /// Gives new operations another device id, for this journal is a copy: of another machine's, or
  /// of its own past. What follows is another installation's, so that two copies that both go on
  /// are told apart from the first word.
  @discardableResult
  func takeNewDevice() -> DeviceID {
    let isCopy = journal.deviceSlot != 0
    if isCopy, let id = InstallationID(environment.randomBytes(InstallationID.count)) {
      journal.installation = id
    }
    var id: DeviceID
    repeat {
      let bytes = environment.randomBytes(8)
      id = DeviceID(rawValue: bytes.reduce(0) { $0 << 8 | UInt64($1) })
    } while devices[id] != nil
    journal.deviceSlot = devices.slot(of: id, own: true)
    return id
  }

  /// Makes the next operation of this device and stores it.
  ///
  /// - Parameter erased: what an erase lists; its change then has no writes.
  @discardableResult
  func issue(_ change: RecordChange, erasing erased: [ErasedOperation] = []) throws -> OperationID {
    let (id, timestamp) = try nextName()
    let operation = try keys.makeOperation(
      change, id: id, timestamp: timestamp, erased: erased)
    try insert(operation, change: change, madeHere: true)
    return id
  }

  /// The name and the time of the next operation of this device.
  ///
  /// - Parameter count: of operations that have names already, but are not stored yet.
  func nextName(after count: Int = 0) throws -> (id: OperationID, timestamp: Timestamp) {
    guard let row = devices[slot: journal.deviceSlot] else { throw DamagedRow() }
    let sequence = Sequence(row.sequences.last.rawValue + UInt64(count)).next
    guard sequence <= .max else { throw SequencesUsedUp() }
    return (
      OperationID(device: row.id, sequence: sequence),
      journal.clock.tick(wallClockMilliseconds: now)
    )
  }

  /// Stores an operation that is not known yet: of one that an erase lists the stub, and of an
  /// erase what follows from it.
  func insert(_ operation: StoredOperation, change: RecordChange?, madeHere: Bool) throws {
    let operation = try !madeHere && isErased(operation.header) ? operation.stub : operation
    let header = operation.header
    journal.clock.observe(header.timestamp)
    // An erase changes no record: it takes operations away.
    let writes = operation.isStub || !header.erased.isEmpty ? nil : change
    let record = try writes.map {
      try row(of: NewRecord($0, stamp: header.stamp, zones: environment.zones), header)
    }
    try store(operation, ofRow: record, madeHere: madeHere)
    if !header.erased.isEmpty { try apply(erase: header, of: change?.record) }
  }

  /// Stores an operation that was issued here, and the record that it begins or adds to.
  func insert(_ operation: StoredOperation, of record: NewRecord) throws {
    try store(operation, ofRow: try row(of: record, operation.header), madeHere: true)
  }

  private func store(
    _ operation: StoredOperation, ofRow record: Int64?, madeHere: Bool
  ) throws {
    let header = operation.header
    let slot = devices.slot(of: header.device)
    try db.run(
      """
      INSERT INTO operation(key, timestamp, made_here, record, header, payload)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """,
      .integer(slot << DeviceRow.sequenceBits | Int64(header.sequence.rawValue)),
      .integer(Int64(bitPattern: header.timestamp.rawValue)), .integer(madeHere ? 1 : 0),
      record.map(SQLValue.integer) ?? .null, .blob(header.wireBytes),
      operation.isStub ? .null : .blob(operation.payload))
    devices.update(header.device) { $0.insert(header.sequence, digest: header.digest) }
  }

  /// Writes an operation over what it was, under another name, time or account.
  func replace(key: Int64, record: Int64?, by operation: StoredOperation) throws {
    let header = operation.header
    let newKey =
      devices.slot(of: header.device) << DeviceRow.sequenceBits | Int64(header.sequence.rawValue)
    try db.run(
      "UPDATE operation SET key = ?2, timestamp = ?3, header = ?4, payload = ?5 WHERE key = ?1",
      .integer(key), .integer(newKey), .integer(Int64(bitPattern: header.timestamp.rawValue)),
      .blob(header.wireBytes), .blob(operation.payload))
    if let record { touched.insert(record) }
    if !header.erased.isEmpty { try renameErasure(from: key, to: newKey) }
    journal.clock.observe(header.timestamp)
  }

  /// Brings everything up to the operations written.
  func finish() throws {
    for row in touched.sorted() { try merge(row) }
    touched = []
    try news.add(db)
    news = MergeNews()
    try devices.save(db)
    try journal.save(db)
  }
}

// Records.
extension LogTransaction {
  /// The row of the record that a new operation changes.
  ///
  /// A record not known before is made here and now: its state is that one operation's.
  private func row(of record: NewRecord, _ header: OperationHeader) throws -> Int64 {
    let id = record.state.id
    if let row = try RecordRow.insert(record, db) {
      journal.digest.formSum(with: record.additions?.digest ?? StateDigest(of: header))
      try index(record, row: row)
      appeared.insert(id)
      return row
    }
    guard let row = try RecordRow.row(of: id, db) else { throw DamagedRow() }
    if try !advance(row, by: record.state) { touched.insert(row) }
    return row
  }

  /// Merges one more operation into a device record, which gets some with every day: to read them
  /// all again with each would take longer every year.
  ///
  /// - Returns: whether that was enough.
  private func advance(_ row: Int64, by operation: RecordState) throws -> Bool {
    guard operation.kind == .device else { return false }
    guard let old = try RecordRow.load(row: row, db) else { throw DamagedRow() }
    guard let state = old.state.advanced(by: operation) else { return false }
    updateDigest(from: old.state, to: state)
    try RecordRow(row: row, state: state, zones: environment.zones).replace(old, db)
    return true
  }

  /// Makes a record's state anew from its operations.
  private func merge(_ row: Int64) throws {
    guard let old = try RecordRow.load(row: row, db) else { throw DamagedRow() }
    let changes = try changes(of: row)
    let state = RecordState(id: old.state.id, merging: changes)
    updateDigest(from: old.state, to: state)
    let effect = RecordEffect(old: old.state, new: state)
    effects.append(effect)
    news.note(effect)
    guard let state else {
      try unindex(old)
      return try old.delete(db)
    }
    let new = RecordRow(row: row, state: state, zones: environment.zones)
    try new.replace(old, db)
    if SearchText(old.state) != SearchText(state) {
      try unindex(old)
      try index(new.state, row: row)
    }
  }

  func changes(of row: Int64) throws -> [StampedChange] {
    try db.checkedOperations(ofRecord: row, devices: devices, keys: keys).compactMap(\.stamped)
  }

  private func updateDigest(from old: RecordState, to new: RecordState?) {
    for name in Set(old.registers.keys).union(new?.registers.keys.map { $0 } ?? []) {
      let before = old.registers[name]?.stamp.id
      let after = new?.registers[name]?.stamp.id
      guard before != after else { continue }
      journal.digest.replace(keys.tag(of: old.id, register: name), from: before, to: after)
    }
  }

  private func index(_ record: NewRecord, row: Int64) throws {
    guard !isBulk, let additions = record.additions else {
      return try index(record.state, row: row)
    }
    if let text = additions.searchText { try SearchIndex.insert(text, row: row, db) }
  }

  private func index(_ state: RecordState, row: Int64) throws {
    if isBulk {
      guard SearchText.exists(in: state) else { return }
      try db.run("INSERT OR IGNORE INTO search_pending(row) VALUES (?1)", .integer(row))
    } else if let text = SearchText(state) {
      try SearchIndex.insert(text, row: row, db)
    }
  }

  private func unindex(_ record: RecordRow) throws {
    guard let text = SearchText(record.state) else { return }
    let wasPending = try db.changes(
      "DELETE FROM search_pending WHERE row = ?1", .integer(record.row))
    if !wasPending { try SearchIndex.delete(text, row: record.row, db) }
  }
}

/// A device has issued as many operations as have a number.
struct SequencesUsedUp: Error {}
