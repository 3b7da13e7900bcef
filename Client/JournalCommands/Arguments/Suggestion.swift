/// What somebody probably meant.
package enum Suggestion {
  /// The candidate that takes the fewest slips of the finger; `nil` if none is near.
  ///
  /// A candidate that begins with what was typed counts as near: `--em` means `--emotion`.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let distanceMax = max(1, word.count / 3)
    let length = comparedLength(word)
    let scored = candidates.compactMap { candidate -> (candidate: String, distance: Int)? in
      if word.count > 2 && candidate.hasPrefix(word) { return (candidate, 1) }
      // What is that much longer or shorter is not near: of thousands of tags few are compared.
      guard abs(comparedLength(candidate) - length) <= distanceMax else { return nil }
      return (candidate, distance(word, candidate))
    }
    guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= distanceMax ? best.candidate : nil
  }

  private static func comparedLength(_ word: String) -> Int {
    min(word.unicodeScalars.count, lengthMax)
  }

  /// No more of a word is compared.
  private static let lengthMax = 64

  /// Damerau's distance: insertions, deletions, replacements and swaps of neighbours.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.unicodeScalars.prefix(lengthMax))
    let right = Array(right.unicodeScalars.prefix(lengthMax))
    var rows = [Array(0...right.count)]
    for row in 0..<left.count {
      var next = [row + 1]
      for column in 0..<right.count {
        var cost = min(
          next[column] + 1, rows[row][column + 1] + 1,
          rows[row][column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, rows[row - 1][column - 1] + 1)
        }
        next.append(cost)
      }
      rows.append(next)
    }
    return rows[left.count][right.count]
  }
}
