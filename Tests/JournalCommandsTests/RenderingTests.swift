import Foundation
import Interchange
import TestSupport
import Testing

@testable import JournalCommands

struct VisibleTests {
  @Test(arguments: [
    ("plain", "plain"), ("\u{1B}[31mred", "␛[31mred"), ("a\u{7}b\u{0}c", "a␇b␀c"),
    ("\u{7F}", "␡"), ("\u{9B}31m", "<U+009B>31m"), ("\u{202E}evil", "<U+202E>evil"),
    ("a\u{2066}b\u{2069}", "a<U+2066>b<U+2069>"), ("one\n two\t three ", "one two three"),
    ("a\r\nb\rc", "a b c"), ("👩‍👩‍👧 ok", "👩‍👩‍👧 ok"), ("e\u{301}", "e\u{301}"),
    ("a\u{2028}b", "a b"), ("a\u{85}b", "a b"),
  ])
  func `nothing in a line can move or colour a terminal`(text: String, shown: String) {
    #expect(Visible.line(text) == shown)
  }

  @Test(arguments: [
    ("a\nb", ["a", "b"]), ("a\r\nb", ["a", "b"]), ("a\rb", ["a␍b"]), ("a\r", ["a␍"]),
    ("\tx", ["    x"]), ("", [""]), ("a\n\nb", ["a", "", "b"]),
    ("\u{1B}]0;title\u{7}", ["␛]0;title␇"]),
    ("a\u{2028}b\u{85}c", ["a<U+2028>b<U+0085>c"]),
  ])
  func `line ends stay, a lone return is shown`(text: String, lines: [String]) {
    #expect(Visible.lines(text) == lines)
  }

  @Test func `no control character gets through`() {
    let all = (0..<0x3000).compactMap(Unicode.Scalar.init).map(Character.init)
    for line in Visible.lines(String(all)) + [Visible.line(String(all))] {
      for scalar in line.unicodeScalars {
        #expect(scalar.properties.generalCategory != .control)
        #expect(!scalar.turnsDirection)
      }
    }
  }
}

struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한글", 4), ("👍", 2),
    ("👩‍👩‍👧", 2), ("❤️", 2), ("…", 1), ("ａ", 2),
    ("\u{939}\u{93F}", 2), ("\u{E19}\u{E49}\u{E33}", 2),
    ("\u{E99}\u{EB3}", 2), ("\u{B95}\u{BBE}", 2),
  ])
  func `columns are counted as terminals do`(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
    ("ab cd", 4, "ab…"), ("abc", 0, ""), ("abc", 1, "…"),
  ])
  func `what is cut says so and fits`(text: String, columns: Int, cut: String) {
    #expect(DisplayWidth.cut(text, to: columns) == cut)
    #expect(DisplayWidth.of(cut) <= columns)
  }
}

private let widthTable = ProjectFiles.sharedData + "/naughty/unicode/EastAsianWidth.txt"

@Suite(.enabled(if: FileManager.default.fileExists(atPath: widthTable)))
struct EastAsianWidthTests {
  @Test func `wide characters are those of Unicode's table`() throws {
    let table = try String(contentsOfFile: widthTable, encoding: .utf8)
    var wrong: [String] = []
    for line in table.split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.prefix { $0 != "#" && $0 != " " }.split(separator: ";")
      let ends = fields[0].components(separatedBy: "..").compactMap { UInt32($0, radix: 16) }
      let isWide = fields[1] == "W" || fields[1] == "F"
      for value in try #require(ends.first)...(try #require(ends.last)) {
        guard let scalar = Unicode.Scalar(value), fields[1] != "A", scalar.isShownByItself,
          (DisplayWidth.of(Character(scalar)) == 2) != isWide
        else { continue }
        wrong.append(String(value, radix: 16))
      }
    }
    #expect(wrong == [])
  }
}

extension Unicode.Scalar {
  /// Neither a mark, nor half a flag, nor a place that nothing has.
  fileprivate var isShownByItself: Bool {
    switch properties.generalCategory {
    case .unassigned, .privateUse, .surrogate, .control, .format, .nonspacingMark,
      .enclosingMark, .spacingMark:
      false
    default: !(0x1F1E6...0x1F1FF).contains(value)
    }
  }
}

struct LineWrapTests {
  @Test(arguments: [
    ("went home by the river", 10, ["went home", "by the", "river"]),
    ("short", 10, ["short"]),
    ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
    ("  indented and long", 12, ["  indented", "and long"]),
    ("日本語日本語", 6, ["日本語", "日本語"]),
    ("", 5, [""]),
  ])
  func `lines are broken at spaces`(line: String, columns: Int, lines: [String]) {
    #expect(LineWrap.wrapped(line, columns: columns) == lines)
  }

  @Test(arguments: [
    ("\u{1B}[2mid\u{1B}[0m  ", 24, ["\u{1B}[2mid\u{1B}[0m  went home by the", "    river"]),
    // Twenty for the text, whatever is left.
    ("  ", 5, ["  went home by the", "  river"]),
    ("", 10, ["went home", "by the", "river"]),
    ("  ", nil, ["  went home by the river"]),
  ])
  func `further lines stand below the first`(start: String, columns: Int?, lines: [String]) {
    #expect(
      LineWrap.wrapped("went home by the river", columns: columns, after: start) == lines)
  }

  @Test(
    arguments: [
      ("Nothing was saved: it was empty.", 20, ["Nothing was saved:", "it was empty."]),
      ("See `ebb list --all` for the rest.", 22, ["See `ebb list --all`", "for the rest."]),
      ("Now see `ebb list --all`, then.", 22, ["Now see", "`ebb list --all`,", "then."]),
      (
        "It is /a/path/that/is/longer/than/a/line here", 20,
        ["It is", "/a/path/that/is/longer/than/a/line", "here"]
      ),
      ("One.\n  Two that is too long.", 20, ["One.", "  Two that is too", "  long."]),
      ("any width", nil, ["any width"]),
    ] as [(String, Int?, [String])])
  func `what is said in passing keeps commands and paths whole`(
    text: String, columns: Int?, lines: [String]
  ) {
    #expect(LineWrap.sentences(text, columns: columns) == lines)
  }
}

struct JSONTextTests {
  @Test(arguments: [
    (JSONText.null, "null"), (.boolean(true), "true"), (.integer(-5 as Int64), "-5"),
    (.string("a\"b\\c"), #""a\"b\\c""#), (.string("\u{0}\n\r\t\u{1B}"), #""\u0000\n\r\t\u001b""#),
    (.string("\u{7F}\u{9B}\u{202E}\u{2028}"), #""\u007f\u009b\u202e\u2028""#),
    (.string("é日👍"), "\"é日👍\""), (.strings([]), "[]"),
    (.object([("b", .integer(1 as Int64)), ("a", .optional(nil))]), #"{"b":1,"a":null}"#),
  ])
  func `values are written in full and in order`(value: JSONText, text: String) {
    #expect(value.text == text)
  }
}

struct NamedLinesTests {
  private static let rows = [(name: "attic", words: "this one"), (name: "日本", words: "12")]

  @Test(arguments: [nil, 60]) func `words stand in a column beside names`(columns: Int?) {
    #expect(
      NamedLines.lines(Self.rows, columns: columns) == [["attic  this one"], ["日本   12"]])
  }

  @Test(arguments: [
    (String(repeating: "m", count: 80), 60, [60, 20]),
    (String(repeating: "日", count: 80), 60, [60, 60, 40]),
    (String(repeating: "日", count: 80), 59, [58, 58, 44]),
    (String(repeating: "m", count: 55), 60, [55]),
  ])
  func `a name that leaves no room stands above its words, broken where it must be`(
    name: String, columns: Int, widths: [Int]
  ) {
    let rows = Self.rows + [(name: name, words: "seen long ago")]
    let lines = NamedLines.lines(rows, columns: columns)
    #expect(lines.prefix(2) == [["attic  this one"], ["日本   12"]])
    let long = lines.last ?? []
    #expect(long.last == "  seen long ago")
    #expect(long.dropLast().map { DisplayWidth.of($0) } == widths)
    #expect(long.dropLast().joined(separator: "") == name)
  }

  @Test func `where no terminal is, a long name is on the line of its words`() {
    let name = String(repeating: "m", count: 80)
    #expect(
      NamedLines.lines(
        [(name: name, words: "1"), (name: "n", words: "2")], columns: nil, nameColumnsMax: 4)
        == [[name + "  1"], ["n     2"]])
  }
}
