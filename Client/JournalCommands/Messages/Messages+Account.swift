internal import JournalModel
internal import OperationLog

extension Messages {
  enum Account {
    static let accountDeleteOnly =
      "`ebb account` knows one word: `ebb account delete`. `ebb status` shows the account."
    static let aURL = "the server's URL"
    static let aURLOrBackup = "the server's URL, or the path of a backup"
    static let aPath = "the path of the file to make"
    static let idToRevoke = "the id of the machine to revoke"
    static let none = "none; `ebb register` begins one"
    static let unreadable = "cannot be read; `ebb restore URL --account NAME` logs in again"
    static let loggedOut = "(logged out)"

    static func notAFingerprint(_ text: String) -> String {
      "“\(DisplayWidth.cut(Visible.line(text), to: 80))” is not a fingerprint: it is sha256: and 64 digits and "
        + "letters a to f, as `ebb-server serve` prints it."
    }

    static func trust(host: String, reason: String, fingerprint: String) -> String {
      """
      The certificate of \(host) is not one that this system trusts (\(reason)).
      That is how it should be for a server of your own, if its fingerprint is

        \(fingerprint)

      Compare it with what `ebb-server serve` printed.

      """
    }

    static let trustQuestion = "Is it the same? (yes/no) "
    static let notTrusted = "The server is not trusted, and nothing was sent to it."

    static func registered(_ account: String, at server: String) -> String {
      "Registered as \(Visible.line(account)) at \(server)."
    }

    static func firstSyncFailed(_ reason: String) -> String {
      "The account is there, but the first sync did not come to its end. \(reason)"
    }

    static func restored(_ recordsByKind: [RecordKind: Int]) -> String {
      "Restored: \(Today.counts(recordsByKind))."
    }

    static func otherFingerprint(given: String, presented: String) -> String {
      "The server's fingerprint is \(presented), not the \(given) that was given, so nothing was "
        + "sent. Ask the server's owner which is right."
    }

    static func hasAccount(_ name: String) -> String {
      "This journal belongs to the account \(Visible.line(name)) already, and was not changed. Use "
        + "an empty EBB_HOME for another account."
    }

    static func journalThere(folder: String) -> String {
      "There is a journal in \(cutPath(folder)) already, and it was not touched. A backup is restored "
        + "where there is none: set EBB_HOME to an empty folder."
    }

    static func joined(_ count: Int) -> String {
      "\(Messages.count(count, "change")) made here before came along."
    }

    static func optionsOfServer(path: String) -> String {
      "\(Messages.quoted(path)) is a path, and the options given are for a server. "
        + "A server's address begins with https://"
    }

    static func backupIsFolder(path: String) -> String {
      "\(cutPath(path)) is a folder; a backup is one file, as `ebb backup PATH` makes it."
    }

    static func noBackup(path: String) -> String {
      "\(cutPath(path)) is no backup of Ebb's, so nothing was restored. `ebb backup PATH` makes one; what "
        + "`ebb export` wrote, `ebb import` reads."
    }

    static func backupDamaged(path: String) -> String {
      "The backup \(cutPath(path)) is damaged, so nothing was restored. Take another; if there is none, copy "
        + "it to an empty folder as journal.sqlite, and `EBB_HOME=FOLDER ebb doctor` saves what can "
        + "be saved."
    }

    static let restoreInterrupted = "Stopped. Nothing was restored."
    static let restoreStopped =
      "Stopped. What was received until now stays; the same command again fetches the rest."

    static let logoutDone = "Logged out. The journal stays here; `ebb restore URL` logs in again."
    static let logoutHereAlone =
      "Logged out here; the server could not be told. Revoke this machine from another one: "
      + "`ebb devices revoke ID`."
    static let passphraseChanged =
      "The passphrase is changed, for all machines. They stay logged in; the recovery code stays "
      + "good."

    static let deletedUnknown =
      "The account may be deleted already: `ebb sync` tells. The journal stays here."

    static let accountNotDeleted =
      "The account was not deleted; do it again when the server can be reached."

    static func stopped(_ unknown: String) -> String { "Stopped. " + unknown }

    static func deleteQuestion(_ name: String) -> String {
      "This deletes the account \(name) and all that the server holds of it, for all machines.\n"
        + "The journal on this machine stays. Type the account's name to go on: "
    }

    static let deleteWantsYes =
      "Deleting an account cannot be undone: without a terminal it wants --yes."
    static let notDeleted = "That is not the account's name. Nothing was deleted."

    static func deleted(_ name: String) -> String {
      "The account \(name) is deleted. The journal stays here."
    }

    static func revoked(_ name: String) -> String {
      "Revoked \(name). It can't sync any more; what it holds stays there."
    }
    static func alreadyRevoked(_ id: String) -> String { "\(id) is revoked already." }

    static func notRevoked(_ prefix: String) -> String {
      "The machine \(Messages.quoted(prefix)) was not revoked; do it again when the server can be "
        + "reached."
    }

    static func maybeRevoked(_ name: String) -> String {
      "Whether \(name) is revoked is not known; do it again when the server can be reached."
    }

    static func revokesItself(_ id: String) -> String {
      "\(id) is this machine itself, and was not revoked; `ebb logout` logs it out."
    }

    static func noDevice(_ prefix: String) -> String {
      "No machine's id begins with \(Messages.quoted(prefix)). `ebb devices` lists them."
    }

    static func ambiguousDevice(_ prefix: String, candidates: [String]) -> String {
      "More than one machine begins with “\(prefix)”; add a letter or two:\n"
        + candidates.map { "  " + $0 }.joined(separator: "\n")
    }

    static func lastSeen(_ when: String) -> String { "last seen \(when)" }
    static let isThisOne = "this machine"

    static func heardFrom(_ when: String?, isCurrent: Bool) -> String {
      if isCurrent { return isThisOne }
      return when.map { "last heard from \($0)" } ?? "not heard from yet"
    }

    static func unnamed(_ devices: [DeviceID]) -> String {
      "device " + devices.map(\.description).joined(separator: ", ")
    }

    static let sharedLogin =
      "that of the machine this journal was copied from; `ebb restore URL` gives it its own"
    static let backupSharesLogin =
      "It syncs with the login of the machine that the backup is of. If that one goes on too, give "
      + "this a login of its own: `ebb restore URL`."
    static let isRevoked = "revoked"
    static let isLoggedOut = "logged out"

    static func backedUp(_ path: String) -> String {
      "The journal is copied to \(path). It is not encrypted: keep it as safe as the journal."
    }
  }
}

extension Messages.Secrets {
  static let askPassphrase = "Passphrase: "
  static let askNewPassphrase = "New passphrase: "
  static let askAgain = "The same again: "
  static let askRecoveryCode = "Recovery code: "
  static let notTheSame = "The two passphrases are not the same. Nothing was changed."
  static let short =
    "That passphrase is short. Four or five words that don't belong together are hard to guess "
    + "and easy to keep; `ebb passphrase` changes it."

  static let missing =
    "A passphrase is needed, and there is no terminal to ask on. Set EBB_PASSPHRASE, or give "
    + "--passphrase-file."
  static let recoveryMissing =
    "A recovery code is needed, and there is no terminal to ask on. Set EBB_PASSPHRASE to it, or "
    + "give --passphrase-file."
  static let newMissing =
    "A new passphrase is needed, and there is no terminal to ask on. Set EBB_NEW_PASSPHRASE, or "
    + "give --new-passphrase-file."

  static let recoveryCodeIntroduction = """
    This is your recovery code: the way in if the passphrase is lost, and there is no other.
    It is shown this once. Write it down and keep it away from this machine.
    """

  static let newRecoveryCodeIntroduction = """
    This is your new recovery code: the way in if the passphrase is lost. It is good as soon as the
    last line here says so; until then the one from before is. It is shown this once. Write it down
    and keep it away from this machine.
    """

  static let recoveryCodeReplaced =
    "The recovery code above is good now, and the one from before no longer is."
  static let recoveryCodeNotReplaced =
    "The code above is good for nothing; the one from before stays."
  static let recoveryCodeUnchanged =
    "The recovery code from before stays; do it again when the server can be reached."
  static let passphraseUnchanged =
    "The passphrase was not changed; do it again when the server can be reached."
  static let recoveryCodeUnknown =
    "The code above may be good already: keep it and the one from before, and run "
    + "`ebb recovery-code` again to be sure."
  static let passphraseUnknown =
    "The new passphrase may be the good one already; if it is not, the old one still is. Run "
    + "`ebb passphrase` again to be sure."

  static func askGroup(_ number: Int) -> String {
    "To be sure it is on paper, type group \(number) of 6 (Enter to skip): "
  }
  static let wrongGroup = "That is not it. Look again."
}
