internal import GRDB
internal import JournalModel

/// Decides for one row after the other what no index has decided.
final class RowFilter {
  private let clauses: [[SearchCondition]]
  private let shelf: Int64
  /// The rows that have words, looked up once.
  private var rowsByWords: [String: Set<Int64>] = [:]

  init(_ clauses: [[SearchCondition]], isTrashed: Bool) {
    // What is cheap to know first.
    self.clauses = clauses.sorted { Self.cost($0) < Self.cost($1) }
    shelf = (isTrashed ? Shelf.trash : .listed).rawValue
  }

  /// - Parameter candidate: row, instant and id of a record.
  func accepts(_ candidate: ResultRow, _ db: Database) throws -> Bool {
    guard !clauses.isEmpty else { return true }
    var row = Candidate(
      row: candidate.integer(0), instant: candidate.integer(1), id: candidate.bytes(2))
    return try clauses.allSatisfy { clause in
      try clause.contains { try isMet($0.term, by: &row, db) != $0.isNegated }
    }
  }

  private static func cost(_ clause: [SearchCondition]) -> Int {
    clause.map { condition in
      switch condition.term {
      case .words: 0
      case .label: 1
      case .kind, .days: 2
      case .defaultJournal, .number, .emotion, .sign, .text: 3
      }
    }.max() ?? 0
  }

  private struct Candidate {
    let row: Int64
    let instant: Int64
    let id: [UInt8]
    var columns: (kind: RecordKind, day: Int64)?
  }

  private func isMet(
    _ term: SearchCondition.Term, by row: inout Candidate, _ db: Database
  ) throws -> Bool {
    switch term {
    case .words(let words): return try rows(words, db).contains(row.row)
    case .label(let name): return try has(name, row, db)
    case .kind(let kind): return try columns(&row, db).kind == kind
    case .days(let days): return days.contains(try columns(&row, db).day)
    case .defaultJournal:
      return try columns(&row, db).kind == .entry && isInDefaultJournal(row, db)
    case .number(let name, let range):
      guard try columns(&row, db).kind == .mood else { return false }
      return try value(name, row, db) { value in
        if case .integer(let number) = value { range.contains(number) } else { false }
      }
    case .emotion(let folded):
      guard try columns(&row, db).kind == .mood else { return false }
      return try register(row, db) { name, value in
        guard value.isTrue, let emotion = name.register.member(of: .emotion) else { return false }
        return SearchFold.folded(emotion) == folded
      }
    case .sign(let name):
      guard try columns(&row, db).kind == .mood else { return false }
      return try value(name, row, db) { $0.isTrue }
    case .text(let name, let wanted):
      guard try columns(&row, db).kind == .mood else { return false }
      return try value(name, row, db) { value in
        if case .text(let text) = value { text.elementsEqual(wanted.utf8) } else { false }
      }
    }
  }

  private func columns(
    _ row: inout Candidate, _ db: Database
  ) throws -> (kind: RecordKind, day: Int64) {
    if let columns = row.columns { return columns }
    let columns = try db.first(
      "SELECT kind, day FROM record WHERE row = ?1", .integer(row.row),
      read: { (kind: RecordKind(rawValue: $0.text(0)), day: $0.integer(1)) })
    guard let columns else { throw DamagedRow() }
    row.columns = columns
    return columns
  }

  private func rows(_ words: String, _ db: Database) throws -> Set<Int64> {
    if let rows = rowsByWords[words] { return rows }
    var rows: Set<Int64> = []
    try db.rows("SELECT rowid FROM search WHERE search MATCH ?1", [.text(words)]) { row in
      rows.insert(row.integer(0))
      return true
    }
    rowsByWords[words] = rows
    return rows
  }

  private func has(_ label: RegisterName, _ row: Candidate, _ db: Database) throws -> Bool {
    try db.first(
      "SELECT 1 FROM label WHERE shelf = ?1 AND name = ?2 AND instant = ?3 AND id = ?4",
      .integer(shelf), .text(label.rawValue), .integer(row.instant), .blob(row.id),
      read: { _ in true }) ?? false
  }

  private func isInDefaultJournal(_ row: Candidate, _ db: Database) throws -> Bool {
    let isElsewhere = try value(.journal, row, db) { value in
      guard case .text(let name) = value else { return false }
      return !name.isEmpty && !name.elementsEqual(Entry.defaultJournal.utf8)
    }
    return !isElsewhere
  }

  /// Whether the record has that register with a value that fits.
  private func value(
    _ name: RegisterName, _ row: Candidate, _ db: Database,
    _ fits: (RegisterScan.Value) -> Bool
  ) throws -> Bool {
    try register(row, db) { $0.equals(name) && fits($1) }
  }

  /// Whether the record has a register that fits.
  private func register(
    _ row: Candidate, _ db: Database,
    _ fits: (_ name: UnsafeRawBufferPointer, _ value: RegisterScan.Value) -> Bool
  ) throws -> Bool {
    let found = try db.first("SELECT state FROM record WHERE row = ?1", .integer(row.row)) { row in
      var found = false
      try row.withBytes(0) { bytes in
        try RegisterScan.visit(bytes) { if fits($0, $1) { found = true } }
      }
      return found
    }
    return found ?? false
  }
}
