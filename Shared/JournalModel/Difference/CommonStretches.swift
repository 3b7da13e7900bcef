/// A stretch that two sequences have in common: where it begins in each, and how long it is.
struct CommonStretch: Hashable {
  var old: Int
  var new: Int
  var count: Int
}

/// Finds what two sequences have in common, in order.
///
/// Where it is cheap, the most that any alignment keeps (Myers). Where the sequences are long and
/// far apart, what is unique in both is taken for the same (patience), and what lies between is
/// searched in turn. A text rewritten from end to end has nothing in common worth the search: it
/// ends after bounded work, whatever the texts.
struct CommonStretches {
  private let old: [Int]
  private let new: [Int]
  private var remainingSteps: Int
  private var stretches: [CommonStretch] = []

  /// Steps of the search for the best alignment: at some nanoseconds each, well below a second.
  static let stepsMax = 1 << 25
  /// Each level of unique items looks at each item once.
  private static let depthMax = 24

  /// Ascending in both; stretches never touch.
  static func of(_ old: [Int], _ new: [Int], stepsMax: Int = stepsMax) -> [CommonStretch] {
    var search = CommonStretches(old: old, new: new, remainingSteps: stepsMax)
    search.find(old.indices, new.indices, depth: 0)
    return search.stretches
  }

  private init(old: [Int], new: [Int], remainingSteps: Int) {
    self.old = old
    self.new = new
    self.remainingSteps = remainingSteps
  }

  private mutating func find(_ oldRange: Range<Int>, _ newRange: Range<Int>, depth: Int) {
    let shorter = min(oldRange.count, newRange.count)
    var prefix = 0
    while prefix < shorter,
      old[oldRange.lowerBound + prefix] == new[newRange.lowerBound + prefix]
    {
      prefix += 1
    }
    var suffix = 0
    while suffix < shorter - prefix,
      old[oldRange.upperBound - 1 - suffix] == new[newRange.upperBound - 1 - suffix]
    {
      suffix += 1
    }
    add(oldRange.lowerBound, newRange.lowerBound, prefix)
    let oldMiddle = oldRange.dropFirst(prefix).dropLast(suffix)
    let newMiddle = newRange.dropFirst(prefix).dropLast(suffix)
    if !oldMiddle.isEmpty && !newMiddle.isEmpty {
      findInMiddle(oldMiddle, newMiddle, depth: depth)
    }
    add(oldRange.upperBound - suffix, newRange.upperBound - suffix, suffix)
  }

  private mutating func findInMiddle(
    _ oldRange: Range<Int>, _ newRange: Range<Int>, depth: Int
  ) {
    // No part takes so much that nothing is left for those after it.
    var shortest = ShortestEdit(
      old: old[oldRange], new: new[newRange], stepsMax: remainingSteps / 4)
    let found = shortest.find()
    remainingSteps -= shortest.stepsTaken
    if let found {
      for stretch in found { add(stretch.old, stretch.new, stretch.count) }
      return
    }
    guard depth < Self.depthMax else { return }
    var (oldStart, newStart) = (oldRange.lowerBound, newRange.lowerBound)
    let anchors = UniqueItems.common(to: old[oldRange], new[newRange])
    for anchor in anchors {
      find(oldStart..<anchor.old, newStart..<anchor.new, depth: depth + 1)
      add(anchor.old, anchor.new, 1)
      (oldStart, newStart) = (anchor.old + 1, anchor.new + 1)
    }
    if !anchors.isEmpty {
      find(oldStart..<oldRange.upperBound, newStart..<newRange.upperBound, depth: depth + 1)
    }
  }

  private mutating func add(_ oldStart: Int, _ newStart: Int, _ count: Int) {
    guard count > 0 else { return }
    if let last = stretches.last, last.old + last.count == oldStart,
      last.new + last.count == newStart
    {
      stretches[stretches.count - 1].count += count
    } else {
      stretches.append(CommonStretch(old: oldStart, new: newStart, count: count))
    }
  }
}
