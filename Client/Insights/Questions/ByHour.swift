internal import JournalModel

/// The parts of a day.
enum DayPart: Int, CaseIterable {
  case morning
  case afternoon
  case evening
  case night

  /// - Parameter hour: 0 to 23.
  init(hour: Int) {
    switch hour {
    case 5..<12: self = .morning
    case 12..<17: self = .afternoon
    case 17..<22: self = .evening
    default: self = .night
    }
  }
}

/// Is anything different in one part of the day?
struct ByHour: Question {
  let id = QuestionID.hour

  func ask(_ facts: JournalFacts) -> Asked {
    let logs = facts.moods.filter { $0.hour != nil }
    let comparison = LogComparison(
      id, logs: logs,
      groups: DayPart.allCases.map { .init(opening: Wording.inThe($0), label: Wording.name($0)) },
      measures: [.score, .urge, .away]
    ) { log in
      log.hour.map { 1 << UInt64(DayPart(hour: $0).rawValue) } ?? 0
    }
    return comparison.ask(weeksWith: "logs of one part of the day and of others")
  }
}
