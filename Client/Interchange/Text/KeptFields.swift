/// Fields of a source that have no place of their own in Ebb and are kept in the text: one line
/// each, `weather: 12 °C, clear`, below the text and a blank line.
package struct KeptFields: Hashable, Sendable {
  private var lines: [String] = []

  package init() {}

  package var isEmpty: Bool { lines.isEmpty }

  /// Adds a field, on one line; an empty one is nothing to keep.
  package mutating func add(_ name: String, _ value: String) {
    let words = value.split(whereSeparator: \.isNewline).joined(separator: " ")
    if !words.isBlankText { lines.append("\(name): \(words)") }
  }

  package func appended(to text: String) -> String {
    if lines.isEmpty { return text }
    let fields = lines.joined(separator: "\n")
    return text.isBlankText ? fields : text.withoutWhiteSpaceAtEnd + "\n\n" + fields
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
