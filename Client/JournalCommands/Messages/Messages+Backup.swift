extension Messages {
  enum Backup {
    static let aFolder = "a folder to put backups into"

    static func badKeep(_ text: String) -> String {
      "--keep wants a whole number from 1, not \(Messages.quoted(text))."
    }

    static func unknownSchedule(_ text: String) -> String {
      "--every is day, week, month or never, not \(Messages.quoted(text))."
    }

    static let interrupted = "Stopped. Nothing was copied."

    static func keepNeedsFolder(_ path: String) -> String {
      "--keep is for a folder of backups, and there is no folder \(cutPath(path)). Make it first; "
        + "nothing was copied."
    }

    static func noFolder(_ path: String) -> String {
      "There is no folder \(cutPath(path)). Make it first; nothing was set."
    }

    static func isThere(_ path: String) -> String {
      "There is a backup of today already: \(path)"
    }

    static func notRemoved(_ path: String, reason: String) -> String {
      "The backup was made, but the old \(path) could not be removed: \(reason)."
    }

    static func scheduled(_ every: String, _ folder: String) -> String {
      "Every \(every), a backup will be put into \(folder)."
    }

    static let stopped = "No backups are made by themselves any more. Those made stay."
    static let wasNotScheduled = "No backups were made by themselves."
  }
}
