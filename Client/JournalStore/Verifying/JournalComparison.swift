internal import GRDB
internal import JournalModel
internal import JournalSealing
internal import OperationLog

/// Compares what a journal holds besides its log with what the log makes.
struct JournalComparison {
  private let check: JournalCheck
  private let journal: JournalRow
  private let devices: DeviceTable
  /// The journal's database, and the one made from its log.
  private let db: Database
  private let made: Database

  init(
    of check: JournalCheck, _ journal: JournalRow, _ devices: DeviceTable, _ db: Database,
    _ made: Database
  ) {
    self.check = check
    self.journal = journal
    self.devices = devices
    self.db = db
    self.made = made
  }

  func run() throws {
    let madeDevices = try DeviceTable.load(made)
    let madeJournal = try JournalRow.load(made)
    check.verification.accepted = devices.accepted
    check.verification.known = madeDevices.knowledge(own: Set(devices.accepted.keys))
    check.verification.stateDigest = madeJournal.digest
    compare(madeDevices)
    if check.verification.findings.allSatisfy(\.isDerived), journal.digest != madeJournal.digest {
      find(.stateDigest)
    }
    compareClock(madeJournal.clock)
    do {
      try IndexCheck(db: db).run(find)
      try compareRecords()
      try compareSearch()
      if check.doubtfulDevices.isEmpty { try compareErasures(madeDevices) }
    } catch let error as DatabaseError {
      find(.file(error.plainMessage))
    } catch is DamagedRow {
      find(.file("a table has a row that makes no sense"))
    }
  }

  private func find(_ finding: JournalFinding) { check.verification.find(finding) }

  private func compare(_ madeDevices: DeviceTable) {
    for made in madeDevices.rows where !check.doubtfulDevices.contains(made.id) {
      guard made.sequences != KnownSequences() else { continue }
      let noted = devices[made.id]
      if noted?.sequences != made.sequences || noted?.digest != made.digest {
        find(.device(made.id))
      }
    }
    for noted in devices.rows where !check.doubtfulDevices.contains(noted.id) {
      if noted.sequences != KnownSequences(), madeDevices[noted.id] == nil {
        find(.device(noted.id))
      }
      if noted.accepted > noted.released || noted.released > noted.sequences.last {
        find(.device(noted.id))
      }
    }
  }

  /// A day more than all that could have moved it. Another machine's clock may be wrong by years,
  /// but then the log says so.
  private func compareClock(_ madeClock: HybridClock) {
    let wall = check.environment.wallClockMilliseconds()
    let latest = max(
      madeClock.last.milliseconds, wall, wall + journal.clockOffsetMilliseconds)
    let tolerated: Int64 = 24 * 60 * 60 * 1000
    if journal.clock.last < madeClock.last { find(.clock) }
    if journal.clock.last.milliseconds > latest + tolerated { find(.clock) }
  }
}

// Records and what lists go by.
extension JournalComparison {
  /// What table `record` says, but for its row.
  private struct Columns: Equatable {
    let id: [UInt8]
    let kind: [UInt8]
    let shelf: Int64
    let day: Int64
    let conflicted: Int64
    let state: [UInt8]
    let row: Int64
    let instant: Int64

    static let names = "id, kind, shelf, day, conflicted, state, row, instant"

    init(_ row: ResultRow) {
      id = row.bytes(0)
      kind = row.bytes(1)
      shelf = row.integer(2)
      day = row.integer(3)
      conflicted = row.integer(4)
      state = row.bytes(5)
      self.row = row.integer(6)
      instant = row.integer(7)
    }

    func isSame(as other: Columns) -> Bool {
      id == other.id && kind == other.kind && shelf == other.shelf && day == other.day
        && conflicted == other.conflicted && state == other.state
        && hasSameInstant(as: other)
    }

    /// The start of a whole day moves when a country changes its clocks after it was written.
    private func hasSameInstant(as other: Columns) -> Bool {
      instant == other.instant
        || isWholeDay
          && abs(instant.subtractingReportingOverflow(other.instant).partialValue)
            <= 26 * 60 * 60 * 1000
    }

    private var isWholeDay: Bool {
      guard let date = recordState?[.date]?.text else { return false }
      return !date.contains("T")
    }

    var recordState: RecordState? {
      guard let id = RecordID(id) else { return nil }
      return state.withUnsafeBytes {
        RecordStateCoding.decode(
          $0, id: id, kind: RecordKind(rawValue: String(decoding: kind, as: UTF8.self)))
      }
    }
  }

  private func compareRecords() throws {
    var records = 0
    var labels: Int64 = 0
    try db.rows("SELECT \(Columns.names) FROM record", []) { row in
      let present = Columns(row)
      let made = try self.made.first(
        "SELECT \(Columns.names) FROM record WHERE id = ?1", .blob(present.id), read: Columns.init)
      let names = present.recordState.map { Label.all(of: $0) } ?? []
      labels += Int64(names.count)
      if check.doubtfulRows.contains(present.row) { return true }
      guard let made, present.isSame(as: made), try hasLabels(present, names) else {
        RecordID(present.id).map { find(.record($0)) } ?? find(.file("a record has no id"))
        return true
      }
      records += 1
      return true
    }
    check.verification.records = records
    try compareCounts(labels: labels)
  }

  private func hasLabels(_ columns: Columns, _ names: Set<RegisterName>) throws -> Bool {
    for name in names {
      let row = try db.first(
        "SELECT row FROM label WHERE shelf = ?1 AND name = ?2 AND instant = ?3 AND id = ?4",
        .integer(columns.shelf), .text(name.rawValue), .integer(columns.instant),
        .blob(columns.id), read: { $0.integer(0) })
      guard row == columns.row else { return false }
    }
    return true
  }

  /// Looks for what there should not be, or should be and is not.
  private func compareCounts(labels: Int64) throws {
    let counted = try db.first("SELECT count(*) FROM label", read: { $0.integer(0) })
    if counted != labels, check.doubtfulRows.isEmpty {
      try db.rows("SELECT id, row FROM label", []) { row in
        let id = row.bytes(0)
        let known = try db.first(
          "SELECT row FROM record WHERE id = ?1", .blob(id), read: { $0.integer(0) })
        if known != row.integer(1), let id = RecordID(id) { find(.record(id)) }
        return true
      }
      if check.verification.isWell { find(.file("there are labels that no record has")) }
    }
    guard check.doubtfulRows.isEmpty else { return }
    try made.rows("SELECT id FROM record", []) { row in
      let id = row.bytes(0)
      let isThere = try db.first(
        "SELECT 1 FROM record WHERE id = ?1", .blob(id), read: { _ in true })
      if isThere == nil, let id = RecordID(id) { find(.record(id)) }
      return true
    }
  }
}

// What was erased.
extension JournalComparison {
  private func compareErasures(_ madeDevices: DeviceTable) throws {
    let listed = "SELECT count(*) FROM erased"
    // Of what nobody else had seen, no operation is left that could tell.
    let named = "SELECT count(*) FROM erasure WHERE operation <> 0"
    var isRight = try [listed, named].allSatisfy { sql in
      try db.first(sql, read: { $0.integer(0) }) == made.first(sql, read: { $0.integer(0) })
    }
    try db.rows("SELECT device, sequence, digest FROM erased", []) { row in
      let isKnown = try made.first(
        "SELECT 1 FROM erased WHERE device = ?1 AND sequence = ?2 AND digest = ?3",
        .integer(row.integer(0)), .integer(row.integer(1)), .blob(row.bytes(2)),
        read: { _ in true })
      isRight = isRight && isKnown != nil
      return isRight
    }
    try db.rows("SELECT record, operation FROM erasure WHERE operation <> 0", []) { row in
      let id = try? devices.operation(key: row.integer(1))
      let isKnown = try id.flatMap(madeDevices.key).flatMap { key in
        try made.first(
          "SELECT 1 FROM erasure WHERE record = ?1 AND operation = ?2", .blob(row.bytes(0)),
          .integer(key), read: { _ in true })
      }
      isRight = isRight && isKnown != nil
      return isRight
    }
    if !isRight { find(.erasures) }
  }
}

// The search index.
extension JournalComparison {
  private func compareSearch() throws {
    let present: [Int64: UInt64]
    do {
      try db.execute(sql: "INSERT INTO search(search) VALUES ('integrity-check')")
      present = try SearchSums.all(in: db)
      try compareWords()
      let options = "SELECT k, v FROM search_config ORDER BY k"
      let texts: (ResultRow) -> String = { $0.text(0) + "=" + $0.text(1) }
      guard try db.all(options, read: texts) == made.all(options, read: texts) else {
        return find(.searchIndex("its settings are not Ebb's"))
      }
    } catch let error as DatabaseError {
      return find(.searchIndex(error.plainMessage))
    }
    let expected = try SearchSums.all(in: made)
    var pending = Set(try db.all("SELECT row FROM search_pending", read: { $0.integer(0) }))
    var seen = 0
    try db.rows("SELECT row, id FROM record", []) { row in
      let number = row.integer(0)
      let id = row.bytes(1)
      if present[number] != nil { seen += 1 }
      let isPending = pending.remove(number) != nil
      guard !check.doubtfulRows.contains(number),
        let made = try self.made.first(
          "SELECT row FROM record WHERE id = ?1", .blob(id), read: { $0.integer(0) })
      else { return true }
      let isRight =
        isPending
        ? present[number] == nil : present[number, default: 0] == expected[made, default: 0]
      if !isRight, let id = RecordID(id) { find(.search(id)) }
      return true
    }
    if seen != present.count || !pending.isEmpty {
      find(.searchIndex("it names records that are not there"))
    }
  }
}

extension JournalComparison {
  /// Searches for every word there is: the way to a word may be damaged where the word is not, and
  /// FTS5's own check does not walk all of it.
  private func compareWords() throws {
    try db.execute(sql: "CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab(main, search, row)")
    var isWhole = true
    try db.rows("SELECT term FROM temp.search_terms", []) { row in
      let phrase = "\"" + row.text(0).replacing("\"", with: "\"\"") + "\""
      isWhole = try Self.finds(phrase, db) || !Self.finds(phrase, made)
      return isWhole
    }
    if !isWhole { find(.searchIndex("words that are in it are not found")) }
  }

  private static func finds(_ phrase: String, _ db: Database) throws -> Bool {
    try db.first(
      "SELECT 1 FROM search WHERE search MATCH ?1 LIMIT 1", .text(phrase), read: { _ in true })
      ?? false
  }
}

/// For each row of the search index a sum over its words and their places, whatever their order.
private enum SearchSums {
  static func all(in db: Database) throws -> [Int64: UInt64] {
    try db.execute(
      sql: "CREATE VIRTUAL TABLE temp.search_words USING fts5vocab(main, search, instance)")
    var sums: [Int64: UInt64] = [:]
    try db.rows("SELECT doc, offset, term FROM temp.search_words", []) { row in
      sums[row.integer(0), default: 0] &+= RowHash.of(row, columns: 1..<3)
      return true
    }
    return sums
  }
}

extension DeviceTable {
  /// How far the server has accepted each own device's operations.
  var accepted: [DeviceID: Sequence] {
    Dictionary(
      rows.filter(\.isOwn).map { ($0.id, $0.accepted) }, uniquingKeysWith: { first, _ in first })
  }

  /// What is known of each device that has written.
  func knowledge(own: Set<DeviceID>) -> [DeviceKnowledge] {
    rows.filter { $0.sequences != KnownSequences() }.map {
      DeviceKnowledge(
        device: $0.id, sequences: $0.sequences, digest: $0.digest, isOwn: own.contains($0.id))
    }
    .sorted { $0.device < $1.device }
  }
}
