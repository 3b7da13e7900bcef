/// Whether contributions add up to more than their signs alone would, for several sums at once.
///
/// Each cluster, a week of a journal, contributes one number to each sum. Where there is no
/// effect, a contribution is as likely to be positive as negative, whatever the logs of one week
/// have to do with each other: so all signs of a week are flipped together, and the greatest
/// standardised sum is compared with what the flips give.
///
/// Sources: the test of signs goes back to Fisher, The Design of Experiments, 1935, 21; of clusters
/// with Rademacher weights: Cameron, Gelbach, Miller, "Bootstrap-Based Improvements for Inference
/// with Clustered Errors", Review of Economics and Statistics 90, 2008; the greatest of several:
/// Westfall, Young, Resampling-Based Multiple Testing, 1993; stopping early: Besag, Clifford,
/// "Sequential Monte Carlo p-values", Biometrika 78, 1991.
package struct SignFlipTest: Sendable {
  /// Of the greatest sum; two-sided.
  package let pValue: Double
  /// Of each sum, corrected for their number. Where the test stopped early, bounds from above.
  package let adjusted: [Double]
  /// How far each sum is from none, in units of what its signs alone would give: what tells apart
  /// sums that no flip comes near.
  package let strengths: [Double]

  static let flipsMax = 3_999
  /// All flips are tried for so many clusters; some of them for more.
  static let clustersForAllMax = 12
  /// Flips as extreme as the journal itself after which it is clear that nothing stands out.
  static let enough = 40

  /// - Parameter contributions: for each sum, what each cluster contributes, in the same order.
  package init(_ contributions: [[Double]]) {
    let clusterCount = contributions.first?.count ?? 0
    let sums = contributions.count
    var table: [Double] = Array(repeating: 0, count: clusterCount * sums)
    var observed: [Double] = Array(repeating: 0, count: sums)
    for (sum, values) in contributions.enumerated() {
      let scale = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard scale > 0 else { continue }
      for (cluster, value) in values.enumerated() { table[cluster * sums + sum] = value / scale }
      observed[sum] = abs(values.reduce(0, +)) / scale
    }
    strengths = observed
    let greatest = observed.max() ?? 0
    guard greatest > 0 else {
      pValue = 1
      adjusted = Array(repeating: 1, count: sums)
      return
    }
    // What differs by rounding alone is as extreme.
    let bars = observed.map { $0 - 1e-9 }
    var flips = Flips(clusterCount: clusterCount)
    var exceeding: [Int] = Array(repeating: 0, count: sums)
    var greatestExceeding = 0
    var tried = 0
    while flips.isExact || greatestExceeding < Self.enough, let signs = flips.next() {
      tried += 1
      let flipped = Self.greatest(table, sums: sums, signs)
      if flipped >= greatest - 1e-9 { greatestExceeding += 1 }
      for sum in 0..<sums where flipped >= bars[sum] { exceeding[sum] += 1 }
    }
    // The journal itself is one of all flips, but none of some.
    let own = flips.isExact ? 0 : 1
    pValue = Double(greatestExceeding + own) / Double(tried + own)
    adjusted = exceeding.map { Double($0 + own) / Double(tried + own) }
  }

  /// The greatest absolute sum under one choice of signs.
  private static func greatest(_ table: [Double], sums: Int, _ signs: [UInt64]) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: sums) { totals in
      totals.initialize(repeating: 0)
      table.withUnsafeBufferPointer { table in
        var place = 0
        var cluster = 0
        while place < table.count {
          let sign: Double = (signs[cluster / 64] >> UInt64(cluster % 64)) & 1 == 0 ? 1 : -1
          for sum in 0..<sums { totals[sum] += sign * table[place + sum] }
          place += sums
          cluster += 1
        }
      }
      return totals.reduce(0) { max($0, abs($1)) }
    }
  }
}

/// Choices of signs, a bit each: all of them where clusters are few, else a fixed series.
private struct Flips {
  let isExact: Bool
  private let words: Int
  private let count: Int
  private var index = 0
  private var randomness = Randomness()

  init(clusterCount: Int) {
    isExact = clusterCount <= SignFlipTest.clustersForAllMax
    words = (clusterCount + 63) / 64
    // Turning all signs round changes no absolute sum: half of the choices are all.
    count = isExact ? 1 << max(clusterCount - 1, 0) : SignFlipTest.flipsMax
  }

  mutating func next() -> [UInt64]? {
    guard index < count else { return nil }
    defer { index += 1 }
    if isExact { return [UInt64(index)] }
    return (0..<words).map { _ in randomness.next() }
  }
}
