/// Texts of chance, to compare and merge.
enum RandomProse {
  private static let pieces = [
    "a", "b", "the", "river", "don’t", " ", " ", "  ", "\n", "\r\n", ".", ", ", "é", "e\u{301}",
    "我", "家", "コーヒー", "👩‍👩‍👧", "\u{301}", "\u{200D}", "3.14", "=======", "<<<<<<< ", "\u{0}",
  ]

  /// Pieces of which many are the same, so that there is much to confuse.
  static func letters(_ count: Int, _ generator: inout some RandomNumberGenerator) -> String {
    (0..<Int.random(in: 0...count, using: &generator))
      .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }

  /// Sentences in which no word occurs twice, a line each.
  static func lines(_ lines: Int, wordsALine: Int) -> [[String]] {
    (0..<lines).map { line in (0..<wordsALine).map { "w\(line)x\($0)" } }
  }

  static func text(_ lines: [[String]]) -> String {
    lines.map { $0.joined(separator: " ") }.joined(separator: "\n")
  }

  /// The text with some of its characters taken out, doubled or replaced.
  static func edited(
    _ text: String, changes: Int, _ generator: inout some RandomNumberGenerator
  ) -> String {
    var characters = Array(text.unicodeScalars)
    for _ in 0..<changes {
      let position = Int.random(in: 0...characters.count, using: &generator)
      let end = min(position + Int.random(in: 0...6, using: &generator), characters.count)
      characters.replaceSubrange(
        position..<end, with: letters(3, &generator).unicodeScalars)
    }
    var edited = String.UnicodeScalarView()
    edited.append(contentsOf: characters)
    return String(edited)
  }
}
