/// Which question to put today: one that fits the last days, by a rule that can be read.
///
/// The first line that holds says what the question is about; where its questions are used up, the
/// next line that holds.
///
/// | in the last days | about |
/// |---|---|
/// | a step done, or due soon (3 days either way) | `ladder` |
/// | an urge to withdraw of 7 or more (3 days) | `noticing` |
/// | signs (7 days) | the sign logged most often, of two the first in `Sign` |
/// | `sorry` or `ashamed` among the feelings (7 days) | `repair` |
/// | something said that meant something else (7 days) | `couple` |
/// | more pulls away or torn than toward (7 days) | `origins` |
/// | closeness of 7 or more (7 days) | `gratitude` |
/// | anything | `everyday`, then all the rest |
///
/// Of the questions about that, those answered in the last 30 days are left out, and of the others
/// the day decides: the list is walked through, one a day. So the same day asks the same until it is
/// answered.
package struct PromptChoice: Hashable, Sendable {
  package let today: CivilDay
  /// Of the last days; older ones are not looked at.
  package var moods: [MoodLog] = []
  package var steps: [Step] = []
  /// When each prompt was last answered.
  package var lastAnswered: [String: CivilDay] = [:]

  package init(today: CivilDay) {
    self.today = today
  }

  /// The days for which a question is not put again.
  package static let restDays = 30

  /// What the question is to be about, the best fit first; a sign by its id.
  package var subjects: [String] {
    let week = moods.filter { isRecent($0.date.day, days: 7) }
    let lately = week.filter { isRecent($0.date.day, days: 3) }
    var subjects: [Subject] = []
    if steps.contains(where: isOfTheseDays) { subjects.append(.theme(.ladder)) }
    if lately.contains(where: { $0.urge ?? 0 >= 7 }) { subjects.append(.theme(.noticing)) }
    if let sign = Self.mostFrequentSign(week) { subjects.append(.sign(sign)) }
    if week.contains(where: { !Self.regret.isDisjoint(with: $0.emotions) }) {
      subjects.append(.theme(.repair))
    }
    if week.contains(where: { $0.said != nil && $0.meant != nil }) {
      subjects.append(.theme(.couple))
    }
    let pulls = week.compactMap(\.pull)
    if pulls.count(where: { $0 != .toward }) > pulls.count(where: { $0 == .toward }) {
      subjects.append(.theme(.origins))
    }
    if week.contains(where: { $0.closeness ?? 0 >= 7 }) { subjects.append(.theme(.gratitude)) }
    return (subjects + [.theme(.everyday)]).map(\.tag)
  }

  /// `nil` when every question was answered in the last 30 days.
  package func pick(from prompts: [Prompt]) -> Prompt? {
    let fresh = prompts.filter { prompt in
      lastAnswered[prompt.id].map { !isRecent($0, days: Self.restDays) } ?? true
    }
    for subject in subjects {
      if let prompt = ofTheDay(fresh.filter { $0.tags.contains(subject) }) { return prompt }
    }
    return ofTheDay(fresh)
  }

  private enum Subject {
    case theme(Prompt.Theme)
    case sign(Sign)

    var tag: String {
      switch self {
      case .theme(let theme): theme.rawValue
      case .sign(let sign): sign.rawValue
      }
    }
  }

  private static let regret: Set<String> = ["sorry", "ashamed"]

  private func ofTheDay(_ prompts: [Prompt]) -> Prompt? {
    prompts.isEmpty ? nil : prompts[today.place(among: prompts.count)]
  }

  private func isRecent(_ day: CivilDay, days: Int) -> Bool {
    day > today.adding(days: -days) && day <= today
  }

  private func isOfTheseDays(_ step: Step) -> Bool {
    let days = today.adding(days: -3)...today.adding(days: 3)
    switch step.standing {
    case .done: return step.doneAt.map { days.contains($0.day) } ?? false
    case .planned: return step.due.map { days.contains($0.day) } ?? false
    case .skipped: return false
    }
  }

  private static func mostFrequentSign(_ logs: [MoodLog]) -> Sign? {
    var counts: [Sign: Int] = [:]
    for sign in logs.flatMap(\.signs).compactMap(Sign.init) { counts[sign, default: 0] += 1 }
    guard let most = counts.values.max() else { return nil }
    return Sign.allCases.first { counts[$0] == most }
  }
}
