package import OperationLog
package import SyncProtocol

/// A session that was checked: proof that its holder may speak for the account.
package struct Session: Hashable, Sendable {
  package let account: AccountID
  package let installation: InstallationID
  let token: SecretHash
}

package enum CreateAccountOutcome: Hashable, Sendable {
  case created(AccountID)
  /// The very same account was there already: name, id and keys.
  case existed(AccountID)
  /// Unknown, used or expired.
  case inviteInvalid
  case nameTaken
  /// The account's id is there under another name or with other keys.
  case accountTaken
  case malformed(String)
  case rateLimited(retryAfterSeconds: Int)
}

package enum CreateSessionOutcome: Hashable, Sendable {
  case created(CreateSessionResponse)
  case refused(LoginRefusal)
  case malformed(String)
}

/// Why a signed challenge was not believed.
package enum LoginRefusal: Hashable, Sendable {
  /// Unknown account, wrong key, used or expired challenge alike.
  case loginFailed
  /// The signature is for a server of another name. Says nothing about the account.
  case serverName
  case rateLimited(retryAfterSeconds: Int)
}

package enum PutKeysOutcome: Hashable, Sendable {
  case replaced
  case keysChanged
  case unauthorized
  case refused(LoginRefusal)
  case malformed(String)
}

package enum DeleteAccountOutcome: Hashable, Sendable {
  case deleted
  case unauthorized
  case refused(LoginRefusal)
}

/// An invite as given to a person; only its hash is kept.
package struct Invite: Hashable, Sendable {
  /// Four groups of four characters.
  package let code: String
  /// Unix time in milliseconds.
  package let expiresAt: Int64
}

/// An account as administration sees it.
package struct AccountSummary: Hashable, Sendable {
  package let id: AccountID
  package let name: String
  /// Unix time in milliseconds.
  package let createdAt: Int64
  package let operationCount: Int
  package let byteCount: Int
  /// Installations that have a session.
  package let sessionCount: Int
  /// Unix time in milliseconds; `nil` if no installation ever logged in.
  package let lastSeen: Int64?
}

package enum RevokeOutcome: Hashable, Sendable {
  case revoked
  /// The account has no such installation.
  case unknown
  case unauthorized
}
