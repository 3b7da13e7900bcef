internal import JournalModel
internal import JournalStore

extension Messages {
  enum OnThisDay {
    static func title(_ day: CivilDay, yearsBefore years: Int) -> String {
      let distance =
        switch years {
        case 0: ""
        case 1...: ", \(Messages.count(years, "year")) before"
        default: ", \(Messages.count(-years, "year")) after"
        }
      return DateText.long(day) + distance
    }

    static func nothing(_ day: CivilDay) -> String {
      "Nothing on any other \(day.day) \(DateText.month(day))."
    }

    static func notADay(_ text: String) -> String {
      "This wants one day, such as 2026-11-21, yesterday or nov 3, not \(Messages.quoted(text))."
    }
  }

  enum Calendar {
    static let weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]

    static func neitherMonthNorYear(_ text: String) -> String {
      "This wants a month or a year, such as 2026-11, last month or 2026, not \(Messages.quoted(text))."
    }

    /// `2 entries, 1 mood log, 512 words, mood 6.5`
    static func day(_ tally: DayTally) -> String {
      let score = tally.score.map { ["mood " + $0.withOneDigit] } ?? []
      return (counts(tally.countsByKind) + words(tally.words) + score).joined(separator: ", ")
    }

    static func month(_ tallies: [DayTally]) -> String {
      ([Messages.count(tallies.count, "day")] + words(tallies.reduce(0) { $0 + $1.words }))
        .joined(separator: ", ")
    }

    static func total(_ tallies: [DayTally]) -> String {
      guard !tallies.isEmpty else { return "Nothing here." }
      var counts: [RecordKind: Int] = [:]
      for tally in tallies { counts.merge(tally.countsByKind, uniquingKeysWith: +) }
      let parts = Messages.counts(counts) + words(tallies.reduce(0) { $0 + $1.words })
      return "\(Messages.count(tallies.count, "day")): " + parts.joined(separator: ", ") + "."
    }

    static func legend(signs: [String], wordsMax: [Int]) -> String {
      var parts = ["\(signs[0]) nothing"]
      for (index, end) in wordsMax.enumerated() {
        let sign = signs[index + 1]
        if index == 0 {
          parts.append(end == 0 ? "\(sign) no words" : "\(sign) up to \(grouped(end))")
        } else if end > wordsMax[index - 1] {
          parts.append("\(sign) \(grouped(end))")
        }
      }
      return parts.joined(separator: ", ") + (wordsMax.last == 1 ? " word" : " words")
    }

    static let moodLegend = "Numbers are a day's mean mood, 1 to 10; · is none."
    static let moodLegendShort = "Numbers are a day's mean mood, X is 10; · is none."

    private static func words(_ count: Int) -> [String] {
      count > 0 ? [Messages.count(count, "word")] : []
    }
  }

  enum Stats {
    static func name(of kind: RecordKind) -> String {
      switch kind {
      case .entry: "Entries"
      case .mood: "Mood logs"
      default: "Steps"
      }
    }

    static func shortName(of kind: RecordKind) -> String {
      switch kind {
      case .entry: "entries"
      case .mood: "moods"
      default: "steps"
      }
    }

    static let words = "Words"
    static let days = "Days"
    static let longestRun = "Longest run"
    static let presentRun = "Present run"

    static func span(_ days: ClosedRange<CivilDay>) -> String {
      "of \(grouped(days.length)), \(days.lowerBound) to \(days.upperBound)"
    }

    static func inARow(_ days: ClosedRange<CivilDay>) -> String {
      days.length == 1
        ? "day, \(days.lowerBound)"
        : "days in a row, \(days.lowerBound) to \(days.upperBound)"
    }
  }
}

extension Messages.Help {
  static let today = """
    What you wrote today and before, how the week felt, what is in conflict and what is not synced \
    yet.

    EXAMPLES:
      ebb
      ebb today
      ebb today --json
    """

  static let onThisDay = """
    Days are those written in the records, as lived. The 29th of February is only in leap years.

    EXAMPLES:
      ebb on-this-day
      ebb on-this-day nov 3
      ebb on-this-day yesterday --json
    """

  static let random = """
    Every entry is as likely as another. The query is that of `ebb search`; kind:mood finds mood \
    logs.

    EXAMPLES:
      ebb random
      ebb random person:Sam before:2020
      ebb random is:starred --json
    """

  static let calendar = """
    A sign for each day, darker where you wrote more; with --mood the mean score. --table says the \
    same in words, a line a day, for screen readers and scripts.

    EXAMPLES:
      ebb calendar
      ebb calendar 2026
      ebb calendar last month --mood
      ebb calendar 2026-11 --table
    """

  static let stats = """
    Words are those of all prose; in scripts without spaces between words, characters. Days are \
    those with an entry or a mood log, as lived. The query is that of `ebb search`.

    EXAMPLES:
      ebb stats
      ebb stats journal:work after:2024
      ebb stats --json
    """

  static let journals = """
    `ebb write --journal NAME` writes into one, `ebb list --journal NAME` shows one.

    EXAMPLES:
      ebb journals
      ebb journals --json
    """
}
