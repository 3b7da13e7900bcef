internal import GRDB
internal import JournalModel

/// How a query is answered: one index gives the rows in their order, and what it does not decide
/// is looked up for each row, until there are enough.
///
/// | the query has | rows come from |
/// |---|---|
/// | words that must be there | `search`, sorted |
/// | a tag, a person, a star, journals other than the default | `label` |
/// | none of these | `record_order`, kinds merged |
///
/// Words that must not be there, or that are one of several choices, are looked up once as a set of
/// rows.
struct RecordSelection {
  let sql: String
  let values: [SQLValue]
  /// What the index has not decided.
  let rest: [[SearchCondition]]
  private let query: RecordQuery

  /// `nil` for a query that nothing can answer.
  init?(_ query: RecordQuery) {
    if let search = query.search, search.isEmpty { return nil }
    var plan = SelectionPlan(query)
    guard !plan.kinds.isEmpty, let source = plan.source() else { return nil }
    self.query = query
    rest = plan.clauses
    let shelf = SQLValue.integer((query.trashed ? Shelf.trash : .listed).rawValue)
    let instants = plan.instants
    let order = query.oldestFirst ? "ASC" : "DESC"
    sql = source.sql + " ORDER BY instant \(order), id \(order)"
    values =
      [shelf, .integer(instants.lowerBound), .integer(instants.upperBound)] + source.values
  }

  /// The rows that meet the query, in its order.
  func rows(_ db: Database, _ body: (Int64) throws -> Void) throws {
    var remaining = query.limit ?? .max
    guard remaining > 0 else { return }
    let filter = RowFilter(rest, isTrashed: query.trashed)
    try db.rows(sql, values) { candidate in
      if try filter.accepts(candidate, db) {
        try body(candidate.integer(0))
        remaining -= 1
      }
      return remaining > 0
    }
  }

  func count(_ db: Database) throws -> Int {
    var count = 0
    try rows(db) { _ in count += 1 }
    return count
  }
}

/// Takes apart what a query asks for.
private struct SelectionPlan {
  /// What is still to be decided.
  private(set) var clauses: [[SearchCondition]]
  private(set) var kinds: [RecordKind]
  /// Days as written that can meet the query.
  private var days: ClosedRange<Int64>

  init(_ query: RecordQuery) {
    kinds = query.kinds
    let from = query.from?.number ?? 0
    let to = query.to?.number ?? Self.lastDay
    days = from...max(from, to)
    clauses = query.search?.clauses ?? []
    for tag in query.tags { clauses.append([SearchCondition(term: .label(Label.tag(tag)))]) }
    for person in query.people {
      clauses.append([SearchCondition(term: .label(Label.person(person)))])
    }
    if query.starred { clauses.append([SearchCondition(term: .label(Label.starred))]) }
    if !query.journals.isEmpty {
      let journals = Set(query.journals).sorted()
      clauses.append(
        journals.map { name in
          SearchCondition(
            term: name == Entry.defaultJournal
              ? .defaultJournal : .label(Label.journal(name)))
        })
    }
    narrow()
    if from > to {
      kinds = []
    } else if query.from != nil || query.to != nil {
      clauses.append([SearchCondition(term: .days(from...to))])
    }
  }

  private static let lastDay: Int64 = 99_999_999

  /// Takes the kinds and days that a record must have out of the clauses.
  private mutating func narrow() {
    clauses.removeAll { clause in
      let named: [RecordKind] = clause.compactMap {
        if case .kind(let kind) = $0.term, !$0.isNegated { kind } else { nil }
      }
      guard named.count == clause.count else { return false }
      kinds.removeAll { !named.contains($0) }
      return true
    }
    for clause in clauses {
      guard clause.count == 1, let only = clause.first, !only.isNegated else { continue }
      switch only.term {
      case .days(let wanted):
        let first = max(days.lowerBound, wanted.lowerBound)
        days = first...max(first, min(days.upperBound, wanted.upperBound))
      // Only mood logs have these.
      case .number, .emotion, .sign, .text: kinds.removeAll { $0 != .mood }
      default: break
      }
    }
  }

  /// The index that decides most; what it decides is decided.
  mutating func source() -> (sql: String, values: [SQLValue])? {
    if let words = takeWords() {
      let listed = kinds.indices.map { "?\($0 + 5)" }.joined(separator: ",")
      return (
        """
        SELECT record.row, record.instant, record.id FROM search
        CROSS JOIN record ON record.row = search.rowid
        WHERE search MATCH ?4 AND record.shelf = ?1 AND record.instant BETWEEN ?2 AND ?3
        AND record.kind IN (\(listed))
        """, [.text(words)] + kinds.map { .text($0.rawValue) }
      )
    }
    if let labels = takeLabels() {
      // A record can have several tags, but is in one journal.
      let isUnique = labels.count == 1 || labels.allSatisfy(Label.isJournal)
      // Labels are of all kinds.
      clauses.append(kinds.map { SearchCondition(term: .kind($0)) })
      return (
        labels.indices.map {
          "SELECT row, instant, id FROM label WHERE shelf = ?1 AND name = ?\($0 + 4)"
            + " AND instant BETWEEN ?2 AND ?3"
        }
        .joined(separator: isUnique ? " UNION ALL " : " UNION "),
        labels.map { .text($0.rawValue) }
      )
    }
    return (
      kinds.indices.map {
        "SELECT row, instant, id FROM record WHERE shelf = ?1 AND kind = ?\($0 + 4)"
          + " AND instant BETWEEN ?2 AND ?3"
      }
      .joined(separator: " UNION ALL "), kinds.map { .text($0.rawValue) }
    )
  }

  /// All that the search index can decide at once: what must be there, less what must not.
  private mutating func takeWords() -> String? {
    var wanted: [String] = []
    var unwanted: [String] = []
    let rest = clauses.filter { clause in
      let words: [String] = clause.compactMap {
        if case .words(let words) = $0.term { words } else { nil }
      }
      guard words.count == clause.count else { return true }
      if clause.allSatisfy({ !$0.isNegated }) {
        wanted.append("(" + words.joined(separator: " OR ") + ")")
        return false
      }
      guard words.count == 1 else { return true }
      unwanted.append(words[0])
      return false
    }
    guard !wanted.isEmpty else { return nil }
    clauses = rest
    let all = "(" + wanted.joined(separator: " AND ") + ")"
    return unwanted.reduce(all) { "(\($0) NOT \($1))" }
  }

  /// The labels of which a record must have one: fewest first.
  private mutating func takeLabels() -> [RegisterName]? {
    var best: (index: Int, labels: [RegisterName])?
    for (index, clause) in clauses.enumerated() {
      let labels: [RegisterName] = clause.compactMap {
        if case .label(let name) = $0.term, !$0.isNegated { name } else { nil }
      }
      guard labels.count == clause.count, labels.count < min(best?.labels.count ?? 100, 100)
      else { continue }
      best = (index, labels)
    }
    guard let best else { return nil }
    clauses.remove(at: best.index)
    return Set(best.labels).sorted()
  }

  /// The instants that these days may be, in whatever zone.
  var instants: ClosedRange<Int64> {
    let dayMilliseconds: Int64 = 86_400_000
    let first = Self.day(days.lowerBound).map { Int64($0 - 1) * dayMilliseconds }
    let last = Self.day(days.upperBound).map { Int64($0 + 2) * dayMilliseconds }
    return (first ?? .min)...max(first ?? .min, last ?? .max)
  }

  /// Days since 1970; `nil` beyond what has a date, and for the day before the first of a month.
  private static func day(_ number: Int64) -> Int? {
    let (year, month, day) = (Int(number / 10_000), Int(number / 100 % 100), Int(number % 100))
    guard CivilDay.years.contains(year), (1...12).contains(month) else { return nil }
    let known = min(max(day, 1), CivilDay.days(inMonth: month, of: year))
    return CivilDay(year: year, month: month, day: known)?.daysSinceEpoch
  }
}
