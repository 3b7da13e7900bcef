/// What the mood logs about one person say of closeness and pull, week by week.
package struct WeeksTogether: Hashable, Sendable {
  /// Oldest first; weeks begin on Monday, and the last one is that of today.
  package let weeks: [Week]

  package struct Week: Hashable, Sendable {
    package let monday: CivilDay
    /// In the order of the logs, like the pulls.
    package fileprivate(set) var closeness: [Int] = []
    package fileprivate(set) var pulls: [Pull] = []

    /// The mean, 0 to 10.
    package var meanCloseness: Double? {
      closeness.isEmpty ? nil : Double(closeness.reduce(0, +)) / Double(closeness.count)
    }

    /// The pull that was logged most often; torn where two were.
    package var mainPull: Pull? {
      let counts = Pull.allCases.map { pull in pulls.count { $0 == pull } }
      guard let most = counts.max(), most > 0 else { return nil }
      let found = zip(Pull.allCases, counts).filter { $0.1 == most }.map(\.0)
      return found.count == 1 ? found[0] : .torn
    }
  }

  /// - Parameter logs: oldest first.
  package init(_ logs: some Sequence<MoodLog>, weeks count: Int = 12, until today: CivilDay) {
    let monday = today.monday
    var weeks = (0..<count).map { Week(monday: monday.adding(days: 7 * ($0 - count + 1))) }
    for log in logs {
      let days = log.date.day.daysSinceEpoch - (weeks.first?.monday.daysSinceEpoch ?? 0)
      guard days >= 0, weeks.indices.contains(days / 7) else { continue }
      if let closeness = log.closeness { weeks[days / 7].closeness.append(closeness) }
      if let pull = log.pull { weeks[days / 7].pulls.append(pull) }
    }
    self.weeks = weeks
  }

  package var closeness: [Int] { weeks.flatMap(\.closeness) }

  package func count(_ pull: Pull) -> Int { weeks.reduce(0) { $0 + $1.pulls.count { $0 == pull } } }
}
