internal import JournalSync

extension Messages {
  enum Sync {
    static let nothingNew = "Nothing new."

    static func done(pushed: Int, pulled: Int) -> String {
      var parts: [String] = []
      if pushed > 0 { parts.append("\(Messages.count(pushed, "change")) sent") }
      if pulled > 0 { parts.append("\(Messages.count(pulled, "change")) received") }
      return "Synced: " + parts.joined(separator: ", ") + "."
    }

    static func unsynced(_ count: Int) -> String {
      count == 0 ? "nothing" : Messages.count(count, "change")
    }

    static func pushing(_ count: Int) -> String { "Sending… \(grouped(count))" }
    static func pulling(_ count: Int) -> String { "Receiving… \(grouped(count))" }
    static let indexing = "Filling the search index…"

    static let stopped =
      "Stopped. What was sent and received until now stays; the next sync goes on from there."

    static let noRoomForThreads =
      "There is not enough memory to talk to the server, so nothing was sent or fetched. What was "
      + "saved here is safe; try again when other programs have ended."

    static func retrying(_ reason: String, seconds: Int) -> String {
      "\(reason) Trying again in \(Messages.count(seconds, "second"))."
    }

    /// What happened, what is safe, what to do.
    static func sentence(_ failure: SyncFailure) -> String {
      let what = failure.description
      return switch failure.code {
      case .noAccount:
        "This journal has no account yet. `ebb register URL --account NAME` begins one, "
          + "`ebb restore URL --account NAME` joins one."
      case .loggedOut:
        "This machine is logged out. `ebb restore URL` logs it in again; the journal is untouched."
      case .unreachable:
        what + " The journal is safe here; what is not synced yet will be, next time."
      case .untrusted(let fingerprint, let reason):
        "Nothing was sent: the system does not trust the server (\(reason)). If its owner says that "
          + "its fingerprint is \(fingerprint), give it with --fingerprint."
      case .pinChanged(let expected, let presented):
        "The server's key is not the one that was expected, so nothing was sent: \(expected) was, "
          + "and \(presented) came. If its owner says that is right, `ebb restore URL --fingerprint "
          + "\(presented)` trusts it anew; if the server was set up anew and has no account yet, "
          + "`ebb register URL --account NAME --fingerprint \(presented)` on one machine first."
      case .loginFailed:
        "The account or the passphrase is wrong. Nothing was changed."
      case .secretOfNewerKeys:
        "The server was put back from before this passphrase or recovery code was made. Give the "
          + "one from before; then the new one is good again. Nothing was changed."
      case .otherSecret:
        "This machine knows that passphrase or recovery code, and the server knows another: it was "
          + "changed on another machine since, or the server was put back from before it was "
          + "changed. Give the newer one, or the one from before. Nothing was changed."
      case .sessionEnded:
        "The server has ended this machine's session: it was revoked, or the server was put back or "
          + "set up anew. The journal is safe here; `ebb restore URL` logs in again."
      case .accountMissing:
        "The server does not know this account: it may have been set up anew. The journal is safe "
          + "here; `ebb register URL --account NAME` on one machine puts it back, and "
          + "`ebb restore URL` on the others logs them in again."
      case .otherAccount:
        "This journal belongs to another account, and was not changed. Use an empty EBB_HOME for "
          + "the other one."
      case .keysRefused:
        what + " Nothing was sent or taken."
      case .nameTaken:
        "That account name is taken; choose another. Nothing was changed."
      case .accountTaken:
        what + " `ebb restore URL --account NAME`, with the name that it has there, logs in to it. "
          + "Nothing was changed."
      case .nameInvalid:
        what + " Choose another."
      case .inviteInvalid:
        "The invite is missing, unknown, used or expired. Ask whoever runs the server for one "
          + "(`ebb-server invite`), and give it with --invite."
      case .linkDamaged:
        what + " Nothing that was written is touched, and nothing is synced until "
          + "`ebb restore URL --account NAME` has logged in again. `ebb doctor` repairs whatever else "
          + "is damaged."
      case .keysDamagedThere:
        "The server's disk has damaged the keys of this account, without which nobody can log in. "
          + "`ebb sync` on any machine that is still logged in gives them back; if there is none, "
          + "`ebb register URL --account NAME` on one that was does. The journal is untouched."
      case .keysChanged:
        "The account's keys were just changed on another machine. Try again."
      case .noInstallation:
        "There is no such machine in this account. `ebb devices` lists them."
      case .rateLimited:
        what
      case .protocolVersion(let server):
        what + (server.map { $0 > 1 } ?? true ? " Update Ebb on this machine." : " Update it.")
          + " The journal is safe here."
      case .storageFull:
        what + " The journal is safe here; ask whoever runs the server."
      case .serverFailed, .serverBusy, .malformedAnswer:
        what + " The journal is safe here; try again later."
      case .outcomeUnknown:
        what + " The journal is safe here; try again."
      case .notNoted:
        what + " Make room, or make the journal writable; then `ebb sync` tells how things stand."
      case .busy:
        "Another sync of this journal is running. Try again in a moment."
      case .journalReplaced:
        what + " Nothing is lost; start this command again."
      }
    }
  }
}
