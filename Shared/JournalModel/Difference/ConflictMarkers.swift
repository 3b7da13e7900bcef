/// The lines that mark a conflict in a text, in the style of `diff3`:
///
///     <<<<<<< desk, 2026-11-21 08:20
///     what the winner says
///     ||||||| before both
///     what both began with
///     =======
///     what the sibling says
///     >>>>>>> laptop, 2026-11-21 08:18
///
/// Seven characters, or more where a text has lines of its own that begin so: nothing that anybody
/// wrote can be taken for a marker.
package struct ConflictMarkers: Hashable, Sendable {
  /// What stands after the markers; one line each.
  package struct Labels: Hashable, Sendable {
    package let winner: String
    package let ancestor: String
    package let sibling: String

    package init(winner: String, ancestor: String, sibling: String) {
      self.winner = winner
      self.ancestor = ancestor
      self.sibling = sibling
    }
  }

  package let length: Int
  private let labels: Labels

  /// Markers that are found in none of the texts.
  package init(_ labels: Labels, apartFrom texts: [String]) {
    self.labels = labels
    let longest = texts.flatMap(Self.runs).map(\.length).max() ?? 0
    length = max(7, longest + 1)
  }

  /// The merge as one text to edit. Conflicts take whole lines: what stands before and after them
  /// on their lines is in all three.
  package func text(of merge: TextMerge) -> String {
    var text = ""
    var open: TextMerge.Conflict?
    for part in merge.parts {
      switch (part, open) {
      case (.settled(let settled), nil):
        text += settled
      case (.settled(let settled), let conflict?):
        guard let end = settled.utf8.firstIndex(of: Self.lineEnd) else {
          open = conflict + settled
          continue
        }
        let next = settled.utf8.index(after: end)
        text += block(conflict + String(settled[..<next]))
        text += settled[next...]
        open = nil
      case (.conflict(let conflict), nil):
        let start = text.startOfLastLine
        open = String(text[start...]) + conflict
        text.removeSubrange(start...)
      case (.conflict(let conflict), let before?):
        open = before + conflict
      }
    }
    return open.map { text + block($0) } ?? text
  }

  /// The number of the first line that still is a marker, from 1.
  package func firstLine(in text: String) -> Int? {
    Self.runs(in: text).first { $0.length == length }?.line
  }

  private func block(_ conflict: TextMerge.Conflict) -> String {
    marker("<") + " \(labels.winner)\n" + conflict.winner.withLineEnd
      + marker("|") + " \(labels.ancestor)\n" + conflict.ancestor.withLineEnd
      + marker("=") + "\n" + conflict.sibling.withLineEnd
      + marker(">") + " \(labels.sibling)\n"
  }

  private func marker(_ character: Character) -> String {
    String(repeating: character, count: length)
  }

  private static let lineEnd = UInt8(ascii: "\n")

  /// The lines that look like markers of some length: one of the four characters, repeated, and
  /// then the line's end or a space.
  private static func runs(in text: String) -> [(line: Int, length: Int)] {
    let lines = text.utf8.split(separator: lineEnd, omittingEmptySubsequences: false)
    return zip(1..., lines).compactMap { number, line in
      guard let first = line.first, "<|=>".utf8.contains(first) else { return nil }
      let run = line.prefix { $0 == first }
      let ending = line[run.endIndex...].first
      let isMarker = ending == nil || ending == UInt8(ascii: " ") || ending == UInt8(ascii: "\r")
      return isMarker ? (number, run.count) : nil
    }
  }
}

extension TextMerge.Conflict {
  fileprivate static func + (left: Self, right: Self) -> Self {
    Self(
      ancestor: left.ancestor + right.ancestor, winner: left.winner + right.winner,
      sibling: left.sibling + right.sibling)
  }

  fileprivate static func + (left: Self, right: String) -> Self {
    left + Self(ancestor: right, winner: right, sibling: right)
  }

  fileprivate static func + (left: String, right: Self) -> Self {
    Self(ancestor: left, winner: left, sibling: left) + right
  }
}

extension String {
  fileprivate var startOfLastLine: String.Index {
    utf8.lastIndex(of: UInt8(ascii: "\n")).map(utf8.index(after:)) ?? startIndex
  }

  fileprivate var withLineEnd: String {
    isEmpty || utf8.last == UInt8(ascii: "\n") ? self : self + "\n"
  }
}
