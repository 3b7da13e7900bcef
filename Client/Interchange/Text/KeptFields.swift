/// Fields of a source that have no place of their own in Ebb and are kept in the text, below it and a
/// blank line: `weather: 12 °C, clear`, or of one with several lines its name and then those.
package struct KeptFields: Hashable, Sendable {
  private var text = ""
  private var endsWithBlock = false

  package init() {}

  package var isEmpty: Bool { text.isEmpty }

  /// Adds a field; an empty one is nothing to keep.
  package mutating func add(_ name: String, _ value: String) {
    guard !value.isBlankText else { return }
    let lines = value.withoutWhiteSpaceAtEnd.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).drop(while: \.isBlankText)
    let isBlock = lines.count > 1
    if !text.isEmpty { text += isBlock || endsWithBlock ? "\n\n" : "\n" }
    text += name + (isBlock ? ":\n" : ": ") + lines.joined(separator: "\n")
    endsWithBlock = isBlock
  }

  package func appended(to text: String) -> String {
    if isEmpty { return text }
    return text.isBlankText ? self.text : text.withoutWhiteSpaceAtEnd + "\n\n" + self.text
  }
}

extension StringProtocol {
  /// Nothing but white space.
  package var isBlankText: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }

  package var withoutWhiteSpaceAtEnd: String {
    let end = unicodeScalars.lastIndex { !$0.properties.isWhitespace }
    return end.map { String(self[...$0]) } ?? ""
  }

  package var trimmedOfWhiteSpace: String {
    let start = unicodeScalars.firstIndex { !$0.properties.isWhitespace }
    return start.map { self[$0...].withoutWhiteSpaceAtEnd } ?? ""
  }
}
