import Foundation
import JournalStore
import TestSupport
import Testing

@testable import JournalCommands

struct MarkdownTests {
  private func plain(_ text: String, columns: Int = 60) -> String {
    MarkdownRendering(style: Style(isOn: false)).lines(text, columns: columns)
      .joined(separator: "\n")
  }

  /// With each style as its code in braces: `{1}bold{0}`.
  private func styled(_ text: String, columns: Int = 60) -> String {
    MarkdownRendering(style: Style(isOn: true)).lines(text, columns: columns)
      .joined(separator: "\n").replacing("\u{1B}[", with: "{").replacing("m", with: "}")
  }

  @Test(arguments: [
    ("a *b* c", "a {3}b{0} c"), ("**b**", "{1}b{0}"), ("***b***", "{1;3}b{0}"),
    ("**a *b* c**", "{1}a {0}{1;3}b{0}{1} c{0}"), ("_a_ b_c_d", "{3}a{0} b_c_d"),
    ("~~x~~ ~y~", "{9}x{0} ~y~"), ("5 * 3 * 2", "5 * 3 * 2"), ("**a*", "*{3}a{0}"),
    ("*a", "*a"), ("\\*a\\*", "*a*"), ("`a *b*` `", "{36}a *b*{0} `"),
    ("`` a ` b ``", "{36}a ` b{0}"),
    ("[x](https://a_b.c_d)", "{4}x{0} (https://a_b.c_d)"), ("[x](y \"t\") z", "{4}x{0} (y) z"),
    ("[*x*](y)", "{3;4}x{0} (y)"), ("[x] (y)", "[x] (y)"), ("[x](y", "[x](y"),
    ("[a [b](c)](d)", "[a {4}b{0} (c)](d)"), ("<https://a.b>", "{4}https://a.b{0}"),
    ("[https://a.b](https://a.b)", "{4}https://a.b{0}"), ("a < b > c", "a < b > c"),
    ("![cat](c.jpg)", "[i}age: cat] (c.jpg)"), ("*a\nb*", "{3}a{0}\n{3}b{0}"),
    ("# A *b*", "{1;4}A {0}{1;3;4}b{0}"), ("## A ##", "{1}A{0}"), ("#tag", "#tag"),
    ("A\n==", "{1;4}A{0}"), ("A\nB\n---", "A\nB\n{2}────────────────────{0}"),
  ])
  func `emphasis, code and links look as they are meant`(text: String, shown: String) {
    #expect(styled(text) == shown)
  }

  @Test(arguments: [
    "*a* **b** `c` [d](e)", "one\ntwo\n\n\nthree", "in the year\n1986. It was", "# A *b*", "a  b",
  ])
  func `without styles the signs of emphasis stay, and so do all line breaks`(text: String) {
    #expect(plain(text) == text)
  }

  @Test(arguments: [
    ("- one two three four five\n- b", 20, "• one two three four\n  five\n• b"),
    ("1. a\n   b\n2. c", 20, "1. a\n   b\n2. c"), ("1) a\n  - b", 20, "1) a\n   • b"),
    ("- a\n\tb\n\n  c\nd", 20, "• a\n    b\n\n  c\nd"), ("* a\n+ b", 20, "• a\n• b"),
    ("> one two three four five\n> - a\nb", 20, "> one two three four\n> five\n> • a\nb"),
    ("```\n  *x*\n\n```\ny", 20, "    *x*\n  \ny"), ("```\nx", 20, "  x"),
    ("| a | b |\n|---|---|", 20, "| a | b |\n|---|---|"),
    ("    code *x*", 20, "    code *x*"), ("***", 20, "--------------------"),
    ("- [ ] a", 20, "• [ ] a"), ("-", 20, "• "), ("-a", 20, "-a"), ("1986 was", 20, "1986 was"),
  ])
  func `lists, quotes and code keep together`(text: String, columns: Int, shown: String) {
    #expect(plain(text, columns: columns) == shown)
  }

  @Test func `an escape code in a text stays a picture, wherever it stands`() {
    let shown = styled("# \u{1B}[31m\n*\u{1B}[2J*\n- [\u{1B}](\u{1B})\n> \u{9B}1m")
    for scalar in shown.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control)
    }
    #expect(shown.contains("␛[2J"))
  }

  /// Each of these takes a parser that looks back or ahead too often minutes.
  @Test(arguments: [
    "*a ", "a* ", "**a *b ", "[", "[a](", "![", "`a``b```", "<a", "> ", "- ", "*a_", "\\", "_*",
    "[a](b)", "a**b", "((",
  ])
  func `no text takes long`(part: String) {
    let text = String(repeating: part, count: 190_000 / part.utf8.count)
    #expect(styled(text).utf8.count >= 2)
    let lines = String(repeating: part + "\n", count: 5000)
    #expect(styled(lines).utf8.count >= 2)
  }

  @Test(arguments: [20, 33, 60, 120])
  func `lines fit, whatever they are made of`(columns: Int) {
    let text = [
      "# 日本語の見出し *強調* and a heading that is longer than most of them ever get to be",
      "- 日本語日本語、日本語「日本語」日本語日本語日本語日本語日本語",
      "  > e\u{301}e\u{301} 👩‍👩‍👧👩‍👩‍👧 👍👍 ❤️❤️ **한글 한글** https://example.org/a/very/long/path/that",
    ].joined(separator: "\n")
    for line in plain(text, columns: columns).split(separator: "\n") {
      #expect(DisplayWidth.of(String(line)) <= columns)
    }
  }
}

private let naughtyStrings = ProjectFiles.sharedData + "/naughty/blns.json"

@Suite(.enabled(if: FileManager.default.fileExists(atPath: naughtyStrings)))
struct NaughtyMarkdownTests {
  @Test(arguments: [true, false])
  func `the worst strings do a terminal no harm and fit it`(isStyled: Bool) throws {
    let strings = try JSONDecoder().decode(
      [String].self, from: Data(contentsOf: URL(filePath: naughtyStrings)))
    let rendering = MarkdownRendering(style: Style(isOn: isStyled))
    for string in strings + [strings.joined(separator: "\n"), strings.joined(separator: " ")] {
      for line in rendering.lines(string, columns: 60) {
        let shown = line.replacing(/\u{1B}\[[0-9;]+m/, with: "")
        #expect(DisplayWidth.of(shown) <= 60)
        for scalar in shown.unicodeScalars {
          #expect(scalar.properties.generalCategory != .control)
        }
      }
    }
  }
}

struct MarkedLineTests {
  @Test(
    arguments: [
      ("a b c", 10, "a b c"), ("a river c", nil, "a [river] c"), ("a river c", 8, "a [riv]…"),
      ("a river c", 4, "a…"), ("日本 river", 14, "日本 [river]"), ("日本 river", 13, "日本 [river]"),
      ("日本 river", 11, "日本 [riv]…"),
    ] as [(String, Int?, String)])
  func `a marked line fits with its brackets`(text: String, columns: Int?, shown: String) {
    var line = MarkedLine()
    let marks = SearchQuery(parsing: ["river"]).marks
    line.append(text, marks: marks)
    let cut = line.text(columns: columns, style: Style(isOn: false))
    #expect(cut == shown)
    #expect(DisplayWidth.of(cut) <= columns ?? .max)
  }
}
