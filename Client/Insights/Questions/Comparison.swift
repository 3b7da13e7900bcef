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

    func isIn(_ group: Int) -> Bool { groups & 1 << UInt64(group) != 0 }
  }

  /// One group in one measure.
  struct Cell: Sendable {
    let measured: Measured
    /// The place of what is measured among the measures.
    let measure: Int
    let group: Int
    let contrast: Contrast
    /// Of what was compared: in the group, and outside of it.
    let inGroup: [Int]
    let outside: [Int]

    var n: Int { contrast.inGroup + contrast.outside }
  }

  let cells: [Cell]
  /// Of the group and measure that is nearest to having enough.
  let nearest: Progress
  /// By measure.
  private let observations: [[Observation]]
  private let weekCount: Int

  /// - Parameter groupCount: at most 64.
  init(_ measures: [(Measured, [Observation])], groupCount: Int) {
    let weeks = Places(measures.flatMap { $0.1.map(\.week) })
    weekCount = weeks.count
    observations = measures.map(\.1)
    var cells: [Cell] = []
    var nearest = Progress()
    for (measure, measured) in measures.enumerated() {
      let strata = Places(measured.1.map(\.stratum))
      let places = measured.1.map { (strata[$0.stratum], weeks[$0.week]) }
      for group in 0..<groupCount {
        let contrast = Self.contrast(group, measured.1, places)
        let progress = Progress(contrast)
        if progress.isNearer(than: nearest) { nearest = progress }
        guard contrast.hasEnough else { continue }
        cells.append(Self.cell(measured.0, measure, group, measured.1, contrast))
      }
    }
    self.cells = cells
    self.nearest = nearest
  }

  private static func cell(
    _ measured: Measured, _ measure: Int, _ group: Int, _ observations: [Observation],
    _ contrast: Contrast
  ) -> Cell {
    let compared = zip(observations, contrast.isCompared).filter(\.1).map(\.0)
    return Cell(
      measured: measured, measure: measure, group: group, contrast: contrast,
      inGroup: compared.filter { $0.isIn(group) }.map(\.source),
      outside: compared.filter { !$0.isIn(group) }.map(\.source))
  }

  private static func contrast(
    _ group: Int, _ observations: [Observation], _ places: [(stratum: Int, week: Int)]
  ) -> Contrast {
    Contrast(
      zip(observations, places).map { observation, place in
        Contrast.Observation(
          value: observation.value, isInGroup: observation.isIn(group),
          stratum: place.stratum, cluster: place.week)
      })
  }

  /// `finding` is asked for the cells that meet the level, the most surprising first, but for those
  /// that differ only from groups told before them: one that stands out makes all others look
  /// different too.
  func answer(_ finding: @escaping (Cell) -> Finding) -> Answer {
    let test = SignFlipTest(cells.map { $0.contrast.contributions(clusters: weekCount) })
    return Answer(pValue: test.pValue) { level in
      let met = cells.indices.filter { test.adjusted[$0] <= level }
        .sorted {
          let left = (test.adjusted[$0], -test.strengths[$0], $0)
          return left < (test.adjusted[$1], -test.strengths[$1], $1)
        }
      var told: [Cell] = []
      for cell in met.map({ cells[$0] }) where told.count < Minimum.findingsMax {
        if differs(cell, without: told.filter { $0.measure == cell.measure }.map(\.group)) {
          told.append(cell)
        }
      }
      return told.map(finding)
    }
  }

  /// Whether the difference is there, too, where nothing of some other groups is compared.
  private func differs(_ cell: Cell, without groups: [Int]) -> Bool {
    guard !groups.isEmpty else { return true }
    let rest = observations[cell.measure].filter { !groups.contains(where: $0.isIn) }
    let strata = Places(rest.map(\.stratum))
    let weeks = Places(rest.map(\.week))
    let contrast = Self.contrast(
      cell.group, rest, rest.map { (strata[$0.stratum], weeks[$0.week]) })
    guard contrast.hasEnough else { return false }
    let interval = contrast.interval
    return cell.contrast.difference < 0 ? interval.upperBound < 0 : interval.lowerBound > 0
  }
}

extension Contrast {
  /// For anything to be said of it.
  fileprivate var hasEnough: Bool {
    inGroup >= Minimum.observations && outside >= Minimum.observations
      && clusterCount >= Minimum.weeks
  }
}

/// How much there is of what a comparison takes.
struct Progress {
  /// Compared, in the group and outside of it.
  private(set) var inGroup = 0
  private(set) var outside = 0
  /// Weeks that have both.
  private(set) var weeks = 0

  init() {}

  init(_ contrast: Contrast) {
    inGroup = contrast.inGroup
    outside = contrast.outside
    weeks = contrast.clusterCount
  }

  /// 0 to 1.
  var share: Double {
    let most = Double(Minimum.observations)
    return min(
      Double(inGroup) / most, Double(outside) / most, Double(weeks) / Double(Minimum.weeks), 1)
  }

  func isNearer(than other: Progress) -> Bool {
    (share, inGroup + outside) > (other.share, other.inGroup + other.outside)
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

  /// The same; where none is met, the name that is nearest to it.
  static func nearest(among names: some Sequence<String>, most: Int) -> [String] {
    let ranked = NamedCount.ranked(names)
    let met = ranked.prefix { $0.count >= observations }
    return (met.isEmpty ? ranked.prefix(1) : met.prefix(most)).map(\.name)
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
