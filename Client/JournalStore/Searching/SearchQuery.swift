package import JournalModel

/// What to look for in the journal.
///
/// Words are all to be found, in any order; `"several words"` in quotes must follow each other, and
/// so must the words of one argument; `run*` finds words that begin so. Letters count without their
/// diacritics and without case. In scripts that put no spaces between words, any part of a text is
/// found. Filters (`tag:river`, `mood:1-3`, `before:2026`) ask for other things, `-` excludes, and
/// of two with `OR` between them one is enough: `a OR b c` is (a or b) and c. See `SearchToken`.
package struct SearchQuery: Hashable, Sendable {
  /// Each is to be met, by one of its conditions at least. None: there is nothing to look for, and
  /// nothing is found.
  let clauses: [[SearchCondition]]
  /// What to mark where it is found.
  package let marks: SearchMarks

  /// Reads a query.
  ///
  /// - Parameter days: reads a day, or the days of a week, month or year.
  /// - Throws: `SearchQueryError`, `InputError` for a name that nothing can have, and what `days`
  ///   throws, but for a text that is no date.
  package init(
    _ tokens: [SearchToken], days: @escaping (String) throws -> ClosedRange<CivilDay>
  ) throws {
    let reader = SearchConditionReader(days: days)
    var clauses: [[SearchCondition]] = []
    var isJoined = false
    for (index, token) in tokens.enumerated() {
      if token.isOr, index > 0, index + 1 < tokens.count {
        isJoined = !clauses.isEmpty
        continue
      }
      guard let condition = try reader.condition(token) else { continue }
      if isJoined {
        clauses[clauses.count - 1].append(condition)
      } else {
        clauses.append([condition])
      }
      isJoined = false
    }
    self.clauses = clauses
    let words = tokens.filter { $0.filter == nil && !$0.isNegated && !$0.isOr }
    marks = SearchMarks(phrases: words.map(\.value))
  }

  /// Words and phrases alone: nothing in them is a filter, and no text is an error. What is no
  /// letter or digit separates words, as it does in the journal.
  package init(parsing words: [String]) {
    let phrases = words.flatMap(Self.phrases)
    clauses = phrases.compactMap(Self.expression).map { [SearchCondition(term: .words($0))] }
    marks = SearchMarks(phrases: phrases.map(String.init))
  }

  /// There is nothing to look for.
  package var isEmpty: Bool { clauses.isEmpty }

  /// Whether the search index is asked.
  var hasWords: Bool {
    clauses.joined().contains { if case .words = $0.term { true } else { false } }
  }

  /// The phrases of one argument: those in quotes, and the words around them.
  private static func phrases(_ argument: String) -> [Substring] {
    let parts = argument.split(separator: "\"", omittingEmptySubsequences: false)
    guard parts.count > 1 else {
      // The shell has taken the quotes away; a star says that it is a list of words after all.
      return argument.contains("*")
        ? argument.split(whereSeparator: \.isWhitespace) : [argument[...]]
    }
    var phrases: [Substring] = []
    for (index, part) in parts.enumerated() {
      if index.isMultiple(of: 2) {
        phrases += part.split(whereSeparator: \.isWhitespace)
      } else {
        phrases.append(part)
      }
    }
    return phrases
  }

  /// A phrase as FTS5's string, in which only the quote has a meaning.
  static func expression(_ phrase: Substring) -> String? {
    let trimmed = phrase.reversed().drop(while: \.isWhitespace)
    let isPrefix = trimmed.first == "*"
    let (text, endsOpen) = SearchText.phrase(String(phrase))
    guard text.unicodeScalars.contains(where: \.isWordPart) else { return nil }
    // Controls end a string for SQLite, or are unreadable to its parser.
    let words = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 32 || $0 == "\"" ? " " : $0 }))
    return "\"\(words)\"" + (isPrefix || endsOpen ? " *" : "")
  }
}
