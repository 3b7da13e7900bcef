import TestSupport
import Testing

@testable import JournalModel

@Suite struct TextDifferenceTests {
  /// A difference as people write it: `[-removed-]{+added+}`.
  private func written(_ difference: TextDifference) -> String {
    difference.pieces.map { piece in
      switch piece.kind {
      case .same: piece.text
      case .removed: "[-\(piece.text)-]"
      case .added: "{+\(piece.text)+}"
      }
    }
    .joined()
  }

  @Test(
    arguments: [
      ("by the river", "by the sea", "by the [-river-]{+sea+}"),
      ("went home", "went slowly home", "went {+slowly +}home"),
      ("went slowly home", "went home", "went [-slowly -]home"),
      ("same", "same", "same"), ("", "new", "{+new+}"), ("old", "", "[-old-]"), ("", "", ""),
      ("up, down", "left, right", "[-up, down-]{+left, right+}"),
      ("我回家了", "我出門了", "我[-回家-]{+出門+}了"),
      ("e\u{301}t", "\u{e9}t", "[-e\u{301}t-]{+\u{e9}t+}"),
      ("one\ntwo\nthree", "one\nthree", "one\n[-two\n-]three"),
      ("ab\ncd", "xy\nzw", "[-ab-]{+xy+}\n[-cd-]{+zw+}"),
      ("I do not know him", "He said a good word", "[-I do not know him-]{+He said a good word+}"),
    ] as [(String, String, String)])
  func `a difference says what changed, word by word`(old: String, new: String, expected: String) {
    #expect(written(TextDifference(from: old, to: new)) == expected)
  }

  /// Besides the steps of everyday, so few that the search has to be given up, and none.
  @Test(arguments: SeededGenerator.seeds, [CommonStretches.stepsMax, 2_000, 40, 0])
  func `applying a difference gives the other text, byte for byte`(seed: UInt64, steps: Int) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let old = RandomProse.letters(80, &generator)
      let new =
        Bool.random(using: &generator)
        ? RandomProse.letters(80, &generator)
        : RandomProse.edited(old, changes: 4, &generator)
      let difference = TextDifference(from: old, to: new, stepsMax: steps)
      #expect(Array(difference.old.utf8) == Array(old.utf8))
      #expect(Array(difference.new.utf8) == Array(new.utf8))
      expectNormal(difference)
    }
  }

  private func expectNormal(_ difference: TextDifference) {
    #expect(difference.pieces.allSatisfy { !$0.text.isEmpty })
    for (first, second) in zip(difference.pieces, difference.pieces.dropFirst()) {
      #expect(first.kind != second.kind)
      #expect(!(first.kind == .added && second.kind == .removed))
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `what both have in common is as much as the longest common subsequence`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let (old, new) = (numbers(&generator), numbers(&generator))
      let stretches = CommonStretches.of(old, new)
      #expect(stretches.reduce(0) { $0 + $1.count } == longestCommon(old, new))
      expectAscending(stretches, old, new)
    }
  }

  private func numbers(_ generator: inout SeededGenerator) -> [Int] {
    (0..<Int.random(in: 0...40, using: &generator)).map { _ in
      Int.random(in: 0..<6, using: &generator)
    }
  }

  private func longestCommon(_ old: [Int], _ new: [Int]) -> Int {
    var row = [Int](repeating: 0, count: new.count + 1)
    for item in old {
      var diagonal = 0
      for (index, other) in new.enumerated() {
        let above = row[index + 1]
        row[index + 1] = item == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[new.count]
  }

  private func expectAscending(_ stretches: [CommonStretch], _ old: [Int], _ new: [Int]) {
    var (oldEnd, newEnd) = (0, 0)
    for stretch in stretches {
      #expect(stretch.count > 0 && stretch.old >= oldEnd && stretch.new >= newEnd)
      (oldEnd, newEnd) = (stretch.old + stretch.count, stretch.new + stretch.count)
      #expect(old[stretch.old..<oldEnd] == new[stretch.new..<newEnd])
    }
    #expect(oldEnd <= old.count && newEnd <= new.count)
  }

  /// Texts that would take a thorough search years.
  @Test func `the search ends after the steps it was given`() {
    let old = (0..<20_000).map { $0 % 3 }
    let new = (0..<20_000).map { $0 * $0 % 7 % 3 }
    var edit = ShortestEdit(old: old[...], new: new[...], stepsMax: 100_000)
    #expect(edit.find() == nil)
    #expect(edit.stepsTaken < 150_000)
    expectAscending(CommonStretches.of(old, new, stepsMax: 100_000), old, new)
  }

  @Test func `in long texts of few words, a few edits are told apart`() {
    let old = (0..<3_000).map { "w\($0 * $0 % 101 * $0 % 7 + $0 / 100 % 5)" }
    var new = old
    for position in stride(from: 50, to: 3_000, by: 300) { new[position] = "new" }
    let difference = TextDifference(
      from: old.joined(separator: " "), to: new.joined(separator: " "), stepsMax: 100)
    #expect(
      difference.pieces.filter { $0.kind == .added }.map(\.text)
        == Array(repeating: "new", count: 10))
    #expect(difference.new == new.joined(separator: " "))
  }

  @Test func `of long texts far apart, what is unique in both is still found`() {
    let kept = RandomProse.lines(40, wordsALine: 3)
    let old = RandomProse.text(kept.map { $0 + (0..<60).map { "o\($0 % 9)" } })
    let new = RandomProse.text(kept.map { $0 + (0..<70).map { "n\($0 % 9)" } })
    let difference = TextDifference(from: old, to: new, stepsMax: 500)
    let same = difference.pieces.filter { $0.kind == .same }.map(\.text).joined()
    for word in kept.joined() { #expect(same.contains(word)) }
  }
}
