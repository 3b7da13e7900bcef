internal import GRDB
internal import JournalModel
internal import OperationLog

/// A record as table `record` has it: its state, and the columns that lists go by.
struct RecordRow {
  let row: Int64
  let state: RecordState
  let position: TimelinePosition
  let shelf: Int64
  /// What the record is listed under besides its kind.
  let labels: Set<RegisterName>

  init(row: Int64, state: RecordState, zones: ZoneRules) {
    self.row = row
    self.state = state
    position = state.timelinePosition(zones)
    shelf = Shelf(state).rawValue
    labels = Label.all(of: state)
  }

  private init(row: Int64, _ new: NewRecord) {
    self.row = row
    state = new.state
    position = new.position
    shelf = new.shelf
    labels = new.labels
  }

  /// Inserts a record that was not known; its row, or `nil` if there is one of that id.
  static func insert(_ new: NewRecord, _ db: Database) throws -> Int64? {
    let isNew = try db.changes(
      """
      INSERT INTO record(id, kind, shelf, instant, day, conflicted, state)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING
      """,
      .blob(new.state.id.bytes), .text(new.state.kind.rawValue), .integer(new.shelf),
      .integer(new.position.instantMilliseconds), .integer(new.position.day.number),
      .integer(new.state.hasSiblings ? 1 : 0), .blob(new.encodedState))
    guard isNew else { return nil }
    let record = RecordRow(row: db.lastInsertedRowID, new)
    for name in record.labels { try record.insert(label: name, db) }
    return record.row
  }

  /// Writes a record over what it was before, labels included.
  func replace(_ old: RecordRow, _ db: Database) throws {
    try db.run(
      """
      UPDATE record SET kind = ?2, shelf = ?3, instant = ?4, day = ?5, conflicted = ?6, state = ?7
      WHERE row = ?1
      """,
      .integer(row), .text(state.kind.rawValue), .integer(shelf),
      .integer(position.instantMilliseconds), .integer(position.day.number),
      .integer(state.hasSiblings ? 1 : 0), .blob(RecordStateCoding.encode(state)))
    let stays =
      shelf == old.shelf && position.instantMilliseconds == old.position.instantMilliseconds
    for name in old.labels where !(stays && labels.contains(name)) {
      try old.delete(label: name, db)
    }
    for name in labels where !(stays && old.labels.contains(name)) {
      try insert(label: name, db)
    }
  }

  func delete(_ db: Database) throws {
    for name in labels { try delete(label: name, db) }
    try db.run("DELETE FROM record WHERE row = ?1", .integer(row))
  }

  static func load(row: Int64, zones: ZoneRules, _ db: Database) throws -> RecordRow? {
    try state(row: row, db).map { RecordRow(row: row, state: $0, zones: zones) }
  }

  static func state(row: Int64, _ db: Database) throws -> RecordState? {
    try db.first(
      "SELECT id, kind, state FROM record WHERE row = ?1", .integer(row), read: { try $0.state() })
  }

  static func row(of id: RecordID, _ db: Database) throws -> Int64? {
    try db.first(
      "SELECT row FROM record WHERE id = ?1", .blob(id.bytes), read: { $0.integer(0) })
  }

  static func state(of id: RecordID, _ db: Database) throws -> RecordState? {
    try db.first(
      "SELECT id, kind, state FROM record WHERE id = ?1", .blob(id.bytes),
      read: { try $0.state() })
  }

  private func insert(label: RegisterName, _ db: Database) throws {
    try db.run(
      "INSERT INTO label(shelf, name, instant, id, row) VALUES (?1, ?2, ?3, ?4, ?5)",
      .integer(shelf), .text(label.rawValue), .integer(position.instantMilliseconds),
      .blob(state.id.bytes), .integer(row))
  }

  private func delete(label: RegisterName, _ db: Database) throws {
    try db.run(
      "DELETE FROM label WHERE shelf = ?1 AND name = ?2 AND instant = ?3 AND id = ?4",
      .integer(shelf), .text(label.rawValue), .integer(position.instantMilliseconds),
      .blob(state.id.bytes))
  }
}

extension ResultRow {
  /// Reads the columns id, kind and state.
  func state() throws -> RecordState {
    guard let id = RecordID(bytes(0)) else { throw DamagedRow() }
    let kind = RecordKind(rawValue: text(1))
    guard let state = withBytes(2, { RecordStateCoding.decode($0, id: id, kind: kind) })
    else { throw DamagedRow() }
    return state
  }
}

/// Where a record is kept, as the indices have it.
enum Shelf: Int64 {
  case listed = 0
  case trash = 1

  init(_ state: RecordState) {
    self = state.isTrashed ? .trash : .listed
  }
}

extension CivilDay {
  /// As column `day` has it: YYYYMMDD.
  var number: Int64 { Int64(year * 10_000 + month * 100 + day) }

  init?(number: Int64) {
    guard (0...99_999_999).contains(number) else { return nil }
    let number = Int(number)
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }
}
