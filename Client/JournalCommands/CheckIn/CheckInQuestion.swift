internal import JournalModel

/// One question of a check-in, in the order they are asked.
enum CheckInQuestion: Int, CaseIterable, Sendable {
  case score, energy, emotions, closeness, pull, urge, people
  // Only when the pull went away, or the urge was there.
  case signs, trigger, said, meant, fear, action
  case note

  /// How an answer is given.
  enum Form: Equatable {
    /// A whole number; what its ends are called.
    case scale(ClosedRange<Int>, low: String, high: String)
    /// One of some words, by number or by its beginning.
    case choice([String])
    /// Several of some ids, by number or by their beginning.
    case choices([String])
    /// Words with spaces or commas between them.
    case words
    /// Names with commas between them.
    case names
    case text
  }

  var form: Form {
    switch self {
    case .score: .scale(1...10, low: Messages.CheckIn.veryLow, high: Messages.CheckIn.veryGood)
    case .energy: .scale(1...10, low: Messages.CheckIn.noEnergy, high: Messages.CheckIn.fullEnergy)
    case .closeness: .scale(0...10, low: Messages.CheckIn.farAway, high: Messages.CheckIn.veryNear)
    case .urge: .scale(0...10, low: Messages.CheckIn.noUrge, high: Messages.CheckIn.strongUrge)
    case .emotions: .words
    case .pull: .choice(Pull.allCases.map(\.rawValue))
    case .people: .names
    case .signs: .choices(Sign.allCases.map(\.rawValue))
    case .trigger, .said, .meant, .fear, .action, .note: .text
    }
  }
}

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
