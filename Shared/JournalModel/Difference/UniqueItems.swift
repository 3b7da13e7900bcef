/// Items that occur once in each of two sequences: what people take for the same, even where the
/// text around has changed.
///
/// Where single words all occur often, some in a row are looked for that occur once.
///
/// Source: Cohen, "Patience Diff Advantages", 2010.
enum UniqueItems {
  /// How many items in a row are tried, until some are unique in both.
  private static let lengths = [1, 4, 16]

  /// The most of them that lie in the same order in both, ascending: where each begins.
  static func common(to old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [(old: Int, new: Int)] {
    for length in lengths {
      let newPositionByRun = uniquePositions(of: length, in: new)
      let pairs = uniquePositions(of: length, in: old).compactMap { run, oldPosition in
        newPositionByRun[run].map { (old: oldPosition, new: $0) }
      }
      // Runs are told apart by a hash, which says only that they are not equal.
      .filter { old[$0.old..<($0.old + length)] == new[$0.new..<($0.new + length)] }
      if !pairs.isEmpty { return longestAscending(pairs.sorted { $0.old < $1.old }) }
    }
    return []
  }

  private static func uniquePositions(of length: Int, in items: ArraySlice<Int>) -> [Int: Int] {
    var positionByRun: [Int: Int] = [:]
    var repeated: Set<Int> = []
    for position in items.indices.dropLast(length - 1) {
      let run = items[position..<(position + length)].reduce(0) { $0 &* 1_000_003 &+ $1 }
      if positionByRun.updateValue(position, forKey: run) != nil { repeated.insert(run) }
    }
    for run in repeated { positionByRun[run] = nil }
    return positionByRun
  }

  /// Patience sorting: each pile's top is the least end of an ascending run of the pile's number.
  private static func longestAscending(
    _ pairs: [(old: Int, new: Int)]
  ) -> [(old: Int, new: Int)] {
    var tops: [Int] = []
    var previous = [Int?](repeating: nil, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[tops[middle]].new < pair.new { low = middle + 1 } else { high = middle }
      }
      previous[index] = low > 0 ? tops[low - 1] : nil
      if low == tops.count { tops.append(index) } else { tops[low] = index }
    }
    var ascending: [(old: Int, new: Int)] = []
    var next = tops.last
    while let index = next {
      ascending.append(pairs[index])
      next = previous[index]
    }
    return ascending.reversed()
  }
}
