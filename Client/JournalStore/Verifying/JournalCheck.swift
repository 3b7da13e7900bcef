internal import GRDB
internal import JournalModel
internal import JournalSealing
internal import OperationLog

/// Reads a whole journal, makes it anew from its log beside it, and compares.
///
/// Each part is judged only where what it rests on can be read, so that one fault is told once and
/// not as all that follows from it.
final class JournalCheck {
  let environment: StoreEnvironment
  let path: String
  private let copy: JournalCopy
  var verification = Verification()
  /// Rows of records with an operation that is not to be believed.
  var doubtfulRows: Set<Int64> = []
  var doubtfulDevices: Set<DeviceID> = []

  init(_ copy: JournalCopy, path: String, environment: StoreEnvironment) {
    self.copy = copy
    self.path = path
    self.environment = environment
    for finding in copy.findings { verification.find(finding) }
  }

  /// - Throws: `StoreError`: `foreign`, `newerVersion`, or for what happens to the scratch files.
  func run() throws -> Verification {
    guard copy.bytes != 1 else {
      // Which SQLite would take for an empty file.
      verification.find(.file("one byte is left of it"))
      return verification
    }
    try copy.scratch.queue.writeWithoutTransaction { db in
      do {
        guard try checkFile(db) else { return }
      } catch let error as DatabaseError {
        verification.find(.file(error.plainMessage))
        return
      }
      try checkContents(db)
    }
    return verification
  }

  /// Whether there are tables to read.
  private func checkFile(_ db: Database) throws -> Bool {
    let schema = try SchemaText(db)
    let application = try db.first("PRAGMA application_id", read: { $0.integer(0) }) ?? 0
    let version = try db.first("PRAGMA user_version", read: { $0.integer(0) }) ?? 0
    let isOurs = schema == SchemaText.expected
    if !isOurs {
      guard schema.hasJournal else { throw StoreError(.foreign, path: path) }
      if application == Schema.applicationID, version > Schema.version {
        throw StoreError(.newerVersion(Int(version)), path: path)
      }
      verification.find(.tables)
    }
    if application != Schema.applicationID || version != Schema.version {
      verification.find(.file("the file's header does not name this version of Ebb"))
    }
    for message in try db.all("PRAGMA integrity_check(20)", read: { $0.text(0) })
    where message != "ok" {
      verification.find(.file(message))
    }
    return isOurs
  }

  private func checkContents(_ db: Database) throws {
    guard let journal = identity(db), let devices = devices(db) else { return }
    if devices[slot: journal.deviceSlot]?.isOwn != true { verification.find(.identity) }
    let keys = JournalKeys(accountKey: journal.accountKey, account: journal.account)
    let scratch = try ScratchFile(beside: path)
    let rebuilt = try Rebuilding(scratch.queue, identity: journal, environment: environment)
    guard try readLog(db, devices: devices, keys: keys, into: rebuilt) else { return }
    try rebuilt.finish()
    try scratch.queue.writeWithoutTransaction { made in
      try JournalComparison(of: self, journal, devices, db, made).run()
    }
  }

  private func identity(_ db: Database) -> JournalRow? {
    guard let journal = try? JournalRow.load(db) else {
      verification.find(.identity)
      return nil
    }
    return journal
  }

  private func devices(_ db: Database) -> DeviceTable? {
    guard let devices = try? DeviceTable.load(db) else {
      verification.find(.file("the table of devices cannot be read"))
      return nil
    }
    return devices
  }

  /// Whether the log could be read to its end, and with this key.
  private func readLog(
    _ db: Database, devices: DeviceTable, keys: JournalKeys, into rebuilt: Rebuilding
  ) throws -> Bool {
    var pass = LogPass(check: self, db: db, devices: devices, keys: keys, rebuilt: rebuilt)
    do {
      try db.rows("SELECT \(LogRow.columns) FROM operation ORDER BY key", []) { row in
        try pass.take(LogRow(row))
        return true
      }
    } catch let error as DatabaseError {
      verification.find(.file(error.plainMessage))
      return false
    }
    return try pass.finish()
  }
}

/// One reading of the log.
private struct LogPass {
  let check: JournalCheck
  let db: Database
  let devices: DeviceTable
  let keys: JournalKeys
  let rebuilt: Rebuilding
  /// Kept until all erases are known.
  var stubs: [(row: LogRow, opened: OpenedOperation)] = []
  var erased: Set<ErasedOperation> = []
  var wrong: [(place: OperationPlace, fault: JournalFinding.Fault)] = []
  var right = 0

  mutating func take(_ row: LogRow) throws {
    let opened: OpenedOperation
    do throws(LogRow.Damage) {
      opened = try row.opened(keys)
    } catch {
      doubt(row, error.fault)
      return
    }
    let header = opened.operation.header
    erased.formUnion(header.erased)
    guard row.repeats(header, devices), try isOfItsRecord(row, opened.change) else {
      doubt(row, .columns)
      return
    }
    if opened.change == nil {
      stubs.append((row, opened))
    } else {
      right += 1
      try rebuilt.add(opened, madeHere: row.madeHere != 0)
    }
  }

  private func isOfItsRecord(_ row: LogRow, _ change: RecordChange?) throws -> Bool {
    guard let change, !change.writes.isEmpty else { return true }
    guard let record = row.record else { return false }
    let id = try db.first(
      "SELECT id FROM record WHERE row = ?1", .integer(record), read: { $0.bytes(0) })
    // A record that is not there at all is told with the records.
    return id == nil || id == change.record.bytes
  }

  /// Another operation of the same name may have its own.
  private func hasWords(_ operation: ErasedOperation) throws -> Bool {
    guard let key = devices.key(of: operation.id) else { return false }
    return try db.first(
      "SELECT header FROM operation WHERE key = ?1 AND payload IS NOT NULL", .integer(key),
      read: { $0.bytes(0).suffix(OperationDigest.count).elementsEqual(operation.digest.bytes) })
      ?? false
  }

  private mutating func doubt(_ row: LogRow, _ fault: JournalFinding.Fault) {
    if wrong.count < 1_000 { wrong.append((place(of: row), fault)) }
    if let record = row.record { check.doubtfulRows.insert(record) }
    if let id = try? devices.operation(key: row.key) { check.doubtfulDevices.insert(id.device) }
  }

  private func place(of row: LogRow) -> OperationPlace {
    if let id = try? devices.operation(key: row.key) { return .named(id) }
    return .row(row.key)
  }

  /// Whether the key is right.
  mutating func finish() throws -> Bool {
    if right == 0, wrong.contains(where: { $0.fault == .digest }) {
      check.verification.find(.key)
      return false
    }
    for (row, opened) in stubs {
      let header = opened.operation.header
      if erased.contains(ErasedOperation(id: header.id, digest: header.digest)) {
        right += 1
        try rebuilt.add(opened, madeHere: row.madeHere != 0)
      } else {
        doubt(row, .unlisted)
      }
    }
    for operation in erased where try hasWords(operation) {
      wrong.append((.named(operation.id), .erased))
    }
    for (place, fault) in wrong { check.verification.find(.operation(place, fault)) }
    check.verification.operations = right
    return true
  }
}

/// What a database's tables were made with.
struct SchemaText: Equatable {
  private let lines: [String]

  init(_ db: Database) throws {
    lines = try db.all(
      "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema",
      read: { $0.text(0) }
    ).sorted()
  }

  var hasJournal: Bool {
    ["table journal ", "table operation "].contains { name in
      lines.contains { $0.hasPrefix(name) }
    }
  }

  /// Those of a journal that is made now.
  static let expected: SchemaText? = try? DatabaseQueue().writeWithoutTransaction { db in
    for migration in Schema.migrations { try migration.run(db) }
    return try SchemaText(db)
  }
}

extension DatabaseError {
  /// What SQLite says, without our statements.
  var plainMessage: String { message ?? resultCode.description }
}
