internal import JournalModel

/// What was answered so far.
struct CheckInAnswers: Equatable {
  var numbers: [CheckInQuestion: Int] = [:]
  var pull: Pull?
  /// Emotions, people, signs.
  var names: [CheckInQuestion: [String]] = [:]
  var texts: [CheckInQuestion: String] = [:]

  var isEmpty: Bool { numbers.isEmpty && pull == nil && names.isEmpty && texts.isEmpty }

  /// A mood log needs one of these.
  var hasMeasure: Bool {
    pull != nil || [.score, .closeness, .urge].contains { numbers[$0] != nil }
  }

  /// An answer as one line; `nil` for a question that has none.
  func shown(_ question: CheckInQuestion) -> String? {
    switch question.form {
    case .scale: numbers[question].map { "\($0)" }
    case .choice: pull?.rawValue
    case .choices, .words, .names: names[question].map { $0.joined(separator: ", ") }
    case .text: texts[question]
    }
  }

  mutating func clear(_ question: CheckInQuestion) {
    numbers[question] = nil
    names[question] = nil
    texts[question] = nil
    if question == .pull { pull = nil }
  }

  func moodDraft(date: JournalDate) -> MoodDraft {
    var draft = MoodDraft(date: date)
    draft.score = numbers[.score]
    draft.energy = numbers[.energy]
    draft.closeness = numbers[.closeness]
    draft.urge = numbers[.urge]
    draft.pull = pull
    draft.emotions = names[.emotions] ?? []
    draft.people = names[.people] ?? []
    draft.signs = names[.signs] ?? []
    draft.trigger = texts[.trigger]
    draft.said = texts[.said]
    draft.meant = texts[.meant]
    draft.fear = texts[.fear]
    draft.action = texts[.action]
    draft.note = texts[.note]
    return draft
  }

  /// The answers as an entry, for those that no mood log can hold, having no measure.
  func entryDraft(date: JournalDate) -> EntryDraft {
    let lines = CheckInQuestion.allCases.compactMap { question in
      shown(question).map { "\(Messages.CheckIn.name(question)): \($0)" }
    }
    var draft = EntryDraft(date: date, text: lines.joined(separator: "\n"))
    draft.people = names[.people] ?? []
    return draft
  }
}
