extension Messages {
  enum Markdown {
    static let image = "image:"
  }

  enum Records {
    static func notFound(_ prefix: String) -> String {
      "No record has an id that begins with \(Messages.quoted(prefix)). "
        + "`ebb list` shows the ids, `ebb list --trash` those in the trash."
    }

    static func notAnID(_ text: String) -> String {
      "\(Messages.quoted(text)) is not an id: ids are digits and letters a to f, "
        + "as `ebb list` shows them."
    }

    static func ambiguous(_ prefix: String, candidates: [String]) -> String {
      "More than one record begins with “\(prefix)”; add a letter or two:\n"
        + candidates.map { "  " + $0 }.joined(separator: "\n")
    }

    static func more(_ count: Int) -> String { "  and \(grouped(count)) more" }

    static func noVersion(_ version: String, of id: String) -> String {
      "\(id) has no version \(Messages.quoted(version)). "
        + "`ebb history \(id)` lists them."
    }

    static func ambiguousVersion(_ version: String, candidates: [String]) -> String {
      "More than one version begins with “\(version)”; add a digit or two:\n"
        + candidates.map { "  " + $0 }.joined(separator: "\n")
    }

    static func versionErased(_ version: String) -> String {
      "Version \(version) was erased; what it said is gone."
    }

    static func notInTrash(_ id: String) -> String {
      "\(id) is not in the trash. Nothing was changed."
    }

    static func alreadyInTrash(_ id: String) -> String {
      "\(id) is in the trash already. Nothing was changed."
    }

    static let isInTrash = "(in the trash)"

    static func writtenByLater(_ fields: [String]) -> String {
      "(written by a later version of Ebb: \(Messages.list(fields)))"
    }

    static let nothingFound = "Nothing found."
    static let nothingHere = "Nothing here yet."
    static let trashEmpty = "The trash is empty."
    static let noTags = "No tags yet. `ebb write … --tag NAME` gives an entry one."

    static func shown(_ shown: Int, of all: Int) -> String {
      "\(grouped(shown)) of \(grouped(all)) shown; --limit 0 shows all."
    }

    static func notAll(_ shown: Int) -> String {
      "There are more than these \(grouped(shown)); --limit 0 shows all."
    }
  }
}
