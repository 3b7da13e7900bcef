/// How much greater a value is in one group than outside of it, among observations of the same
/// stratum: the regression on group and stratum, taken apart into what each cluster contributes.
///
/// With the week as stratum, slow changes of mood or of habits are no part of the difference.
///
/// Source: the fixed-effects ("within") estimator, Wooldridge, Econometric Analysis of Cross
/// Section and Panel Data, 2nd edition 2010, 10.5; its contributions are the cluster scores that
/// `SignFlipTest` takes.
package struct Contrast: Sendable {
  package struct Observation: Sendable {
    package let value: Double
    package let isInGroup: Bool
    /// Small numbers from 0 on.
    package let stratum: Int
    package let cluster: Int

    package init(value: Double, isInGroup: Bool, stratum: Int, cluster: Int) {
      self.value = value
      self.isInGroup = isInGroup
      self.stratum = stratum
      self.cluster = cluster
    }
  }

  /// By cluster; 0 of 0 for one that says nothing.
  package let parts: [RatioPart]
  /// Whether the stratum of each observation has others to compare it with.
  package let isCompared: [Bool]
  /// Observations that are compared.
  package let inGroup: Int
  package let outside: Int

  package init(_ observations: [Observation]) {
    var strata: [Stratum] = []
    var clusters = 0
    for observation in observations {
      while strata.count <= observation.stratum { strata.append(Stratum()) }
      strata[observation.stratum].add(observation)
      clusters = max(clusters, observation.cluster + 1)
    }
    var parts = Array(repeating: RatioPart(0, 0), count: clusters)
    var isCompared: [Bool] = []
    isCompared.reserveCapacity(observations.count)
    var counts = (inGroup: 0, outside: 0)
    for observation in observations {
      let stratum = strata[observation.stratum]
      isCompared.append(stratum.isMixed)
      guard stratum.isMixed else { continue }
      if observation.isInGroup { counts.inGroup += 1 } else { counts.outside += 1 }
      let group = (observation.isInGroup ? 1 : 0) - stratum.groupShare
      parts[observation.cluster].numerator += group * (observation.value - stratum.mean)
      parts[observation.cluster].denominator += group * group
    }
    self.parts = parts
    self.isCompared = isCompared
    inGroup = counts.inGroup
    outside = counts.outside
  }

  /// Clusters that say something.
  package var clusterCount: Int { parts.count { $0.denominator > 0 } }

  /// In the group less outside of it.
  package var difference: Double {
    parts.reduce(0) { $0 + $1.numerator } / parts.reduce(0) { $0 + $1.denominator }
  }

  /// 95 percent.
  package var interval: ClosedRange<Double> {
    Bootstrap.interval(parts.filter { $0.denominator > 0 })
  }

  /// For `SignFlipTest`, by cluster.
  package func contributions(clusters: Int) -> [Double] {
    (0..<clusters).map { $0 < parts.count ? parts[$0].numerator : 0 }
  }

  private struct Stratum {
    private var count = 0.0
    private var inGroup = 0.0
    private var sum = 0.0

    mutating func add(_ observation: Observation) {
      count += 1
      inGroup += observation.isInGroup ? 1 : 0
      sum += observation.value
    }

    /// Whether there is anything to compare.
    var isMixed: Bool { inGroup > 0 && inGroup < count }
    var groupShare: Double { inGroup / count }
    var mean: Double { sum / count }
  }
}
