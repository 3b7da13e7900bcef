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
    /// Words with spaces between them, or phrases with commas.
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
