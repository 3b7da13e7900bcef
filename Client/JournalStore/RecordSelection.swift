internal import GRDB
internal import JournalModel

/// How a query is answered: one index gives the rows in their order, and what it does not decide
/// is looked up in each row, until there are enough.
///
/// | the query has | rows come from |
/// |---|---|
/// | words to search | `search`, sorted |
/// | a tag, a person, a star, journals other than the default | `label` |
/// | none of these | `record_order`, kinds merged |
struct RecordSelection {
  let sql: String
  let values: [SQLValue]
  private let query: RecordQuery

  /// `nil` for a query that nothing can answer.
  init?(_ query: RecordQuery) {
    self.query = query
    let shelf = SQLValue.integer((query.trashed ? Shelf.trash : .listed).rawValue)
    let days = Self.instants(from: query.from, to: query.to)
    let order = query.oldestFirst ? "ASC" : "DESC"
    let ending = " ORDER BY instant \(order), id \(order)"
    let fixed = [shelf, .integer(days.lowerBound), .integer(days.upperBound)]
    if let search = query.search {
      guard let expression = search.expression else { return nil }
      sql = """
        SELECT record.row, record.instant, record.id FROM search
        JOIN record ON record.row = search.rowid
        WHERE search MATCH ?4 AND record.shelf = ?1 AND record.instant BETWEEN ?2 AND ?3
        """ + ending
      values = fixed + [.text(expression)]
    } else if let labels = Self.labels(of: query) {
      let parts = labels.indices.map {
        "SELECT row, instant, id FROM label WHERE shelf = ?1 AND name = ?\($0 + 4)"
          + " AND instant BETWEEN ?2 AND ?3"
      }
      sql = parts.joined(separator: " UNION ALL ") + ending
      values = fixed + labels.map { .text($0.rawValue) }
    } else {
      guard !query.kinds.isEmpty else { return nil }
      let parts = query.kinds.indices.map {
        "SELECT row, instant, id FROM record WHERE shelf = ?1 AND kind = ?\($0 + 4)"
          + " AND instant BETWEEN ?2 AND ?3"
      }
      sql = parts.joined(separator: " UNION ALL ") + ending
      values = fixed + query.kinds.map { .text($0.rawValue) }
    }
  }

  /// The rows that meet the query, in its order.
  func rows(_ db: Database, _ body: (Int64, RecordState?) throws -> Void) throws {
    var remaining = query.limit ?? .max
    guard remaining > 0 else { return }
    try db.rows(sql, values) { candidate in
      let row = candidate.integer(0)
      let state = try matching(row, db)
      if !needsState || state != nil {
        try body(row, state)
        remaining -= 1
      }
      return remaining > 0
    }
  }

  /// Whether the index alone does not decide.
  var needsState: Bool {
    query.search != nil || Self.labels(of: query) != nil || !query.journals.isEmpty
      || query.from != nil || query.to != nil
  }

  /// The state of a record, if it meets what the index has not decided.
  private func matching(_ row: Int64, _ db: Database) throws -> RecordState? {
    guard needsState else { return nil }
    let found = try db.first(
      "SELECT id, kind, state, day FROM record WHERE row = ?1", .integer(row)
    ) { row -> RecordState? in
      let day = row.integer(3)
      if let from = query.from, day < from.number { return nil }
      if let to = query.to, day > to.number { return nil }
      guard query.kinds.contains(RecordKind(rawValue: row.text(1))) else { return nil }
      let state = try row.state()
      return isMet(by: state) ? state : nil
    }
    return found ?? nil
  }

  private func isMet(by state: RecordState) -> Bool {
    if query.starred, state[.starred] != .boolean(true) { return false }
    for tag in query.tags where !state.bears(RegisterName(.tag, tag)) { return false }
    for person in query.people where !state.bears(RegisterName(.person, person)) {
      return false
    }
    guard !query.journals.isEmpty else { return true }
    let journal = state[.journal]?.text ?? Entry.defaultJournal
    return state.kind == .entry && query.journals.contains(journal)
  }

  /// The labels of which a record has exactly one: the most telling condition.
  private static func labels(of query: RecordQuery) -> [RegisterName]? {
    if let tag = query.tags.first { return [Label.tag(tag)] }
    if let person = query.people.first { return [Label.person(person)] }
    if query.starred { return [Label.starred] }
    guard !query.journals.isEmpty, query.journals.count < 100,
      !query.journals.contains(Entry.defaultJournal)
    else { return nil }
    return Set(query.journals.map(Label.journal)).sorted()
  }

  /// The instants that days as written may be, in whatever zone.
  private static func instants(from: CivilDay?, to: CivilDay?) -> ClosedRange<Int64> {
    let dayMilliseconds: Int64 = 86_400_000
    let first = from.map { Int64($0.daysSinceEpoch - 1) * dayMilliseconds } ?? .min
    let last = to.map { Int64($0.daysSinceEpoch + 2) * dayMilliseconds } ?? .max
    return first...max(first, last)
  }
}
