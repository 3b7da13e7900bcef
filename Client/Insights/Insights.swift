/// Everything that a journal's numbers say, and what they cannot say yet.
///
/// All questions that can be answered are one family: the chance that a journal in which nothing
/// has to do with anything gives any finding at all is at most `familyLevel`.
package struct Insights: Hashable, Sendable {
  package let findings: [Finding]
  /// The nearest first.
  package let missing: [MissingFinding]
  /// Asked with enough to go by, and nothing stood out from chance.
  package let nothingFound: [QuestionID]

  /// With room below the one in twenty that is promised: the tests take the weeks of a journal for
  /// independent, which they are not quite.
  package static let familyLevel = 0.02

  /// Whether no question has enough to go by.
  package var isTooEarly: Bool { findings.isEmpty && nothingFound.isEmpty }

  package init(_ facts: JournalFacts) {
    var missing: [(finding: MissingFinding, share: Double)] = []
    var asked: [(id: QuestionID, answer: Answer)] = []
    for question in Self.questions {
      switch question.ask(facts) {
      case .missing(let needs, let share):
        missing.append((MissingFinding(question: question.id, needs: needs), share))
      case .answered(let answer): asked.append((question.id, answer))
      }
    }
    let levels = Holm.levelsMet(asked.map(\.answer.pValue), familyLevel: Self.familyLevel)
    var findings: [Finding] = []
    var nothingFound: [QuestionID] = []
    for ((id, answer), level) in zip(asked, levels) {
      let found = level.map(answer.findings) ?? []
      findings += found
      if found.isEmpty { nothingFound.append(id) }
    }
    self.findings = findings
    // The order of the questions, where two are equally near.
    self.missing = missing.enumerated()
      .sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }
      .map(\.element.finding)
    self.nothingFound = nothingFound
  }

  static let questions: [any Question] = [
    PullByCloseness(), AfterCloseness(), ByPerson(), ByHour(), ByWeekday(), SignsOverTime(),
    StepsAgainstFear(), Practices(), Isolation(), MoodLevel(),
  ]
}

/// Something to ask of a journal.
protocol Question: Sendable {
  var id: QuestionID { get }
  func ask(_ facts: JournalFacts) -> Asked
}

enum Asked {
  /// What it would take, and the share of it that is there.
  case missing(needs: String, share: Double)
  case answered(Answer)
}

/// How surprising the journal is if there is nothing to find, and what there is to find.
struct Answer {
  let pValue: Double
  /// What meets that level.
  let findings: (_ level: Double) -> [Finding]
}
