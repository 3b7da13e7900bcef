/// Items that occur once in each of two sequences: what people take for the same, even where the
/// text around has changed.
///
/// Source: Cohen, "Patience Diff Advantages", 2010.
enum UniqueItems {
  /// The most of them that lie in the same order in both, ascending.
  static func common(to old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [(old: Int, new: Int)] {
    let newPositionByItem = uniquePositions(in: new)
    let pairs = uniquePositions(in: old).compactMap { item, oldPosition in
      newPositionByItem[item].map { (old: oldPosition, new: $0) }
    }
    return longestAscending(pairs.sorted { $0.old < $1.old })
  }

  private static func uniquePositions(in items: ArraySlice<Int>) -> [Int: Int] {
    var positionByItem: [Int: Int] = [:]
    var repeated: Set<Int> = []
    for (position, item) in zip(items.indices, items) {
      if positionByItem.updateValue(position, forKey: item) != nil { repeated.insert(item) }
    }
    for item in repeated { positionByItem[item] = nil }
    return positionByItem
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
