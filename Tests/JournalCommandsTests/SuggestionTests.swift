import JournalCommands
import Testing

struct SuggestionTests {
  @Test(
    arguments: [
      ("writ", "write"), ("wirte", "write"), ("lst", "list"), ("serach", "search"), ("sho", "show"),
      ("hello", nil), ("", nil), ("x", nil),
    ] as [(String, String?)])
  func `the nearest word is meant, if one is near`(word: String, nearest: String?) {
    let words = ["write", "mood", "list", "search", "show", "status"]
    #expect(Suggestion.nearest(to: word, among: words) == nearest)
  }
}
