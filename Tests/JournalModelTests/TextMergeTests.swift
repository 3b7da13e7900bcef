import JournalModel
import TestSupport
import Testing

@Suite struct TextMergeTests {
  @Test(
    arguments: [
      ("one two three four", "one TWO three four", "one two three FOUR", "one TWO three FOUR"),
      ("a b c", "a b c d", "x a b c", "x a b c d"),
      (
        "first line\nlast line", "first line\nnew\nlast line", "first line\nlast words",
        "first line\nnew\nlast words"
      ),
      ("went home\nslept", "came home\nslept", "went home\nwoke", "came home\nwoke"),
      ("first\nlast", "FIRST\nlast", "first\nLAST", "FIRST\nLAST"),
      ("one two three four five", "one four five", "one two three four six", "one four six"),
      ("one two", "ONE two", "ONE two", "ONE two"),
      (
        "teh river, teh sea", "the river, the sea", "the river, teh sea again",
        "the river, the sea again"
      ),
      ("我今天回家了", "我昨天回家了", "我今天回家了嗎", "我昨天回家了嗎"),
    ] as [(String, String, String, String)])
  func `what only one changed is taken over`(
    ancestor: String, winner: String, sibling: String, merged: String
  ) {
    let merge = TextMerge(ancestor: ancestor, winner: winner, sibling: sibling)
    #expect(merge.settledText == merged)
    let mirrored = TextMerge(ancestor: ancestor, winner: sibling, sibling: winner)
    #expect(mirrored.settledText == merged)
  }

  @Test(
    arguments: [
      ("by the river", "by the sea", "by the lake", ["river", "sea", "lake"]),
      ("went home", "came home", "went back", ["went home", "came home", "went back"]),
      ("stay", "", "stay here", ["stay", "", "stay here"]),
      (
        "Hello, world!", "Hallo, world!", "Hello, Welt!",
        ["Hello, world", "Hallo, world", "Hello, Welt"]
      ),
    ] as [(String, String, String, [String])])
  func `where both changed the same words, or neighbours, somebody has to decide`(
    ancestor: String, winner: String, sibling: String, conflict: [String]
  ) throws {
    let merge = TextMerge(ancestor: ancestor, winner: winner, sibling: sibling)
    #expect(merge.settledText == nil)
    let found = try #require(merge.conflicts.first)
    #expect(merge.conflicts.count == 1)
    #expect([found.ancestor, found.winner, found.sibling] == conflict)
  }

  @Test func `without an ancestor, what each has alone is kept`() {
    let merge = TextMerge(
      ancestor: nil, winner: "first\nof both\n", sibling: "of both\nlast\n")
    #expect(merge.settledText == "first\nof both\nlast\n")
    #expect(TextMerge(ancestor: nil, winner: "ours", sibling: "theirs").conflicts.count == 1)
  }

  @Test(arguments: SeededGenerator.seeds)
  func `merging equal sides, or with a side that changed nothing, is the other side`(
    seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let ancestor = RandomProse.letters(60, &generator)
      let edited = RandomProse.edited(ancestor, changes: 5, &generator)
      for (winner, sibling) in [(edited, edited), (edited, ancestor), (ancestor, edited)] {
        let merge = TextMerge(ancestor: ancestor, winner: winner, sibling: sibling)
        #expect(merge.settledText.map { Array($0.utf8) } == Array(edited.utf8))
      }
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `edits apart from each other merge cleanly, and both are there`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let ancestor = RandomProse.lines(4, wordsALine: 12)
      var (winner, sibling, expected) = (ancestor, ancestor, ancestor)
      // Each word is of nobody, of the winner or of the sibling, two of nobody between them.
      for line in 0..<4 {
        for word in stride(from: 0, to: 12, by: 3) {
          switch Int.random(in: 0..<4, using: &generator) {
          case 0: continue
          case 1:
            winner[line][word] = "winner\(word)"
            expected[line][word] = "winner\(word)"
          case 2:
            sibling[line][word] = "new \(word)"
            expected[line][word] = "new \(word)"
          default:
            sibling[line][word] += " more"
            expected[line][word] += " more"
          }
        }
      }
      let merge = TextMerge(
        ancestor: RandomProse.text(ancestor), winner: RandomProse.text(winner),
        sibling: RandomProse.text(sibling))
      #expect(merge.settledText == RandomProse.text(expected))
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `a merge is the same whichever side is named first`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let ancestor = RandomProse.letters(40, &generator)
      let winner = RandomProse.edited(ancestor, changes: 3, &generator)
      let sibling = RandomProse.edited(ancestor, changes: 3, &generator)
      let merge = TextMerge(ancestor: ancestor, winner: winner, sibling: sibling)
      let mirrored = TextMerge(ancestor: ancestor, winner: sibling, sibling: winner)
      #expect(merge.settledText == mirrored.settledText)
      #expect(merge.conflicts.map(\.winner) == mirrored.conflicts.map(\.sibling))
      #expect(merge.conflicts.map(\.ancestor) == mirrored.conflicts.map(\.ancestor))
    }
  }

  /// Words that only one side has were written there: they must not get lost in merging.
  @Test(arguments: SeededGenerator.seeds)
  func `every word that somebody wrote is in the merge`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let ancestor = RandomProse.lines(3, wordsALine: 6)
      let sides = (0..<2).map { side in
        ancestor.map { line in
          line.map { word in
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: "side\(side)\(word)"
            case 1: "\(word) side\(side)and\(word)"
            default: word
            }
          }
        }
      }
      let merge = TextMerge(
        ancestor: RandomProse.text(ancestor), winner: RandomProse.text(sides[0]),
        sibling: RandomProse.text(sides[1]))
      let markers = ConflictMarkers(
        .init(winner: "", ancestor: "", sibling: ""), apartFrom: [])
      let words = Set(markers.text(of: merge).split { $0 == " " || $0 == "\n" }.map(String.init))
      for word in sides.joined().joined().joined(separator: " ").split(separator: " ")
      where word.hasPrefix("side") {
        #expect(words.contains(String(word)))
      }
    }
  }
}
