import Foundation
import JournalModel
import TestSupport
import Testing

@Suite struct KeptTextTests {
  @Test(arguments: [
    ("a", "a"), ("a\n", "a"), ("a\r\n\r\n", "a"), ("a\r", "a"), ("a \n", "a "), ("\na", "\na"),
    ("\n\r\n", ""), ("", ""), ("a\u{2028}", "a\u{2028}"), ("a\u{301}\n", "a\u{301}"),
    ("a\n\u{301}", "a\n\u{301}"),
  ])
  func `text is kept but for line ends at its end`(typed: String, kept: String) {
    #expect(Array(typed.withoutLineEndsAtEnd.utf8) == Array(kept.utf8))
  }

  @Test(arguments: [
    ("river", "river"), ("  river ", "river"), ("\u{a0}river\u{3000}", "river"), ("A b", "A b"),
    ("cafe\u{301}", "caf\u{e9}"), ("\u{212b}", "\u{e5}".uppercased()), ("🏞️", "🏞️"),
    ("👩‍👧", "👩‍👧"), ("a/b", "a/b"),
  ])
  func `a name is trimmed and composed`(typed: String, kept: String) throws {
    let name = try OneLineName.checked(typed, field: "tag")
    #expect(Array(name.utf8) == Array(kept.utf8))
  }

  @Test(arguments: ["\u{0}", "a\u{7f}", "a\u{85}b", "a\u{2028}b", "a\rb", "a\tb"])
  func `a name with control characters is refused`(typed: String) {
    #expect(throws: InputError.notOneLine(field: "tag")) {
      try OneLineName.checked("x" + typed + "x", field: "tag")
    }
  }

  private static let pairsPath = ProjectFiles.sharedData + "/naughty/nfc_nfd_pairs.jsonl"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: pairsPath)))
  func `both forms of every composed character make the same name`() throws {
    struct Pair: Decodable {
      let nfc: String
      let nfd: String
    }
    let lines = try String(contentsOfFile: Self.pairsPath, encoding: .utf8).split(separator: "\n")
    #expect(lines.count > 1000)
    for line in lines {
      let pair = try JSONDecoder().decode(Pair.self, from: Data(line.utf8))
      let composed = try OneLineName.checked("x" + pair.nfc + "x", field: "tag")
      let decomposed = try OneLineName.checked("x" + pair.nfd + "x", field: "tag")
      #expect(Array(composed.utf8) == Array(decomposed.utf8))
    }
  }
}
