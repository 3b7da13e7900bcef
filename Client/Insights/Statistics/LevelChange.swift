/// Where a series goes from one level to another.
///
/// The change is put where the two means differ most, in units of what chance would make of them;
/// whether it is one is told by permuting blocks of the series, for neighbouring days are alike. If
/// it is, both sides are looked at in the same way.
///
/// Sources: the statistic is that of Sen, Srivastava, "On Tests for Detecting Change in Mean",
/// Annals of Statistics 3, 1975; blocks permuted: Kirch, "Block Permutation Principles for the
/// Change Analysis of Dependent Data", Journal of Statistical Planning and Inference 137, 2007;
/// both sides again: Vostrikova, "Detecting Disorder in Multidimensional Random Processes", 1981.
package enum LevelChange {
  /// Values to a side, at least.
  package static let sideMin = 14
  /// A week of days that have a value at least, four at most, and so that there are blocks enough.
  static func blockLength(of count: Int) -> Int { min(max(count / 16, 7), 28) }
  static let permutationsMax = 1_999
  static let enough = 20

  /// The greatest difference of means, and the first value after it.
  package struct Split: Sendable {
    package let index: Int
    /// How many times the standard deviation of a side's difference, were all values independent.
    package let statistic: Double
  }

  /// `nil` for a series that is too short or does not vary.
  package static func split(_ values: ArraySlice<Double>) -> Split? {
    guard values.count >= 2 * sideMin, let mean = Averages.mean(values) else { return nil }
    var squares = 0.0
    for value in values { squares += (value - mean) * (value - mean) }
    guard squares > 1e-12 else { return nil }
    let best = values.withUnsafeBufferPointer { greatest($0, mean: mean) }
    let deviation = squares / Double(values.count)
    return Split(
      index: values.startIndex + best.index, statistic: (best.square / deviation).squareRoot())
  }

  /// The chances that blocks in another order differ as much, corrected for the number of series;
  /// 1 for one without a split. The least of them is that of all together.
  ///
  /// - Parameter series: of equal length.
  package static func pValues(_ series: [ArraySlice<Double>]) -> [Double] {
    let squares = series.map { values in split(values).map { $0.statistic * $0.statistic } }
    let standard = zip(series, squares).filter { $0.1 != nil }.map { standardised($0.0) }
    guard let greatest = squares.compactMap({ $0 }).max(), let length = series.first?.count
    else { return series.map { _ in 1 } }
    let weights = weights(length)
    var randomness = Randomness()
    var exceeding: [Int] = Array(repeating: 0, count: series.count)
    var exceedingGreatest = 0
    var tried = 0
    while tried < permutationsMax, exceedingGreatest < enough {
      tried += 1
      let blocks = permutedBlocks(length, &randomness)
      let permuted = standard.reduce(0) { max($0, Self.greatest($1, in: blocks, weights)) } + 1e-9
      if permuted >= greatest { exceedingGreatest += 1 }
      for (place, square) in squares.enumerated() where permuted >= square ?? .infinity {
        exceeding[place] += 1
      }
    }
    return zip(squares, exceeding).map { square, exceeding in
      square == nil ? 1 : Double(exceeding + 1) / Double(tried + 1)
    }
  }

  /// All changes that meet a level, ascending: the first value of each new level.
  package static func changes(_ values: [Double], level: Double) -> [Int] {
    changes(values[...], level: level)
  }

  private static func changes(_ values: ArraySlice<Double>, level: Double) -> [Int] {
    guard let split = split(values), pValues([values])[0] <= level else { return [] }
    return changes(values[..<split.index], level: level) + [split.index]
      + changes(values[split.index...], level: level)
  }

  /// The greatest square of the difference between sides, weighted by their lengths.
  private static func greatest(
    _ values: UnsafeBufferPointer<Double>, mean: Double
  ) -> (index: Int, square: Double) {
    let weights = weights(values.count)
    var sum = 0.0
    var best = (index: 0, square: -1.0)
    for index in values.indices {
      sum += values[index] - mean
      let square = sum * sum * weights[index]
      if square > best.square { best = (index + 1, square) }
    }
    return best
  }

  /// By the index of the last value before a split; 0 where a side would be too short.
  private static func weights(_ count: Int) -> [Double] {
    (1...max(count, 1)).map { before in
      guard before >= sideMin, count - before >= sideMin else { return 0 }
      return Double(count) / (Double(before) * Double(count - before))
    }
  }

  /// The same of standardised values, when blocks are in that order.
  private static func greatest(
    _ values: [Double], in blocks: [Range<Int>], _ weights: [Double]
  ) -> Double {
    values.withUnsafeBufferPointer { values in
      weights.withUnsafeBufferPointer { weights in
        var sum = 0.0
        var place = 0
        var greatest = 0.0
        for block in blocks {
          for index in block {
            sum += values[index]
            greatest = max(greatest, sum * sum * weights[place])
            place += 1
          }
        }
        return greatest
      }
    }
  }

  private static func standardised(_ values: ArraySlice<Double>) -> [Double] {
    let mean = Averages.mean(values) ?? 0
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return values.map { ($0 - mean) / square.squareRoot() }
  }

  /// The blocks begin anywhere, so that no boundary is special.
  private static func permutedBlocks(_ length: Int, _ randomness: inout Randomness) -> [Range<Int>]
  {
    let blockLength = blockLength(of: length)
    let first = randomness.next(below: blockLength)
    let starts = stride(from: first - blockLength, to: length, by: blockLength)
    let blocks = starts.map { max($0, 0)..<min($0 + blockLength, length) }.filter { !$0.isEmpty }
    var order = Array(blocks.indices)
    randomness.shuffle(&order)
    return order.map { blocks[$0] }
  }
}
