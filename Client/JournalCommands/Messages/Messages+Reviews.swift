internal import Insights
internal import JournalModel

extension Messages {
  enum Reviews {
    static let help = """
      What you wrote, felt and dared, some of your own sentences, and one question to take along. \
      The days end today, unless you say which: a week, a month, a year, or the last day. It \
      counts and quotes; for what goes together, see ebb insights.

      EXAMPLES:
        ebb review
        ebb review --month
        ebb review last week
        ebb review 2026-10
        ebb review --year --markdown > year.md
        ebb review --save
      """

    static let oneStretch = "Only one of --week, --month and --year fits."

    static func otherStretch(_ text: String, _ stretch: Stretch) -> String {
      "\(Messages.quoted(text)) is a \(stretch.rawValue): leave out the option that says "
        + "otherwise."
    }

    static let markdownOrJSON = "Either --markdown or --json: one document is printed."
    static let nothingToKeep = "Nothing was written in these days, so there is no review to keep."

    static func title(_ stretch: Stretch, _ days: ClosedRange<CivilDay>) -> String {
      "The \(stretch.rawValue) in review: \(days.lowerBound) to \(days.upperBound)"
    }
    static func nothing(_ stretch: Stretch) -> String {
      "Nothing was written in this \(stretch.rawValue)."
    }

    static func notCome(_ days: ClosedRange<CivilDay>) -> String {
      "The days from \(days.lowerBound) to \(days.upperBound) have not come yet."
    }
    static func isSaved(_ id: String) -> String {
      "This review is saved already, as \(id)."
    }
    static func savedAnew(_ id: String) -> String {
      "It was saved before, as \(id), and is written anew there; `ebb history \(id)` has what it "
        + "said."
    }

    static func quote(_ day: CivilDay, _ text: String) -> String { "\(day): \(text)" }

    static let written = "Written"
    static let felt = "Felt"
    static let dared = "Dared"
    static let people = "People"
    static let inYourWords = "In your words"
    static let toTakeAlong = "A question to take along"
  }
}

// What was written and felt.
extension Messages.Reviews {
  static func entries(_ entries: Int, words: Int, days: Int) -> String {
    "\(Messages.count(entries, "entry", "entries")) with \(Messages.count(words, "word")), "
      + "on \(Messages.count(days, "day"))"
  }
  static func entry(_ day: CivilDay, title: String) -> String { "\(day): \(title)" }

  static func logs(_ count: Int) -> String { Messages.count(count, "mood log") }
  static func score(_ spread: Felt.Spread) -> String { "mood " + range(spread) }
  static func closeness(_ spread: Felt.Spread) -> String { "closeness " + range(spread) }
  static func urge(_ spread: Felt.Spread) -> String { "urge to withdraw " + range(spread) }

  private static func range(_ spread: Felt.Spread) -> String {
    guard spread.count > 1 else { return "\(spread.lowest), once" }
    guard spread.lowest < spread.highest else {
      return "\(spread.lowest), "
        + (spread.count == 2 ? "both times" : "all \(spread.count.grouped) times")
    }
    return "from \(spread.lowest) to \(spread.highest), \(decimal(spread.mean)) on average of "
      + "\(spread.count.grouped) logs"
  }

  /// `day by day ▅▆·▇, from 2026-11-15: 6, 7, –, 8`: the bars only repeat the numbers.
  static func scores(_ grain: Felt.Grain, from first: CivilDay, _ means: [Double?]) -> String {
    let numbers = means.map { $0?.withOneDigit ?? "–" }.joined(separator: ", ")
    let (start, from) =
      switch grain {
      case .day: ("day by day", first.description)
      case .week: ("week by week", first.description)
      case .month: ("month by month", String(first.description.dropLast(3)))
      }
    return "\(start) \(Sparkline.text(means, in: 1...10)), from \(from): \(numbers)"
  }

  static func pulls(_ counts: [Pull: Int]) -> String {
    let parts = Pull.allCases.compactMap { pull in
      counts[pull].map { "\(pull.rawValue) \(times($0))" }
    }
    return "the pull went " + Messages.list(parts)
  }

  static func emotions(_ named: [NamedCount]) -> String { "feelings: " + names(named) }
  static func signs(_ named: [NamedCount]) -> String { "signs: " + names(named) }
  static func named(_ named: [NamedCount]) -> String { names(named) }

  private static func names(_ named: [NamedCount]) -> String {
    named.map { $0.count == 1 ? $0.name : "\($0.name) (\($0.count.grouped))" }
      .joined(separator: ", ")
  }

  private static func times(_ count: Int) -> String {
    count == 1 ? "once" : count == 2 ? "twice" : "\(count.grouped) times"
  }

  private static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

// What was dared, and what to take along.
extension Messages.Reviews {
  static func done(_ step: Step) -> [String] {
    var parts = ["done: \(step.title)"]
    switch (step.fearBefore, step.fearAfter) {
    case (let before?, let after?): parts[0] += " (fear \(before) before, \(after) after)"
    case (let before?, nil): parts[0] += " (fear \(before) before)"
    case (nil, let after?): parts[0] += " (fear \(after) after)"
    case (nil, nil): break
    }
    if let feared = step.fearedOutcome { parts.append("feared: \(feared)") }
    if let actual = step.actualOutcome { parts.append("what happened: \(actual)") }
    return parts
  }
  static func planned(_ step: Step) -> String {
    "planned: \(step.title)" + (step.due.map { ", by \($0.day)" } ?? "")
  }
  static func skipped(_ count: Int) -> String {
    "\(Messages.count(count, "step")) left for another time"
  }

  static func question(_ question: QuestionToTake) -> String {
    switch question {
    case .meant(let said, let meant):
      "You said “\(said)” and meant “\(meant)”. Who could hear the second sentence?"
    case .stepWithLessFear(let title):
      "“\(title)”: what do you know now that you did not know before it?"
    case .closeAndAway:
      "It felt close, and something in you stepped back. What was it looking after?"
    case .planned(let title): "“\(title)”: what would make it a little smaller?"
    case .person(let name): "What would you like \(name) to know that you have not said yet?"
    case .anything: "Who crossed your mind in these days?"
    }
  }
}
