import Testing

@testable import Insights

/// Against what SciPy makes of the same samples: see `SciPyTable`.
struct StatisticsTests {
  @Test(arguments: SciPyTable.averages)
  func `means and quantiles`(sample: [Double], mean: Double, quantiles: [Double]) throws {
    #expect(isClose(try #require(Averages.mean(sample)), mean))
    for (probability, quantile) in zip([0.025, 0.5, 0.9], quantiles) {
      let ours = try #require(Averages.quantile(probability, of: sample.sorted()))
      #expect(isClose(ours, quantile))
    }
    #expect(try isClose(#require(Averages.median(sample)), quantiles[1]))
  }

  @Test func `nothing has no mean`() {
    #expect(Averages.mean([]) == nil)
    #expect(Averages.median([]) == nil)
  }

  @Test(arguments: SciPyTable.shares)
  func `exact intervals of a share`(count: Int, total: Int, low: Double, high: Double) {
    let interval = ExactShare(count, of: total).interval
    #expect(isClose(interval.lowerBound, low))
    #expect(isClose(interval.upperBound, high))
  }

  @Test(arguments: SciPyTable.flips)
  func `all flips of signs`(contributions: [Double], pValue: Double) {
    let test = SignFlipTest([contributions])
    #expect(isClose(test.pValue, pValue))
    #expect(isClose(test.adjusted[0], pValue))
  }

  @Test func `some flips of many clusters come near to all of them`() {
    // Fifteen are more than are tried one by one, and few enough for the exact figure.
    let contributions = (0..<15).map { Double($0 * 7 % 11) - 2.5 }
    let sum = abs(contributions.reduce(0, +))
    let extreme = (0..<(1 << 15)).count { signs in
      let flipped = contributions.enumerated().reduce(0) {
        $0 + ((signs >> $1.offset) & 1 == 0 ? $1.element : -$1.element)
      }
      return abs(flipped) >= sum - 1e-9
    }
    let exact = Double(extreme) / Double(1 << 15)
    #expect(exact < 0.02)
    #expect(abs(SignFlipTest([contributions]).pValue - exact) < 0.25 * exact + 0.001)
  }

  @Test func `of several sums the greatest counts`() {
    let clear = (0..<12).map { Double($0 % 3 + 1) }
    let mixed = (0..<12).map { Double($0 % 2 * 2 - 1) }
    let alone = SignFlipTest([clear])
    let both = SignFlipTest([mixed, clear])
    #expect(both.pValue >= alone.pValue)
    #expect(both.adjusted[0] == 1)
    #expect(both.adjusted[1] == both.pValue)
    #expect(SignFlipTest([]).pValue == 1)
    #expect(SignFlipTest([[0, 0]]).pValue == 1)
  }

  @Test(arguments: SciPyTable.bootstraps)
  func `intervals from drawing again`(sample: [Double], low: Double, high: Double) throws {
    let interval = Bootstrap.interval(sample.map { RatioPart($0, 1) })
    let width = high - low
    // Two thousand draws against a hundred thousand.
    #expect(abs(interval.lowerBound - low) < width * 0.1)
    #expect(abs(interval.upperBound - high) < width * 0.1)
    #expect(interval == Bootstrap.interval(sample.map { RatioPart($0, 1) }))
  }

  @Test func `the split of a series`() throws {
    let series = (0..<70).map { (place: Int) -> Double in
      let wave = Double((place * 37 + 11) % 19)
      return place >= 31 ? wave + 3 : wave
    }
    let split = try #require(LevelChange.split(series[...]))
    #expect(split.index == SciPyTable.split.index)
    // The statistic is the correlation with the split; t follows from it.
    let share = split.statistic * split.statistic / 70
    let t = (share / (1 - share) * 68).squareRoot()
    #expect(isClose(t, SciPyTable.split.t))
  }

  @Test func `a series too short or without variation has no split`() {
    #expect(LevelChange.split(Array(repeating: 3.0, count: 100)[...]) == nil)
    #expect(LevelChange.split((0..<27).map(Double.init)[...]) == nil)
    #expect(LevelChange.changes([], level: 0.05) == [])
  }

  @Test func `a contrast is the regression on group and stratum`() {
    let contrast = Contrast(
      (0..<30).map {
        Contrast.Observation(
          value: Double($0 * $0 % 13), isInGroup: $0 * 7 % 5 < 2, stratum: $0 / 6, cluster: $0 / 6)
      })
    #expect(isClose(contrast.difference, SciPyTable.slope))
    #expect(contrast.inGroup + contrast.outside == 30)
    #expect(contrast.clusterCount == 5)
  }

  @Test func `a stratum of one kind is not compared`() {
    let contrast = Contrast([
      .init(value: 1, isInGroup: true, stratum: 0, cluster: 0),
      .init(value: 9, isInGroup: true, stratum: 1, cluster: 1),
      .init(value: 5, isInGroup: false, stratum: 1, cluster: 1),
    ])
    #expect(contrast.difference == 4)
    #expect(contrast.isCompared == [false, true, true])
  }

  @Test(
    arguments: [
      ([], []), ([0.04], [0.05]), ([0.06], [nil]),
      ([0.03, 0.01, 0.04], [nil, 0.05 / 3, nil]), ([0.02, 0.01, 0.03], [0.025, 0.05 / 3, 0.05]),
    ] as [([Double], [Double?])])
  func `Holm's steps`(pValues: [Double], levels: [Double?]) {
    #expect(Holm.levelsMet(pValues, familyLevel: 0.05) == levels)
  }

  private func isClose(_ ours: Double, _ theirs: Double) -> Bool {
    abs(ours - theirs) <= 1e-9 * max(1, abs(theirs))
  }
}
