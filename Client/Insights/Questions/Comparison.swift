/// Several groups, each compared with what is outside of it, in several measures: one question,
/// corrected for all its comparisons.
struct Comparison<Measured: Sendable>: Sendable {
  /// What is measured once.
  struct Observation: Sendable {
    let value: Double
    /// A bit for each group it belongs to.
    let groups: UInt64
    /// Compared are observations of the same stratum.
    let stratum: Int
    let week: Int
    /// What it was measured of, as the question counts it.
    let source: Int
  }

  /// One group in one measure.
  struct Cell: Sendable {
    let measured: Measured
    let group: Int
    let contrast: Contrast
    /// Of what was compared: in the group, and outside of it.
    let inGroup: [Int]
    let outside: [Int]

    var n: Int { contrast.inGroup + contrast.outside }
  }

  let cells: [Cell]
  private let weekCount: Int

  /// - Parameter groupCount: at most 64.
  init(_ measures: [(Measured, [Observation])], groupCount: Int) {
    let weeks = Places(measures.flatMap { $0.1.map(\.week) })
    weekCount = weeks.count
    cells = measures.flatMap { measured, observations in
      let strata = Places(observations.map(\.stratum))
      let places = observations.map { (strata[$0.stratum], weeks[$0.week]) }
      return (0..<groupCount).compactMap { group in
        Self.cell(measured, group, observations, places)
      }
    }
  }

  private static func cell(
    _ measured: Measured, _ group: Int, _ observations: [Observation],
    _ places: [(stratum: Int, week: Int)]
  ) -> Cell? {
    let bit: UInt64 = 1 << UInt64(group)
    let contrast = Contrast(
      zip(observations, places).map { observation, place in
        Contrast.Observation(
          value: observation.value, isInGroup: observation.groups & bit != 0,
          stratum: place.stratum, cluster: place.week)
      })
    guard contrast.inGroup >= Minimum.observations, contrast.outside >= Minimum.observations,
      contrast.clusterCount >= Minimum.weeks
    else { return nil }
    let compared = zip(observations, contrast.isCompared).filter(\.1).map(\.0)
    return Cell(
      measured: measured, group: group, contrast: contrast,
      inGroup: compared.filter { $0.groups & bit != 0 }.map(\.source),
      outside: compared.filter { $0.groups & bit == 0 }.map(\.source))
  }

  /// `finding` is asked for the cells that meet the level, the most surprising first: what stands
  /// out from one group makes all others look a little different too.
  func answer(_ finding: @escaping (Cell) -> Finding) -> Answer {
    let test = SignFlipTest(cells.map { $0.contrast.contributions(clusters: weekCount) })
    return Answer(pValue: test.pValue) { level in
      cells.indices.filter { test.adjusted[$0] <= level }
        .sorted {
          let left = (test.adjusted[$0], -test.strengths[$0], $0)
          return left < (test.adjusted[$1], -test.strengths[$1], $1)
        }
        .prefix(Minimum.findingsMax).map { finding(cells[$0]) }
    }
  }
}

/// What a comparison takes before it says anything.
enum Minimum {
  /// In the group, and outside of it.
  static let observations = 10
  /// Weeks that have both: of fewer, even the clearest effect could not be told from chance.
  static let weeks = 10
  /// Of one question: more would be a table, not an insight.
  static let findingsMax = 3

  /// The names that occur often enough to be a group, the most frequent first.
  static func met(by names: some Sequence<String>, most: Int) -> [String] {
    NamedCount.ranked(names).prefix { $0.count >= observations }.prefix(most).map(\.name)
  }
}

/// Numbers from 0 on for whatever numbers there are.
private struct Places {
  private var placesByNumber: [Int: Int] = [:]

  init(_ numbers: [Int]) {
    for number in numbers where placesByNumber[number] == nil {
      placesByNumber[number] = placesByNumber.count
    }
  }

  var count: Int { placesByNumber.count }
  subscript(number: Int) -> Int { placesByNumber[number] ?? 0 }
}
