internal import JournalStore
internal import JournalSync

extension Messages {
  enum Erasing {
    static let needsYes =
      "Without a terminal nobody can be asked, so nothing was erased; --yes says that it is meant."

    static func versions(_ count: Int) -> String { "  with all its \(grouped(count)) versions" }

    static func forGood(_ count: Int, hasAccount: Bool) -> String {
      let what = count == 1 ? "This record" : "These \(grouped(count)) records"
      let place =
        hasAccount
        ? "from this machine and the server now, and from each other machine when it syncs"
        : "from this machine"
      return "\(what) will be erased \(place). Nothing brings it back."
    }

    static let question = "Erase? (yes/no) "
    static let nothingErased = "Nothing was erased."
    static let withoutServer =
      "Nothing was erased; do it again when the server can be reached."
    static let stoppedBefore = "Stopped. Nothing was erased."
    static let stopped =
      "Stopped. It may be erased already: then the same command finds nothing any more. `ebb status` "
      + "says who has not confirmed yet."

    static func erased(_ id: String) -> String { "Erased \(id)" }

    static let server = "the server"

    static func waiting(for name: String, _ count: Int, isRevoked: Bool = false) -> String {
      "Not confirmed yet by \(name): \(Messages.count(count, "erase"))."
        + (isRevoked ? " It is revoked, and can't before it logs in again." : "")
    }

    static func unfinished(_ error: StoreError) -> String {
      let reason =
        switch error.code {
        case .busy: "another command is using it"
        case .diskFull: "the disk is full"
        default: "the disk refuses"
        }
      return "It is erased, but its words may still lie in free space of the journal's file, which "
        + "could not be written anew: \(reason). The next command that writes tries again."
    }

    static let unfinishedHere = "not finished: the next command that writes goes on"

    static func unsent(_ failure: SyncFailure) -> String {
      "It is erased here. The server does not know yet: \(failure) The next sync tells it."
    }

    static func mayBeKept(_ files: [String]) -> String {
      "What was erased may still be in \(files.joined(separator: ", ")), which Ebb keeps for you. "
        + "Look whether you need it, and delete it."
    }

    static func keptFile(_ path: String) -> String { "may still be in \(path)" }
  }
}

extension Messages {
  enum Deleting {
    static let needsYes =
      "Without a terminal nobody can be asked, so nothing was deleted; --yes says that it is meant."
    static let inTrash = "What is in the trash is deleted already; `ebb erase ID` is for good."
    static let nothingFound = "Nothing found, so nothing was deleted."
    static let nothingDeleted = "Nothing was deleted."

    static func undelete(_ id: String) -> String { "`ebb undelete \(id)` brings it back." }

    static func question(_ count: Int) -> String {
      "Put \(count == 1 ? "this record" : "these \(grouped(count)) records") into the trash? "
        + "(yes/no) "
    }
  }
}

extension Messages.Help {
  static let erase = """
    All versions, siblings, tags and names of the record go, from the journal's file and the \
    search index too. With an account it needs the server, takes the record from it at once, and \
    from each other machine when that syncs; `ebb status` says which have not confirmed yet. \
    What another machine changed without knowing of it is kept, and told.

    `ebb delete` only puts records into the trash. Ebb can't reach backups and exports you made, \
    nor what your shell remembers of the commands you typed.

    EXAMPLES:
      ebb erase 3f9a1c
      ebb erase 3f9a1c 5d07b2 --yes
    """
}
