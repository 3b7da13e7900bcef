internal import JournalModel

extension Messages {
  enum People {
    static let nobody =
      "Nobody yet. `ebb write … --person NAME`, or @NAME in a text, brings somebody in."
    static let aName = "somebody's name"
    static let closeness = "closeness"
    static let pull = "pull"
    static let latest = "Written last"

    static func written(_ person: PersonFacts, today: CivilDay) -> String {
      let records = Messages.count(person.records, "record")
      guard let last = person.last else { return records }
      return "\(records), last \(last), \(ago(today.daysSinceEpoch - last.daysSinceEpoch))"
    }

    private static func ago(_ days: Int) -> String {
      days < 2 ? ["today", "yesterday"][max(days, 0)] : "\(Messages.grouped(days)) days ago"
    }

    /// The words beside the drawing: of twelve weeks, the oldest first.
    static func closeness(_ together: WeeksTogether) -> String {
      let values = together.closeness
      guard let low = values.min(), let high = values.max(), let last = values.last else {
        return ""
      }
      let range = low == high ? "\(low)" : "\(low) to \(high)"
      return "\(range) of 10 in \(Messages.count(values.count, "log")), lately \(last)"
    }

    static func pulls(_ together: WeeksTogether) -> String { pulls(together.count) }

    private static func pulls(_ count: (Pull) -> Int) -> String {
      Messages.list(
        Pull.allCases.compactMap { pull in
          let count = count(pull)
          return count > 0 ? "\(count) \(pull.rawValue)" : nil
        })
    }

    static let weeks = "Week by week"

    /// A week in words; `nil` for one in which nothing was logged.
    static func week(_ week: WeeksTogether.Week) -> String? {
      let closeness = week.meanCloseness.map { "closeness \($0.withOneDigit)" }
      let pulls = week.pulls.isEmpty ? nil : pulls { pull in week.pulls.count { $0 == pull } }
      let parts = [closeness, pulls].compactMap(\.self)
      return parts.isEmpty ? nil : "week of \(week.monday)  " + parts.joined(separator: ", ")
    }

    static func openSteps(_ count: Int) -> String { "\(Messages.count(count, "step")) planned" }

    static func unknown(_ name: String, nearest: String?) -> String {
      let hint = nearest.map { "Did you mean \(Visible.line($0))?" } ?? "`ebb people` lists them."
      return "Nobody in your journal is called \(Messages.quoted(name)). \(hint)"
    }
  }

  enum Renaming {
    static let twoNames = "the name as it is and the name as it is to be"
    static let same = "Both names are the same. Nothing was changed."
    static let unchanged = "Nothing was changed."

    static func unknown(_ name: String, _ family: RegisterName.Family) -> String {
      let list = family == .tag ? "tags" : "people"
      return "No record has the \(family.rawValue) \(Messages.quoted(name)). "
        + "`ebb \(list)` lists them."
    }

    static func merge(_ old: String, _ new: String, _ count: Int) -> String {
      "\(shown(new)) is there already, in \(Messages.count(count, "record")). Make \(shown(old)) "
        + "and \(shown(new)) one? [y/N] "
    }

    static func mergeNeedsYes(_ new: String, _ count: Int) -> String {
      "\(shown(new)) is there already, in \(Messages.count(count, "record")). --yes makes both one."
    }

    static func renamed(_ old: String, _ new: String, _ count: Int) -> String {
      "\(shown(old)) is \(shown(new)) now, in \(Messages.count(count, "record"))."
    }

    static func back(_ command: String, _ new: String, _ old: String) -> String {
      "`ebb \(command) \(shellWord(new)) \(shellWord(old))` turns it back."
    }

    static func withoutSign(_ new: String) -> String {
      "Behind its sign \(shown(new)) can't stand in a text: there it stands without one now. "
        + "`ebb revert ID VERSION` takes that back for one record, as `ebb history` shows it."
    }

    static let merged =
      "Both are one now. `ebb revert ID VERSION` takes that back for one record, as `ebb history` "
      + "shows it."

    private static func shown(_ name: String) -> String {
      Visible.line(Messages.cut(name))
    }
  }
}

extension Messages.Help {
  static let people = """
    Everybody named with --person or @NAME: when something about them was last written, and, over \
    the last twelve weeks, how close it felt and which way the pull went, a week a sign: → toward, \
    ← away, ↔ torn, · nothing logged. With a name, a page about them: each week in words, planned \
    steps, the ladder, what was written last.

    EXAMPLES:
      ebb people
      ebb people Sam
      ebb people Sam --json
      ebb people rename Sam Samuel
    """

  static let tagsRename = """
    In all records, and where #OLD stands in a text; the trash is left as it is, and so are saved \
    searches. If NEW is a tag already, it asks whether both are to be one.

    EXAMPLES:
      ebb tags rename rivr river
      ebb tags rename brook river --yes
    """

  static let peopleRename = """
    In all records, and where @OLD stands in a text; the trash is left as it is. If NEW is somebody \
    already, it asks whether both are to be one.

    EXAMPLES:
      ebb people rename Sam Samuel
      ebb people rename Sammy Sam --yes
    """
}
