/// One cluster's part of a ratio of sums.
package struct RatioPart: Sendable {
  package var numerator: Double
  package var denominator: Double

  package init(_ numerator: Double, _ denominator: Double) {
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// Intervals from drawing whole clusters, weeks or days, again and again, with replacement.
///
/// Source: the percentile interval of Efron, Tibshirani, An Introduction to the Bootstrap, 1993,
/// 13.3; of clusters: Davison, Hinkley, Bootstrap Methods and their Application, 1997, 3.8.
package enum Bootstrap {
  static let drawsCount = 1_999

  /// 95 percent, for the ratio of the sums of each sample, combined.
  ///
  /// - Parameter samples: not empty; drawn from independently of each other.
  package static func interval(
    _ samples: [[RatioPart]], combining: ([Double]) -> Double
  ) -> ClosedRange<Double> {
    var randomness = Randomness()
    var results: [Double] = []
    results.reserveCapacity(drawsCount)
    for _ in 0..<drawsCount {
      let ratios = samples.map { ratio($0, &randomness) }
      guard ratios.allSatisfy(\.isFinite) else { continue }
      results.append(combining(ratios))
    }
    results.sort()
    guard let low = Averages.quantile(0.025, of: results),
      let high = Averages.quantile(0.975, of: results)
    else { return -Double.infinity...Double.infinity }
    return low...high
  }

  /// 95 percent, for the ratio of the sums of one sample.
  package static func interval(_ parts: [RatioPart]) -> ClosedRange<Double> {
    interval([parts]) { $0[0] }
  }

  private static func ratio(_ parts: [RatioPart], _ randomness: inout Randomness) -> Double {
    var (numerator, denominator) = (0.0, 0.0)
    for _ in parts.indices {
      let part = parts[randomness.next(below: parts.count)]
      numerator += part.numerator
      denominator += part.denominator
    }
    return numerator / denominator
  }
}
