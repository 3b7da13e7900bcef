internal import JournalModel

/// Something that mood logs measure and that can be compared.
enum Measure: CaseIterable {
  case score
  case urge
  case closeness
  /// How often the pull was away, of the logs that say which way it was.
  case away

  func value(of log: MoodFacts) -> Double? {
    switch self {
    case .score: log.score.map(Double.init)
    case .urge: log.urge.map(Double.init)
    case .closeness: log.closeness.map(Double.init)
    case .away: log.pull.map { $0 == .away ? 1 : 0 }
    }
  }

  /// The longest bar of a chart.
  var most: Double { self == .away ? 1 : 10 }
}
