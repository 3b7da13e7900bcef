/// What makes one text another, word by word.
///
///     TextDifference(from: "by the river", to: "by the sea").pieces
///     // same "by the ", removed "river", added "sea"
///
/// The pieces that are not added make the old text, those not removed the new one, byte for byte.
/// What is removed stands before what is added in its place; no piece is empty, and no two of a
/// kind are neighbours. Time is bounded: a megabyte on either side is compared in about a second,
/// however far the texts are apart.
package struct TextDifference: Hashable, Sendable {
  package let pieces: [Piece]

  package struct Piece: Hashable, Sendable {
    package let kind: Kind
    package let text: String

    package init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  package enum Kind: Hashable, Sendable {
    case same
    /// Only in the old text.
    case removed
    /// Only in the new text.
    case added
  }

  package init(from old: String, to new: String) {
    self.init(from: old, to: new, stepsMax: CommonStretches.stepsMax)
  }

  init(from old: String, to new: String, stepsMax: Int) {
    let (oldWords, newWords) = (TextWord.words(of: old), TextWord.words(of: new))
    var numbers = WordNumbers()
    let stretches = CommonStretches.of(
      numbers.numbers(of: oldWords), numbers.numbers(of: newWords), stepsMax: stepsMax)
    let told = Self.worthTelling(stretches, oldWords, newWords)

    var builder = PieceBuilder()
    var (oldStart, newStart) = (0, 0)
    for stretch in told + [CommonStretch(old: oldWords.count, new: newWords.count, count: 0)] {
      builder.append(.removed, oldWords[oldStart..<stretch.old])
      builder.append(.added, newWords[newStart..<stretch.new])
      oldStart = stretch.old + stretch.count
      newStart = stretch.new + stretch.count
      builder.append(.same, oldWords[stretch.old..<oldStart])
    }
    pieces = builder.pieces
  }

  /// The text it leads from.
  package var old: String { pieces.filter { $0.kind != .added }.map(\.text).joined() }

  /// The text it leads to.
  package var new: String { pieces.filter { $0.kind != .removed }.map(\.text).joined() }
}

extension TextDifference {
  /// Leaves out what both texts have by chance amid larger changes, such as a space between two
  /// words that were both replaced: it would only tear apart what is to be read.
  private static func worthTelling(
    _ stretches: [CommonStretch], _ old: [TextWord], _ new: [TextWord]
  ) -> [CommonStretch] {
    func changedBytes(from start: CommonStretch?, to end: CommonStretch?) -> Int {
      let oldChange = (start.map { $0.old + $0.count } ?? 0)..<(end?.old ?? old.count)
      let newChange = (start.map { $0.new + $0.count } ?? 0)..<(end?.new ?? new.count)
      return max(old[oldChange].byteCount, new[newChange].byteCount)
    }
    var kept: [CommonStretch] = []
    for (index, stretch) in stretches.enumerated() {
      let next = index + 1 < stretches.count ? stretches[index + 1] : nil
      let words = old[stretch.old..<(stretch.old + stretch.count)]
      let before = changedBytes(from: kept.last, to: stretch)
      let after = changedBytes(from: stretch, to: next)
      let isTorn = before > 0 && after > 0 && !words.contains { $0.kind == .lineEnd }
      let isSmall =
        !words.contains { $0.kind == .word } || words.byteCount <= min(before, after)
      if !(isTorn && isSmall) { kept.append(stretch) }
    }
    return kept
  }
}

/// Gives equal words equal numbers, which are compared faster.
struct WordNumbers {
  private var numberByWord: [TextWord: Int] = [:]

  mutating func numbers(of words: [TextWord]) -> [Int] {
    words.map { word in
      if let number = numberByWord[word] { return number }
      numberByWord[word] = numberByWord.count
      return numberByWord.count - 1
    }
  }
}

private struct PieceBuilder {
  private(set) var pieces: [TextDifference.Piece] = []

  mutating func append(_ kind: TextDifference.Kind, _ words: ArraySlice<TextWord>) {
    if !words.isEmpty { pieces.append(TextDifference.Piece(kind, words.text)) }
  }
}

extension ArraySlice<TextWord> {
  /// The text that words in a row are.
  var text: String {
    guard let first, let last else { return "" }
    return String(first.text.base[first.text.startIndex..<last.text.endIndex])
  }

  fileprivate var byteCount: Int {
    guard let first, let last else { return 0 }
    return first.text.base.utf8.distance(from: first.text.startIndex, to: last.text.endIndex)
  }
}
