internal import JournalModel

extension Messages {
  /// What a check-in says.
  enum CheckIn {
    static let needsTerminal =
      "`ebb check-in` asks its questions on a terminal, and this is none. "
      + "`ebb mood --help` shows how to log the same in one line."

    static let introduction = "Enter skips, < goes back, ? explains, - clears, . ends."
    static let isFirst = "This is the first question."
    static let noName = "That is no name; Enter skips."
    static let unreadable = "That is not valid UTF-8; please type it again."
    static func present(_ answer: String) -> String { "  so far: \(answer) (Enter keeps it)" }

    static let veryLow = "very low"
    static let veryGood = "very good"
    static let noEnergy = "drained"
    static let fullEnergy = "full of it"
    static let farAway = "far away"
    static let veryNear = "very near"
    static let noUrge = "none"
    static let strongUrge = "as strong as can be"
    static let ownWords = "your own"

    static func notOnScale(_ range: ClosedRange<Int>) -> String {
      "A whole number from \(range.lowerBound) to \(range.upperBound), or Enter to skip."
    }

    static func notAChoice(_ words: [String]) -> String {
      "A number from 1 to \(words.count), or one of \(Messages.list(words, "or")); Enter skips."
    }

    static let keep = "\nKeep what you answered? [Y/n] "
    static let nothingNoted = "Nothing noted. That is fine too."
    static let keptUnasked = "The terminal went away; what was answered is kept."
    static let nothingKept = "Nothing was kept."
    static let keptAsEntry =
      "Kept as an entry: a mood log needs one of mood, closeness, pull and urge."

    static func offer(_ practices: [Practice]) -> String {
      let names = zip(1..., practices).map { "\($0) \($1.id)" }.joined(separator: ", ")
      return "The urge is strong just now. If you like, a short practice: \(names). "
        + "A number begins one, Enter leaves it."
    }

    static func followUp(_ title: String) -> String { "Some days ago you dared: \(title)" }
    static let followUpQuestion = "What really happened? (Enter leaves it open for good)"

    static func title(_ question: CheckInQuestion) -> String {
      switch question {
      case .score: "Mood"
      case .energy: "Energy"
      case .emotions: "Feelings"
      case .closeness: "Closeness"
      case .pull: "Pull"
      case .urge: "Urge"
      case .people: "People"
      case .signs: "Signs"
      case .trigger: "Trigger"
      case .said: "Said"
      case .meant: "Meant"
      case .fear: "Fear"
      case .action: "What you did"
      case .note: "Note"
      }
    }

    /// As the field is named in `ebb show`.
    static func name(_ question: CheckInQuestion) -> String { "\(question)" }

    static func question(_ question: CheckInQuestion) -> String {
      switch question {
      case .score: "How is it with you just now?"
      case .energy: "How much energy do you have?"
      case .emotions: "Which words fit what you feel? These, or your own."
      case .closeness: "How close does it feel, between you and somebody?"
      case .pull: "Which way does the pull go?"
      case .urge: "How strong is the urge to withdraw?"
      case .people: "Whom is it about? Several with commas between them."
      case .signs: "Do you notice any of these? Several are fine."
      case .trigger: "What set it off?"
      case .said: "Did you say something that was not quite it? What did you say?"
      case .meant: "And what did you mean?"
      case .fear: "What are you afraid could happen?"
      case .action: "What did you do then?"
      case .note: "Anything else?"
      }
    }

    static func explanation(_ question: CheckInQuestion) -> String {
      switch question {
      case .score:
        "Your mood as a whole, from 1 to 10. Nobody compares it with anybody else’s."
      case .energy: "How much strength there is, whether the mood is good or not."
      case .emotions:
        "Two or three words are plenty, with spaces between them; or phrases, with commas. Some of "
          + "your own are offered the next time."
      case .closeness:
        "How near somebody feels, whether you like it just now or not: 0 is far away, 10 as near "
          + "as can be."
      case .pull:
        "Toward: you want to be nearer. Away: you want more distance. Torn: both at once."
      case .urge:
        "How much you want to pull back, to be by yourself, to leave the conversation: 0 is not at "
          + "all. Feeling it decides nothing."
      case .people: "The name you use for them in your journal. It stays in your journal."
      case .signs:
        "Seven ways in which stepping back can show. Noticing one says nothing about who you are."
      case .trigger: "A word, a look, a thought: what came just before."
      case .said: "Such as “I need space”, when something else was wished for."
      case .meant: "Such as “stay a little”. It can be said now, here, where nobody minds."
      case .fear: "What could happen if you let somebody near, or let them go."
      case .action: "Stayed, went, wrote, kept quiet: only what it was."
      case .note: "Whatever else belongs to it. It is a line; `ebb edit` can make it longer."
      }
    }

    /// What a choice means.
    static func meaning(_ word: String, _ question: CheckInQuestion) -> String {
      if question == .pull {
        switch Pull(rawValue: word) {
        case .toward: return "nearer"
        case .away: return "more distance"
        case .torn: return "both at once"
        case nil: return ""
        }
      }
      return Sign(rawValue: word)?.inWords ?? ""
    }
  }
}

extension Messages.Help {
  static let checkIn = """
    One question at a time, under a minute. Enter skips a question, < goes back to the one before, \
    ? explains, - takes an answer away, . ends. What is answered becomes a mood log; Ctrl-C asks \
    whether to keep it.

    EXAMPLES:
      ebb check-in
    """
}
