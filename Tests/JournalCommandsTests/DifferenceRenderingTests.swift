import Interchange
import JournalModel
import Testing

@testable import JournalCommands

struct DifferenceRenderingTests {
  private func lines(
    _ old: String, _ new: String, style: Bool = false, columns: Int? = nil
  ) -> [String] {
    DifferenceRendering(style: Style(isOn: style), columns: columns)
      .lines(TextDifference(from: old, to: new))
  }

  @Test func `what differs is marked, in colour too where there is any`() {
    #expect(lines("by the river", "by the sea") == ["by the [-river-]{+sea+}"])
    #expect(
      lines("by the river", "by the sea", style: true)
        == ["by the \u{1B}[31m[-river-]\u{1B}[0m\u{1B}[32m{+sea+}\u{1B}[0m"])
  }

  @Test func `line ends that only one has are shown`() {
    #expect(lines("one\ntwo", "one\nnew\ntwo") == ["one", "{+new¶+}", "two"])
    #expect(lines("one\n\ntwo", "one\ntwo") == ["one", "[-¶-]", "two"])
  }

  @Test func `it fits the columns, markers included`() {
    let lines = lines(
      "one two three four five six", "one two THREE four five six", columns: 20)
    #expect(lines == ["one two [-three-]", "{+THREE+} four five", "six"])
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 20 })
  }

  @Test func `of long stretches that both have only what is near a change is shown`() {
    let words = (1...100).map { "w\($0)" }.joined(separator: " ")
    let shown = lines(words + " river", words + " sea")
    let near = (81...100).map { "w\($0)" }.joined(separator: " ")
    #expect(shown == ["… \(near) [-river-]{+sea+}"])
    let between = lines("a \(words) b", "x \(words) y").joined()
    #expect(between.hasPrefix("[-a-]{+x+} w1 w2 "))
    #expect(between.contains("w20 … w81"))
    #expect(between.hasSuffix("w100 [-b-]{+y+}"))
  }

  @Test func `no control character gets through`() {
    let shown = lines("a \u{1B}[31m b \u{202E} c", "a \u{7} b \u{9B} c").joined()
    #expect(shown.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    #expect(!shown.unicodeScalars.contains { $0.turnsDirection })
  }
}
