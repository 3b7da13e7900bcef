internal import JournalStore
internal import JournalSync
internal import OperationLog

extension Messages.Help {
  static let verify = """
    Reads every page of the journal, checks every change against its digest, makes the journal \
    anew from them beside it, and compares; then compares with the server. Changes nothing. \
    Ends with 65 if something is not right, with 69 or 77 if only the server could not be asked.

    --rehearse restores the journal from the server into a folder of its own, by the passphrase \
    as on a new machine, compares, and removes it again.

    EXAMPLES:
      ebb verify
      ebb verify --rehearse
      ebb verify --json
    """

  static let doctor = """
    Makes a whole journal of everything that can still be read, fetches the rest from the \
    server, and puts it in place. Nothing is destroyed: the damaged file stays beside it. It \
    reads all that the server has; where that is another version of something, both are kept.

    EXAMPLES:
      ebb doctor
    """
}

extension Messages {
  enum Verify {
    static func read(_ verification: Verification) -> String {
      Messages.count(verification.operations, "change") + " and "
        + Messages.count(verification.records, "record") + " read"
    }

    static func well(_ verification: Verification, _ server: String) -> String {
      "All is well: \(read(verification))\(server)."
    }

    static let noServer = "; there is no server to compare with"

    static func wellHere(_ verification: Verification) -> String {
      "Nothing was compared with the server. Here all is well: \(read(verification))."
    }
    static let sameAsServer = ", and the server has the same"

    static func almostSame(_ comparison: ServerComparison) -> String {
      var parts: [String] = []
      if comparison.unsent > 0 {
        parts.append("\(Messages.count(comparison.unsent, "change")) to be sent")
      }
      if comparison.unfetched > 0 {
        parts.append("\(Messages.count(comparison.unfetched, "change")) to be fetched")
      }
      return ", and nothing is missing on the server but what is not synced yet: "
        + parts.joined(separator: ", ")
    }

    static func serverFailed(_ reason: String) -> String {
      "The server could not be compared with. \(reason)"
    }

    static let unreadableForServer =
      "The journal is too damaged to be compared with the server."

    static func notWell(_ count: Int) -> String {
      "\(Messages.count(count, "finding")). `ebb doctor` repairs what can be repaired."
    }

    static func more(_ count: Int) -> String { "and \(Messages.count(count, "finding")) more" }

    static let stopped =
      "Stopped. Not everything was read, so nothing is certain. Nothing was changed."

    static let notRehearsed =
      "Nothing was restored for practice: first put right what was found."

    static let onlyToRehearse =
      "`--recovery` and `--passphrase-file` go with `--rehearse`. Nothing was done."

    static func rehearsed(_ rehearsal: Rehearsal) -> String {
      "Restored \(Messages.count(rehearsal.operations, "change")) from the server in "
        + "\(seconds(rehearsal.milliseconds)): the same as here."
    }

    static func rehearsedPartly(_ rehearsal: Rehearsal) -> String {
      var parts: [String] = []
      if rehearsal.unsent > 0 {
        parts.append("\(Messages.count(rehearsal.unsent, "change")) here, not sent yet")
      }
      if rehearsal.unfetched > 0 {
        parts.append("\(Messages.count(rehearsal.unfetched, "change")) there, not fetched yet")
      }
      return rehearsed(rehearsal).dropLast() + ", but for " + parts.joined(separator: " and ") + "."
    }

    static func rehearsalFailed(_ rehearsal: Rehearsal) -> String {
      "Restored in \(seconds(rehearsal.milliseconds)), but what came back is not what is here."
    }

    private static func seconds(_ milliseconds: Int64) -> String {
      let tenths = (milliseconds + 50) / 100
      return "\(tenths / 10).\(tenths % 10) seconds"
    }

    static let neverRehearsed = "never rehearsed; `ebb verify --rehearse` tries it"
    static func rehearsedLongAgo(_ date: String) -> String {
      "last rehearsed \(date); `ebb verify --rehearse` tries it again"
    }
  }

  enum Doctor {
    static func nothing(_ verification: Verification) -> String {
      "Nothing to repair: \(Verify.read(verification)), all of them whole."
    }

    static func repaired(_ repair: Repair) -> String {
      "Repaired: \(Messages.count(repair.operations, "change")) found whole, and the journal made "
        + "anew from \(repair.operations == 1 ? "it" : "them")."
    }

    static func kept(_ path: String) -> String {
      "The damaged file is kept as \(path). Delete it when you miss nothing: it holds what you wrote."
    }

    static let stopped = "Stopped. Nothing is lost; `ebb doctor` again goes on."

    static let newDevice = "This machine goes on under a new device id."

    static func fetched(_ report: SyncReport) -> String {
      report.pulled == 0
        ? "The server has been asked for what is missing."
        : "\(Messages.count(report.pulled, "change")) fetched from the server."
    }

    static func notFetched(_ reason: String) -> String {
      "What is missing could not be fetched from the server. \(reason) Run `ebb doctor` again then."
    }

    static func lost(_ operations: Int, _ places: String, hasLogin: Bool) -> String {
      "\(Messages.count(operations, "change")) found nowhere: \(places). "
        + (hasLogin
          ? "Another machine or a backup may still have what is missing; syncing that machine "
            + "brings it back."
          : "If this machine had an account on a server, it knows no more of it: `ebb restore URL "
            + "--account NAME` logs it in again and fetches what the server has. A backup may have "
            + "the rest.")
    }

    static func keysLost(path: String) -> String {
      "The keys in the journal at \(cutPath(path)) cannot be read, so nothing in it can be believed; it was "
        + "not touched. What `ebb list` still shows, `ebb export` writes down. Then move the file away, and "
        + "bring the journal back with `ebb restore URL --account NAME` or `ebb restore BACKUP`."
    }

    static let loginLost =
      "Some changes are missing here, and so is what this machine knew of its server. "
      + "`ebb restore URL --account NAME` logs it in again and fetches them."

    static let loginLostAlone =
      "What this machine knew of its server is lost. `ebb restore URL --account NAME` logs it in "
      + "again, and fetches what is missing here."

    static let halfRead =
      "Not all of the damaged file could be read, so something that you wrote may be missing. If "
      + "this machine had an account on a server, `ebb restore URL --account NAME` or `ebb sync` "
      + "fetches what the server has; a backup may have the rest. `ebb verify` says so until then, "
      + "or until you delete the damaged file."

    static let mayMissUnsent =
      "Not all of the damaged file could be read. What the server has is here again; what was "
      + "written here and not sent yet may be missing."

    static let notWell = "The journal could not be repaired to the last."
  }
}
