internal import Glibc

/// A share of so many of so many, with the exact interval for it.
package struct ExactShare: Hashable, Sendable {
  package let count: Int
  package let total: Int

  /// - Parameter total: at least 1.
  package init(_ count: Int, of total: Int) {
    self.count = count
    self.total = total
  }

  package var value: Double { Double(count) / Double(total) }

  /// 95 percent.
  ///
  /// Source: Clopper, Pearson, "The Use of Confidence or Fiducial Limits Illustrated in the Case
  /// of the Binomial", Biometrika 26, 1934.
  package var interval: ClosedRange<Double> {
    let tail = 0.025
    let low = count == 0 ? 0 : bisect { 1 - atMost(count - 1, chance: $0) < tail }
    let high = count == total ? 1 : bisect { atMost(count, chance: $0) > tail }
    return min(low, high)...max(low, high)
  }

  /// The chance at which something stops to hold that holds for smaller ones.
  private func bisect(_ holds: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The binomial distribution function.
  private func atMost(_ most: Int, chance: Double) -> Double {
    guard chance > 0, chance < 1 else { return chance <= 0 ? 1 : (most >= total ? 1 : 0) }
    // The logarithm, for chances of a thousand cases are smaller than numbers can be.
    var term = Double(total) * log1p(-chance)
    var sum = exp(term)
    for hits in stride(from: 1, through: most, by: 1) {
      term += log(Double(total - hits + 1) / Double(hits)) + log(chance) - log1p(-chance)
      sum += exp(term)
    }
    return min(sum, 1)
  }
}
