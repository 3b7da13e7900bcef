internal import JournalModel

/// Is anything different on one day of the week?
struct ByWeekday: Question {
  let id = QuestionID.weekday

  func ask(_ facts: JournalFacts) -> Asked {
    let comparison = LogComparison(
      id, logs: facts.moods,
      groups: Self.mondayFirst.map { .init(opening: Wording.onDays($0), label: Wording.day($0)) },
      measures: [.score, .urge, .away]
    ) { 1 << UInt64($0.day.placeInWeek) }
    return comparison.ask(weeksWith: "logs on one day of the week and on others")
  }

  /// As `CivilDay.weekday` counts them.
  private static let mondayFirst = [1, 2, 3, 4, 5, 6, 0]
}
