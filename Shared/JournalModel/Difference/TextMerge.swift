/// A three-way merge of prose: what two people, who both began with the same text, made of it.
///
/// What only one of them changed is taken over, word by word; where both changed the same words,
/// or words with nothing but spaces and punctuation between them, somebody has to decide. Nothing
/// of either is ever dropped: what is not in the merged text was removed by one of the two, or
/// stands in a conflict.
package struct TextMerge: Hashable, Sendable {
  package let parts: [Part]

  package enum Part: Hashable, Sendable {
    case settled(String)
    case conflict(Conflict)
  }

  /// What stands in one place in each of the three.
  package struct Conflict: Hashable, Sendable {
    package let ancestor: String
    package let winner: String
    package let sibling: String
  }

  /// - Parameter ancestor: the text that both began with; `nil` if there was none. Then what both
  ///   have in common stands for it, so that what each has alone is kept.
  package init(ancestor: String?, winner: String, sibling: String) {
    let ancestor = ancestor ?? TextDifference(from: winner, to: sibling).common
    parts = ThreeTexts(ancestor: ancestor, winner: winner, sibling: sibling).parts()
  }

  /// The merged text; `nil` while there is a conflict.
  package var settledText: String? {
    var text = ""
    for part in parts {
      guard case .settled(let settled) = part else { return nil }
      text += settled
    }
    return text
  }

  package var conflicts: [Conflict] {
    parts.compactMap { if case .conflict(let conflict) = $0 { conflict } else { nil } }
  }
}

extension TextDifference {
  fileprivate var common: String { pieces.filter { $0.kind == .same }.map(\.text).joined() }
}

/// Source: Khanna, Kunal, Pierce, "A Formal Investigation of Diff3", 2007.
private struct ThreeTexts {
  private let ancestor: [TextWord]
  private let winner: [TextWord]
  private let sibling: [TextWord]
  /// Where each word of the ancestor is in the other two; -1 where it is gone.
  private let winnerPositions: [Int]
  private let siblingPositions: [Int]

  /// A place in all three, and what stands there.
  private struct Chunk {
    var ancestor: Range<Int>
    var winner: Range<Int>
    var sibling: Range<Int>
    var outcome: Outcome

    init(_ start: Position, _ end: Position, _ outcome: Outcome) {
      ancestor = start.ancestor..<end.ancestor
      winner = start.winner..<end.winner
      sibling = start.sibling..<end.sibling
      self.outcome = outcome
    }
  }

  private enum Outcome {
    /// Nobody changed it.
    case unchanged
    /// Both changed it to the same.
    case same
    case winner
    case sibling
    case conflict
  }

  private struct Position: Equatable {
    var ancestor = 0
    var winner = 0
    var sibling = 0
  }

  init(ancestor: String, winner: String, sibling: String) {
    self.ancestor = TextWord.words(of: ancestor)
    self.winner = TextWord.words(of: winner)
    self.sibling = TextWord.words(of: sibling)
    var numbers = WordNumbers()
    let ancestorNumbers = numbers.numbers(of: self.ancestor)
    winnerPositions = Self.positions(
      of: ancestorNumbers, in: numbers.numbers(of: self.winner))
    siblingPositions = Self.positions(
      of: ancestorNumbers, in: numbers.numbers(of: self.sibling))
  }

  private static func positions(of old: [Int], in new: [Int]) -> [Int] {
    var positions = [Int](repeating: -1, count: old.count)
    for stretch in CommonStretches.of(old, new) {
      for offset in 0..<stretch.count { positions[stretch.old + offset] = stretch.new + offset }
    }
    return positions
  }

  func parts() -> [TextMerge.Part] {
    var parts: [TextMerge.Part] = []
    var settled = ""
    for chunk in joined(chunks()) {
      switch chunk.outcome {
      case .sibling: settled += sibling[chunk.sibling].text
      case .unchanged, .same, .winner: settled += winner[chunk.winner].text
      case .conflict:
        if !settled.isEmpty { parts.append(.settled(settled)) }
        settled = ""
        parts.append(
          .conflict(
            TextMerge.Conflict(
              ancestor: ancestor[chunk.ancestor].text, winner: winner[chunk.winner].text,
              sibling: sibling[chunk.sibling].text)))
      }
    }
    if !settled.isEmpty { parts.append(.settled(settled)) }
    return parts
  }

  /// Cuts the three where a word of the ancestor is in both others: unchanged and changed by turns.
  private func chunks() -> [Chunk] {
    var chunks: [Chunk] = []
    var position = Position()
    while true {
      var end = position
      while isUnchanged(at: end) {
        end = Position(
          ancestor: end.ancestor + 1, winner: end.winner + 1, sibling: end.sibling + 1)
      }
      if end != position { chunks.append(Chunk(position, end, .unchanged)) }
      position = end
      end = nextInAll(from: position)
      guard end != position else { return chunks }
      chunks.append(judged(Chunk(position, end, .conflict)))
      position = end
    }
  }

  private func isUnchanged(at position: Position) -> Bool {
    position.ancestor < ancestor.count && winnerPositions[position.ancestor] == position.winner
      && siblingPositions[position.ancestor] == position.sibling
  }

  private func nextInAll(from position: Position) -> Position {
    let next = (position.ancestor..<ancestor.count).first {
      winnerPositions[$0] >= 0 && siblingPositions[$0] >= 0
    }
    guard let next else {
      return Position(ancestor: ancestor.count, winner: winner.count, sibling: sibling.count)
    }
    return Position(
      ancestor: next, winner: winnerPositions[next], sibling: siblingPositions[next])
  }

  private func judged(_ chunk: Chunk) -> Chunk {
    var chunk = chunk
    if winner[chunk.winner] == sibling[chunk.sibling] {
      chunk.outcome = .same
    } else if sibling[chunk.sibling] == ancestor[chunk.ancestor] {
      chunk.outcome = .winner
    } else if winner[chunk.winner] == ancestor[chunk.ancestor] {
      chunk.outcome = .sibling
    } else {
      chunk.outcome = .conflict
    }
    return chunk
  }

  /// Joins changes of different people that no word and no line end keeps apart: side by side,
  /// they were not written to fit together.
  private func joined(_ chunks: [Chunk]) -> [Chunk] {
    var joined: [Chunk] = []
    for chunk in chunks {
      guard chunk.outcome != .unchanged, joined.count >= 2, let between = joined.last,
        between.outcome == .unchanged, !keepsApart(between)
      else {
        joined.append(chunk)
        continue
      }
      let before = joined[joined.count - 2]
      guard !Self.agree(before.outcome, chunk.outcome) else {
        joined.append(chunk)
        continue
      }
      var whole = before
      whole.ancestor = before.ancestor.lowerBound..<chunk.ancestor.upperBound
      whole.winner = before.winner.lowerBound..<chunk.winner.upperBound
      whole.sibling = before.sibling.lowerBound..<chunk.sibling.upperBound
      joined.removeLast(2)
      joined.append(judged(whole))
    }
    return joined
  }

  private func keepsApart(_ chunk: Chunk) -> Bool {
    ancestor[chunk.ancestor].contains { $0.kind == .word || $0.kind == .lineEnd }
  }

  private static func agree(_ first: Outcome, _ second: Outcome) -> Bool {
    first != .conflict && second != .conflict
      && (first == second || first == .same || second == .same)
  }
}
