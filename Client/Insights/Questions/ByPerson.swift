internal import JournalModel

/// Is anything different in the logs about one person?
struct ByPerson: Question {
  let id = QuestionID.person

  /// The people with most logs; more questions at once make every answer harder.
  private static let peopleMax = 12

  func ask(_ facts: JournalFacts) -> Asked {
    let people = Minimum.nearest(among: facts.moods.lazy.flatMap(\.people), most: Self.peopleMax)
    let comparison = LogComparison(
      id, logs: facts.moods,
      groups: people.map { .init(opening: Wording.with($0), label: $0) },
      measures: [.score, .urge, .closeness, .away]
    ) { log in
      people.indices.reduce(0) { bits, index in
        log.people.contains(people[index]) ? bits | 1 << UInt64(index) : bits
      }
    }
    return comparison.ask(weeksWith: "logs about the same person and others")
  }
}
