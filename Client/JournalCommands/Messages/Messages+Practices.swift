internal import JournalModel

extension Messages {
  enum Practices {
    static let steadying = "To steady yourself"
    static let writing = "To write, with questions"

    /// What Ebb is not, and where help is.
    static let care =
      "Ebb is a notebook, not therapy. Where it is too much to carry alone, a therapist can help "
      + "where a notebook can't. If you or somebody else is in danger, call your local emergency "
      + "number or a crisis line."

    static let switchedOff =
      "This is switched off in your configuration: `ebb config set practice.enabled true` brings it "
      + "back."

    static let before = "First, if you like, how it is now; Enter skips."
    static let after = "And now?"
    static let score = "Mood, 1 (very low) to 10 (very good)"
    static let saysWhereHelpIs = "`ebb practice` says where help is, too."
    static let urge = "Urge to withdraw, 0 (none) to 10 (as strong as can be)"
    static let ownPace = "Take your time; Enter goes on, Ctrl-C ends."
    static let anyKey = "Any key ends it."
    static let emptyLine =
      "As many lines as you like; an empty line goes on, e on a line alone opens your editor."
    static let noEditor = "Set EDITOR to your editor to write in it; here, just go on typing."
    static let keepWords = "\nKeep what you wrote? [Y/n] "
    static let stopped = "Ended here. Nothing was kept."
    static let wordsKept = "Ended here. What you wrote is kept."
    static let nothingToKeep = "Nothing to keep, but for what it was to you."

    static func unknown(_ name: String, nearest: String?) -> String {
      let hint = nearest.map { "Did you mean \($0)?" } ?? "`ebb practice` lists them."
      return "There is no practice \(Messages.quoted(name)). \(hint)"
    }

    static func unknownTechnique(_ name: String, nearest: String?) -> String {
      "--technique names a practice, and \(Messages.quoted(name)) is none"
        + (nearest.map { "; did you mean \($0)?" }
          ?? ": they are \(list(Practice.all.map(\.id))).")
        + " What else you did is for --action."
    }

    static func outOfRange(_ option: String, _ range: ClosedRange<Int>) -> String {
      "\(option) goes from \(range.lowerBound) to \(range.upperBound)."
    }

    static func name(of phase: BreathingRhythm.Phase) -> String {
      switch phase {
      case .breatheIn: "breathe in"
      case .hold: "hold"
      case .breatheOut: "breathe out"
      }
    }

    static func round(_ round: Int, of rounds: Int) -> String { "round \(round) of \(rounds)" }

    static func breathe(
      _ phase: BreathingRhythm.Phase, seconds: Int, _ round: Int, of rounds: Int
    ) -> String {
      "\(name(of: phase)), \(Messages.count(seconds, "second")) (\(self.round(round, of: rounds)))"
    }

    static func inWords(_ rhythm: BreathingRhythm) -> String {
      let phases = rhythm.phases.map { phase, seconds in
        "\(name(of: phase)) for \(Messages.count(seconds, "second"))"
      }
      let text = phases.joined(separator: ", then ")
      return text.prefix(1).uppercased() + text.dropFirst() + "; "
        + "\(Messages.count(rhythm.rounds, "time"))."
    }
  }
}

extension Messages.Help {
  static let practice = """
    Without a name it lists them. On a terminal it leads you through; a rating before and after is \
    up to you, and is kept as a mood log with the practice as its technique. What you write becomes \
    an entry; e on a line alone opens your editor for an answer. Elsewhere it prints what to do.

    --in, --hold, --out and --rounds set the rhythm of breathing, which any key ends.

    EXAMPLES:
      ebb practice
      ebb practice grounding
      ebb practice breathing --in 4 --hold 2 --out 6 --rounds 10
      ebb practice repair --person Sam
    """
}
