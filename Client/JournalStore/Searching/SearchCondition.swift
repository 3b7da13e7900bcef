internal import JournalModel

/// One thing that a record is asked for.
struct SearchCondition: Hashable, Sendable {
  var term: Term
  /// It must not be so.
  var isNegated = false

  enum Term: Hashable, Sendable {
    /// What FTS5 is asked.
    case words(String)
    /// It is listed under this: a tag, a person, a star, a journal that is not the default.
    case label(RegisterName)
    case defaultJournal
    case kind(RecordKind)
    /// The day as written, YYYYMMDD.
    case days(ClosedRange<Int64>)
    /// A mood log's measure.
    case number(RegisterName, ClosedRange<Int64>)
    /// A mood log's emotion, as `SearchFold` makes it.
    case emotion(String)
    /// A mood log's sign.
    case sign(RegisterName)
    /// A mood log's pull.
    case text(RegisterName, String)
  }
}

/// Why a query is none. Words never are the reason: only a filter and what it is given.
package enum SearchQueryError: Error, Hashable, Sendable {
  case filter(name: String, value: String)
  /// A filter stands alone.
  case valueMissing(SearchFilter)
  case number(SearchFilter, String, bounds: ClosedRange<Int64>)
  case day(SearchFilter, String)
  case kind(String)
  case state(String)
  case pull(String)
  case sign(String)
  /// A saved search stands in the query; whoever knows it puts its words in place first.
  case saved(String)
}

/// Reads conditions from tokens.
struct SearchConditionReader {
  /// A day, or the days of a week, a month or a year.
  let days: (String) throws -> ClosedRange<CivilDay>

  /// `nil` for a token with nothing to look for.
  func condition(_ token: SearchToken) throws -> SearchCondition? {
    if let name = token.unknownFilter {
      throw SearchQueryError.filter(name: name, value: token.value)
    }
    guard let filter = token.filter else {
      return SearchQuery.expression(token.value[...]).map {
        SearchCondition(term: .words($0), isNegated: token.isNegated)
      }
    }
    try token.requireValue()
    return SearchCondition(term: try term(filter, token.value), isNegated: token.isNegated)
  }

  private func term(_ filter: SearchFilter, _ value: String) throws -> SearchCondition.Term {
    switch filter {
    case .tag: return .label(Label.tag(try name(value, "tag")))
    case .person: return .label(Label.person(try name(value, "person")))
    case .journal:
      let journal = try name(value, "journal")
      return journal == Entry.defaultJournal ? .defaultJournal : .label(Label.journal(journal))
    case .is:
      guard ["starred", "star"].contains(value.lowercased()) else {
        throw SearchQueryError.state(value)
      }
      return .label(Label.starred)
    case .kind:
      let kind = RecordKind(rawValue: value.lowercased())
      guard RecordKind.journal.contains(kind) else { throw SearchQueryError.kind(value) }
      return .kind(kind)
    case .mood: return try number(filter, value, .score, 1...10)
    case .energy: return try number(filter, value, .energy, 1...10)
    case .closeness: return try number(filter, value, .closeness, 0...10)
    case .urge: return try number(filter, value, .urge, 0...10)
    case .emotion: return .emotion(SearchFold.folded(try name(value, "emotion")))
    case .sign:
      guard let sign = Sign(rawValue: value.lowercased()) else {
        throw SearchQueryError.sign(value)
      }
      return .sign(RegisterName(.sign, sign.rawValue))
    case .pull:
      guard let pull = Pull(rawValue: value.lowercased()) else {
        throw SearchQueryError.pull(value)
      }
      return .text(.pull, pull.rawValue)
    case .before: return .days(0...(try day(filter, value).lowerBound.number - 1))
    case .after: return .days((try day(filter, value).upperBound.number + 1)...Self.lastDay)
    case .on:
      let days = try day(filter, value)
      return .days(days.lowerBound.number...days.upperBound.number)
    case .saved: throw SearchQueryError.saved(value)
    }
  }

  private static let lastDay: Int64 = 99_999_999

  /// In the form that drafts keep.
  private func name(_ value: String, _ field: String) throws -> String {
    try OneLineName.checked(value, field: field)
  }

  private func day(_ filter: SearchFilter, _ value: String) throws -> ClosedRange<CivilDay> {
    do {
      return try days(value)
    } catch TypedDateError.notUnderstood {
      throw SearchQueryError.day(filter, value)
    }
  }

  /// `4`, `1-3`, `<4`, `<=4`, `>7`, `>=7`.
  private func number(
    _ filter: SearchFilter, _ value: String, _ register: RegisterName, _ bounds: ClosedRange<Int64>
  ) throws -> SearchCondition.Term {
    guard let range = Self.range(value, in: bounds) else {
      throw SearchQueryError.number(filter, value, bounds: bounds)
    }
    return .number(register, range)
  }

  private static func range(_ text: String, in bounds: ClosedRange<Int64>) -> ClosedRange<Int64>? {
    let sign = text.prefix { "<=>".contains($0) }
    let ends = text.dropFirst(sign.count).split(
      separator: "-", omittingEmptySubsequences: false)
    let numbers = ends.compactMap { number($0, in: bounds) }
    guard numbers.count == ends.count, let first = numbers.first, let last = numbers.last
    else { return nil }
    switch (sign, numbers.count) {
    case ("", 1...2): return min(first, last)...max(first, last)
    case ("<", 1): return below...(first - 1)
    case ("<=", 1): return below...first
    case (">", 1): return (first + 1)...above
    case (">=", 1): return first...above
    default: return nil
    }
  }

  /// Beyond what any measure is.
  private static let below: Int64 = -1
  private static let above: Int64 = 11

  private static func number(_ text: Substring, in bounds: ClosedRange<Int64>) -> Int64? {
    let digits = text.filter { !$0.isWhitespace }
    guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(digits)
    else { return nil }
    return bounds.contains(number) ? number : nil
  }
}
