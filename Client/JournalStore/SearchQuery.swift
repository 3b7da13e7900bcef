/// What to look for in the journal's prose.
///
/// Words are all to be found, in any order; `"several words"` in quotes must follow each other, and
/// so must the words of one argument; `run*` finds words that begin so. Letters count without their
/// diacritics and without case. In scripts that put no spaces between words, any part of a text is
/// found.
package struct SearchQuery: Hashable, Sendable {
  /// What FTS5 is asked; `nil` when there is nothing to look for, which finds nothing.
  let expression: String?

  /// Reads the words of a command line. No text is an error: what is no letter or digit separates
  /// words, as it does in the journal.
  package init(parsing words: [String]) {
    let phrases = words.flatMap(Self.phrases).compactMap(Self.expression)
    expression = phrases.isEmpty ? nil : phrases.joined(separator: " AND ")
  }

  /// There is no letter or digit to look for.
  package var isEmpty: Bool { expression == nil }

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
  private static func expression(_ phrase: Substring) -> String? {
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
