internal import JournalModel

extension Messages {
  enum Today {
    static func draftsOfEntries(_ count: Int) -> String {
      count == 1
        ? "An entry you began is kept as a draft: `ebb write --draft` goes on with it."
        : "\(grouped(count)) entries you began are kept as drafts: `ebb write --draft` goes on with "
          + "the latest."
    }

    static func draftsOfChanges(_ count: Int, folder: String) -> String {
      count == 1
        ? "A change you began in the editor is kept in \(folder): take what you want of it (`ebb edit "
          + "ID`), and remove the file."
        : "\(grouped(count)) changes you began in the editor are kept in \(folder): take what you "
          + "want of them (`ebb edit ID`), and remove the files."
    }

    static func counts(_ recordsByKind: [RecordKind: Int]) -> String {
      var parts = [
        Messages.count(recordsByKind[.entry] ?? 0, "entry", "entries"),
        Messages.count(recordsByKind[.mood] ?? 0, "mood log"),
      ]
      if let steps = recordsByKind[.step], steps > 0 { parts.append(Messages.count(steps, "step")) }
      return parts.joined(separator: ", ")
    }

    static let welcome = """
      Your journal is empty, and waiting.

        ebb write Went home by the river.     writes an entry
        ebb mood 6 calm --closeness 7         logs a mood
        ebb list                              shows what you wrote
        ebb --help                            shows everything else

      It lives on this machine alone. `ebb register --help` tells how to sync it.
      """

    static let lately = "Before today:"
    static let moodOfTheWeek = "Mood, seven days"

    static func score(_ score: Double, on day: CivilDay) -> String {
      "\(DateText.weekday(day).prefix(3)) \(score.withOneDigit)"
    }

    static let nothingYet = "Nothing yet today."
    static func unsynced(_ count: Int) -> String {
      "\(Messages.count(count, "change")) not synced yet"
    }
    static func conflicts(_ count: Int) -> String {
      "\(Messages.count(count, "conflict")) to look at"
    }
    static func lastSync(_ when: String) -> String { "last sync \(when)" }
  }
}
