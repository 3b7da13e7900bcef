internal import JournalModel

/// Paces breathing: a bar that grows and shrinks, with the words beside it; where nothing can be
/// drawn anew, a line for each phase.
struct BreathingPacer {
  let dialogue: Dialogue
  let rhythm: BreathingRhythm
  let isAnimated: Bool

  /// Ends after the last round, or at any key.
  func run() {
    dialogue.takingKeys {
      for round in 1...rhythm.rounds {
        for (phase, seconds) in rhythm.phases where !pace(phase, seconds, round) {
          return dialogue.show("\n")
        }
      }
      dialogue.show("\n")
    }
  }

  /// Whether it was not stopped.
  private func pace(_ phase: BreathingRhythm.Phase, _ seconds: Int, _ round: Int) -> Bool {
    guard isAnimated else {
      dialogue.say(Messages.Practices.breathe(phase, seconds: seconds, round, of: rhythm.rounds))
      return !dialogue.isStopped(afterMilliseconds: seconds * 1000)
    }
    for second in 1...seconds {
      dialogue.show(
        "\r" + Self.line(phase, second, of: seconds, round: round, rounds: rhythm.rounds))
      if dialogue.isStopped(afterMilliseconds: 1000) { return false }
    }
    return true
  }

  private static let barWidth = 20
  /// Of the line; where it does not fit, it cannot be drawn over itself.
  static let columns = 54

  /// `breathe in   ●●●●●○○○○○  2   round 1 of 6`, always as wide.
  static func line(
    _ phase: BreathingRhythm.Phase, _ second: Int, of seconds: Int, round: Int, rounds: Int
  ) -> String {
    let share = barWidth * second / seconds
    let full =
      switch phase {
      case .breatheIn: share
      case .hold: barWidth
      case .breatheOut: barWidth - share
      }
    let bar = String(repeating: "●", count: full) + String(repeating: "○", count: barWidth - full)
    return DisplayWidth.padded(Messages.Practices.name(of: phase), to: 12) + bar + "  "
      + DisplayWidth.padded("\(second)", to: 4)
      + DisplayWidth.padded(Messages.Practices.round(round, of: rounds), to: 16)
  }
}
