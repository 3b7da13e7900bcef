internal import GRDB
internal import JournalModel
internal import OperationLog

/// A record as table `record` has it: its state, and the columns that lists go by.
struct RecordRow {
  let row: Int64
  let state: RecordState
  let place: ListPlace
  /// What the record is listed under besides its kind.
  let labels: Set<RegisterName>

  init(row: Int64, state: RecordState, zones: ZoneRules) {
    self.init(
      row: row, state: state,
      place: ListPlace(shelf: Shelf(state).rawValue, state.timelinePosition(zones)),
      labels: Label.all(of: state))
  }

  private init(
    row: Int64, state: RecordState, place: ListPlace, labels: Set<RegisterName>
  ) {
    self.row = row
    self.state = state
    self.place = place
    self.labels = labels
  }

  /// Inserts a record that was not known; its row, or `nil` if there is one of that id.
  static func insert(_ new: NewRecord, _ db: Database) throws -> Int64? {
    let place = ListPlace(shelf: new.shelf, new.position)
    let isNew = try db.changes(
      """
      INSERT INTO record(id, kind, shelf, instant, day, conflicted, state)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING
      """,
      .blob(new.state.id.bytes), .text(new.state.kind.rawValue), .integer(place.shelf),
      .integer(place.instant), .integer(place.day), .integer(new.state.hasSiblings ? 1 : 0),
      .blob(new.encodedState))
    guard isNew else { return nil }
    let record = RecordRow(
      row: db.lastInsertedRowID, state: new.state, place: place, labels: new.labels)
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
      .integer(row), .text(state.kind.rawValue), .integer(place.shelf), .integer(place.instant),
      .integer(place.day), .integer(state.hasSiblings ? 1 : 0),
      .blob(RecordStateCoding.encode(state)))
    let stays = place.shelf == old.place.shelf && place.instant == old.place.instant
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

  /// As it is stored: the rules of time zones may have changed since, and with them its place.
  static func load(row: Int64, _ db: Database) throws -> RecordRow? {
    try db.first(
      "SELECT id, kind, state, shelf, instant, day FROM record WHERE row = ?1", .integer(row)
    ) { columns in
      let state = try columns.state()
      return RecordRow(
        row: row, state: state,
        place: ListPlace(
          shelf: columns.integer(3), instant: columns.integer(4), day: columns.integer(5)),
        labels: Label.all(of: state))
    }
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
      "INSERT OR REPLACE INTO label(shelf, name, instant, id, row) VALUES (?1, ?2, ?3, ?4, ?5)",
      .integer(place.shelf), .text(label.rawValue), .integer(place.instant),
      .blob(state.id.bytes), .integer(row))
  }

  private func delete(label: RegisterName, _ db: Database) throws {
    try db.run(
      "DELETE FROM label WHERE shelf = ?1 AND name = ?2 AND instant = ?3 AND id = ?4",
      .integer(place.shelf), .text(label.rawValue), .integer(place.instant),
      .blob(state.id.bytes))
  }
}

/// Where lists find a record.
struct ListPlace {
  let shelf: Int64
  /// Unix milliseconds.
  let instant: Int64
  /// YYYYMMDD.
  let day: Int64
}

extension ListPlace {
  init(shelf: Int64, _ position: TimelinePosition) {
    self.init(
      shelf: shelf, instant: position.instantMilliseconds, day: position.day.number)
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
