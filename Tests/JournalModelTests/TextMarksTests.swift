import JournalModel
import Testing

@Suite struct TextMarksTests {
  @Test(arguments: [
    ("Walked by the #river.", ["river"]),
    ("#river and (#long-walk), \"#day_1\"", ["river", "long-walk", "day_1"]),
    ("**#bold** and ~#gone~", ["bold", "gone"]),
    ("#work/ebb, #work/", ["work/ebb", "work"]),
    ("#river #river", ["river"]),
    ("#Été, #日记 、#散步", ["Été", "日记", "散步"]),
    ("line one\n#second", ["second"]),
  ])
  func `a hash and a word is a tag`(_ text: String, _ tags: [String]) {
    #expect(TextMarks(text).names(.tag) == tags)
  }

  @Test(arguments: [
    "# A heading", "## Another", "#", "# ", "issue #12", "C# and F#", "a#b", "\\#escaped",
    "https://example.org/#anchor", "see www.example.org/#top", "[a link](#anchor)",
    "[[#A heading]]", "path/to#part", "&#39;", "`#include`", "``a ` #b``", "#-", "###x#y",
    "```\n#include <x>\n```", "~~~c\n#define\n\n#if\n~~~", "```\n#never closed",
    "mailto:a@b.org?subject=#x",
  ])
  func `what only looks like a tag is none`(_ text: String) {
    #expect(TextMarks(text).names(.tag).isEmpty)
  }

  @Test(arguments: [
    ("Met @Sam.", ["Sam"]),
    (
      "@O'Neil's and @D’Angelo, @Sam'S, @SAM'S, '@Mara', @O' Neil, @O'N",
      ["O'Neil", "D’Angelo", "Sam", "SAM", "Mara", "O"]
    ),
    ("@Sam's and @Jean-Luc_P, (@zoë)!", ["Sam", "Jean-Luc_P", "zoë"]),
    ("与 @小明 散步", ["小明"]),
    ("after `code` @Sam", ["Sam"]),
    ("```\n@not\n```\n@Sam", ["Sam"]),
    ("an open ` tick and @Sam", ["Sam"]),
  ])
  func `an at sign and a name is a person`(_ text: String, _ people: [String]) {
    #expect(TextMarks(text).names(.person) == people)
  }

  @Test(arguments: [
    "sam@example.org", "<sam@example.org>", "@", "@ home", "@7", "me@", "@sam@example.org",
    "https://example.org/@sam", "\\@Sam", "a.@b",
  ])
  func `an address is nobody`(_ text: String) {
    #expect(TextMarks(text).names(.person).isEmpty)
  }

  @Test func `a name is kept in normal form C, and its range is that of the text`() throws {
    let text = "x #e\u{301}te\u{301} y"
    let mark = try #require(TextMarks(text).marks.first)
    #expect(Array(mark.name.utf8) == Array("été".precomposed.utf8))
    #expect(Array(text[mark.range].utf8) == Array("#e\u{301}te\u{301}".utf8))
  }

  @Test func `a long text of nothing but signs is read in a breath`() {
    let text = String(repeating: "`#@", count: 100_000)
    #expect(TextMarks(text).marks.isEmpty)
  }
}

extension String {
  fileprivate var precomposed: String { "\u{e9}t\u{e9}" }
}
