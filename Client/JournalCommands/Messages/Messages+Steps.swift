internal import JournalModel

extension Messages {
  /// Of planning, daring and setting aside: never a reproach.
  enum Steps {
    static let planned = "Planned"
    static let done = "Done"
    static let setAside = "Set aside"
    static let skipped = "That is fine. It can be planned anew whenever you like."
    static let plannedTitle = "Planned"
    static let pastTitle = "Behind you"
    static let nearTitle = "Steps you planned"
    static let noSteps =
      "No steps yet. `ebb step plan \"Tell Sam about the interview\" --rung 3 --by friday` plans one."

    static func unknown(_ word: String) -> String {
      "`ebb step` knows plan, list, done and skip, not \(Messages.quoted(word)). "
        + "To plan one: `ebb step plan TITLE`."
    }

    static func isNone(_ id: String) -> String { "\(id) is no step. Nothing was changed." }

    static func isDone(_ id: String) -> String {
      "\(id) is done already, so there is nothing to set aside. `ebb edit \(id) --clear doneAt` "
        + "takes that back."
    }

    // What is asked after a step.
    static func feared(_ fear: String) -> String { "You were afraid: \(fear)" }
    static let whatHappened = "What really happened? (Enter skips)"
    static func fearWas(_ fear: Int) -> String { "Before, the fear was \(fear) of 10." }
    static let fearNow =
      "How afraid are you of it now, 0 (not at all) to 10 (as much as can be)? (Enter skips)"
    static let doneIsKept = "Ended here. That it is done is kept, and what you answered."

    static func fearedAndWas(_ feared: String, _ happened: String) -> String {
      "You feared: \(feared)  /  It was: \(happened)"
    }

    static let followUpTitle = "Some days ago you dared"
    static func followUp(_ id: String) -> String {
      "What really happened? `ebb step done \(id) --outcome \"…\"` keeps it."
    }

    // The ladder.
    static let nobodyNamed = "with nobody named"

    static let ladderIntroduction =
      "The ladder has five rungs, each a little more open than the one below. No steps stand on it "
      + "yet; --rung N gives a step its rung."

    static func highest(_ rung: Rung?) -> String {
      rung.map { "The highest rung you have stood on: \($0.rawValue), \($0.name)." }
        ?? "No rung yet, and no hurry."
    }

    static func counts(_ rung: Ladder.RungStanding) -> String {
      var parts: [String] = []
      if rung.done > 0 { parts.append("\(rung.done) done") }
      if rung.planned > 0 { parts.append("\(rung.planned) planned") }
      if rung.skipped > 0 { parts.append("\(rung.skipped) set aside") }
      return parts.isEmpty ? "–" : parts.joined(separator: ", ")
    }
  }
}

extension Messages.Help {
  static let stepPlan = """
    A step is one small act of openness, as small as you like. The ladder has five rungs: \
    1 a small preference or opinion, 2 a minor worry, 3 that you don't know, 4 a memory that \
    matters, 5 a deep feeling or fear. What you fear and how much can be kept beside it, to \
    compare with what really happens.

    EXAMPLES:
      ebb step plan Tell Sam which film I would rather see --rung 1 --person Sam
      ebb step plan "Tell Sam about the interview" --rung 3 --person Sam \\
          --by friday --fear "he will think less of me" --fear-before 7
    """

  static let stepList = """
    `ebb step` alone does the same. --ladder shows each person's rungs: what is done, planned, \
    set aside.

    EXAMPLES:
      ebb step list
      ebb step list --person Sam
      ebb step list --ladder
      ebb step list --json
    """

  static let stepDone = """
    On a terminal it asks for what you leave out; Enter skips. Some days later `ebb` asks once \
    what really happened, if you have not said.

    EXAMPLES:
      ebb step done 3f9a1c
      ebb step done 3f9a1c --outcome "he hugged me" --fear-after 2
      ebb step done 3f9a1c --date "yesterday 9pm"
    """

  static let stepSkip = """
    It stays in your journal, and can be done or planned anew whenever you like.

    EXAMPLES:
      ebb step skip 3f9a1c
    """
}
