import JournalStore
package import SecureTransport

/// Why an exchange with the server did not come to its end. Nothing that was saved is lost by it.
///
/// `description` is a plain sentence; `cause` is what lies below, never flattened.
package struct SyncFailure: Error {
  package let code: Code
  /// The server's own words, or the transport's, where they say more.
  package let detail: String?
  package let cause: (any Error)?

  package init(_ code: Code, detail: String? = nil, cause: (any Error)? = nil) {
    self.code = code
    self.detail = detail
    self.cause = cause
  }

  /// In brackets the exit code meant for it.
  package enum Code: Hashable, Sendable {
    /// There is no account here yet. (1)
    case noAccount
    /// The session was ended here, by `ebb logout`. (77)
    case loggedOut
    /// No connection, or it broke, or nothing came in time. (69)
    case unreachable
    /// The system does not trust the certificate and no pin was given. No request was sent. (77)
    case untrusted(PublicKeyFingerprint, reason: String)
    /// Another key than the one pinned. No request was sent. (77)
    case pinChanged(expected: PublicKeyFingerprint, presented: PublicKeyFingerprint)
    /// Unknown account or wrong passphrase or recovery code. (77)
    case loginFailed
    /// What was given opens the keys that are known here, and not the server's, which are older:
    /// those from before a change are asked for. (77)
    case secretOfNewerKeys
    /// What was given opens the keys that are known here, and not the server's, which may be older
    /// or newer. (77)
    case otherSecret
    /// The server knows the account but not this session: revoked, ended, or set up anew. (77)
    case sessionEnded
    /// The server does not know the account: it was lost, or it is another. (77)
    case accountMissing
    /// This journal belongs to another account. (77)
    case otherAccount
    /// What the server says of the keys is wrong: weaker parameters, or a key that does not
    /// open the account. Nothing was pushed or pulled. (77)
    case keysRefused
    /// (1)
    case nameTaken
    /// The journal's account is on the server, under another name or with another passphrase. (1)
    case accountTaken
    /// Not a name for an account. (64)
    case nameInvalid
    /// Unknown, used or expired, or none given. (77)
    case inviteInvalid
    /// What the journal has noted of its account and server cannot be read, or cannot be right. (65)
    case linkDamaged
    /// The server's disk has damaged the keys, until a machine gives them back. (69)
    case keysDamagedThere
    /// The keys were changed elsewhere meanwhile. (75)
    case keysChanged
    /// There is no such installation. (1)
    case noInstallation
    /// (75)
    case rateLimited(seconds: Int?)
    /// Server or client is too old for the other. (69)
    case protocolVersion(server: Int?)
    /// The server has no room for more; what came from it is stored. (75)
    case storageFull
    /// The server failed. (69)
    case serverFailed
    /// The server has too much to do just now. (75)
    case serverBusy
    /// An answer that makes no sense. (69)
    case malformedAnswer
    /// The connection broke before the answer came: whether the server did it is not known. (69)
    case outcomeUnknown
    /// The server did what was asked, and the disk here refused to note it. (74)
    case notNoted
    /// Another sync of this journal is running. (75)
    case busy
    /// Another file has taken the place of the journal that was open. (75)
    case journalReplaced
  }
}

extension SyncFailure: CustomStringConvertible {
  package var description: String {
    switch code {
    case .noAccount: "This journal has no account yet."
    case .loggedOut: "This machine is logged out."
    case .unreachable: "The server cannot be reached\(tail)"
    case .untrusted(let presented, let reason):
      "The server is not trusted: \(reason). Its fingerprint is \(presented)."
    case .pinChanged(let expected, let presented):
      "The server's key is not the one known so far. Known: \(expected). Now: \(presented)."
    case .loginFailed: "The account or the passphrase is wrong."
    case .secretOfNewerKeys: "The server's keys are from before this passphrase or recovery code."
    case .otherSecret: "The server's keys are of another passphrase or recovery code."
    case .sessionEnded: "The server has ended this machine's session, or was set up anew."
    case .accountMissing: "The server does not know this account."
    case .otherAccount: "This journal belongs to another account."
    case .keysRefused: "The server's keys for this account are not right\(tail)"
    case .nameTaken: "This account name is taken."
    case .accountTaken:
      "The server has this journal's account, under another name or with another passphrase."
    case .nameInvalid: "This is not a valid account name\(tail)"
    case .inviteInvalid: "The invite is missing, unknown, used or expired."
    case .linkDamaged: "What this journal has noted of its account and server is damaged."
    case .keysDamagedThere: "The server's disk has damaged the keys of this account."
    case .keysChanged: "The account's keys were just changed on another machine."
    case .noInstallation: "There is no such installation."
    case .rateLimited(let seconds):
      "Too many attempts; try again "
        + (seconds.map { "in \($0) second\($0 == 1 ? "" : "s")" } ?? "later") + "."
    case .protocolVersion(let server):
      server.map { $0 > 1 } ?? true
        ? "The server speaks a newer protocol than this version of Ebb."
        : "The server speaks an older protocol than this version of Ebb."
    case .storageFull: "The server has no room left for this account."
    case .serverBusy: "The server is busy\(tail)"
    case .serverFailed: "The server failed\(tail)"
    case .malformedAnswer: "The server's answer makes no sense\(tail)"
    case .outcomeUnknown: "The connection broke before the server said whether it did it."
    case .notNoted: "The server did it, but this machine's disk refused to note that."
    case .busy: "Another sync of this journal is running."
    case .journalReplaced: "The journal was repaired or put back meanwhile."
    }
  }

  private var tail: String {
    guard let detail, !detail.isEmpty else { return "." }
    return ": " + detail + (detail.hasSuffix(".") ? "" : ".")
  }
}

extension SyncFailure {
  /// Notes what the server has done already: throws `.notNoted` where the journal cannot be written.
  static func noting<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw SyncFailure(.notNoted, cause: error)
    }
  }
}
