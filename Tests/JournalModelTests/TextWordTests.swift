import TestSupport
import Testing

@testable import JournalModel

@Suite struct TextWordTests {
  @Test(
    arguments: [
      ("went home", ["went", " ", "home"]),
      ("I don’t, you won't.", ["I", " ", "don’t", ",", " ", "you", " ", "won't", "."]),
      ("at 8:15, 3.14 and 1,000", ["at", " ", "8:15", ",", " ", "3.14", " ", "and", " ", "1,000"]),
      ("a  b\tc", ["a", "  ", "b", "\t", "c"]),
      ("one\r\ntwo\n\nthree", ["one", "\r\n", "two", "\n", "\n", "three"]),
      ("self-made…", ["self", "-", "made", "…"]),
      ("Übergrößenträger", ["Übergrößenträger"]),
      ("e\u{301}te\u{301} fini", ["e\u{301}te\u{301}", " ", "fini"]),
      ("我回家了。", ["我", "回", "家", "了", "。"]),
      ("川のほとり", ["川", "の", "ほ", "と", "り"]),
      ("コーヒーを飲む", ["コーヒー", "を", "飲", "む"]),
      ("안녕 세계", ["안녕", " ", "세계"]),
      ("กาแฟ", ["ก", "า", "แ", "ฟ"]),
      ("ok👩‍👩‍👧🇩🇪!", ["ok", "👩‍👩‍👧", "🇩🇪", "!"]),
      ("Привет, мир", ["Привет", ",", " ", "мир"]),
      ("'", ["'"]), ("a.", ["a", "."]), ("", []),
    ] as [(String, [String])])
  func `a text is cut where a reader sees words end`(text: String, words: [String]) {
    #expect(TextWord.words(of: text).map { String($0.text) } == words)
  }

  @Test(arguments: SeededGenerator.seeds)
  func `the words of a text, joined, are the text byte for byte`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let text = RandomProse.letters(60, &generator)
      let joined = TextWord.words(of: text).map(\.text).joined()
      #expect(Array(joined.utf8) == Array(text.utf8))
    }
  }

  @Test func `words that only look the same are not equal`() {
    #expect(TextWord.words(of: "\u{e9}") != TextWord.words(of: "e\u{301}"))
  }
}
