internal import JournalModel

/// Does the pull go away, or the urge to withdraw rise, when it feels closer than usual?
struct PullByCloseness: Question {
  let id = QuestionID.pullByCloseness

  func ask(_ facts: JournalFacts) -> Asked {
    let logs = facts.moods.filter { $0.closeness != nil && ($0.pull != nil || $0.urge != nil) }
    guard let usual = Usual(logs.compactMap(Measure.closeness.value)) else {
      return .missing(weeksWith: Self.weeksWith, Progress())
    }
    let opening = Wording.closerThanUsual(from: usual.closerFrom)
    var comparison = LogComparison(
      id, logs: logs, groups: [.init(opening: opening, label: "")], measures: [.away, .urge]
    ) {
      Measure.closeness.value(of: $0).map { $0 >= usual.closerFrom } == true ? 1 : 0
    }
    comparison.chart = { _ in Self.bands }
    return comparison.ask(weeksWith: Self.weeksWith)
  }

  private static let weeksWith =
    "logs closer than your usual and others, each with closeness and a pull or an urge"

  private static let bands: [LogComparison.ChartGroup] = [0...2, 3...4, 5...6, 7...8, 9...10].map {
    range in
    .init(label: Wording.closeness(range)) { $0.closeness.map(range.contains) == true }
  }
}
