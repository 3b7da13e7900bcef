internal import Crypto
package import OperationLog

/// The small number by which a storage knows an account.
package struct AccountSlot: Hashable, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) {
    self.rawValue = rawValue
  }
}

package struct StoredAccount: Hashable, Sendable {
  package let slot: AccountSlot
  package let id: AccountID
  package let name: String
  package let keys: StoredKeys
  /// Unix time in milliseconds, as all times here.
  package let createdAt: Int64

  package init(
    slot: AccountSlot, id: AccountID, name: String, keys: StoredKeys, createdAt: Int64
  ) {
    self.slot = slot
    self.id = id
    self.name = name
    self.keys = keys
    self.createdAt = createdAt
  }
}

/// A client on a machine, and the session it has, if any: a new one ends the one before.
package struct StoredInstallation: Hashable, Sendable {
  package let account: AccountSlot
  package let accountID: AccountID
  package let id: InstallationID
  /// `nil` when it has no session.
  package var token: SecretHash?
  package var lastSeen: Int64
  package var isRevoked: Bool

  package init(
    account: AccountSlot, accountID: AccountID, id: InstallationID, token: SecretHash?,
    lastSeen: Int64, isRevoked: Bool
  ) {
    self.account = account
    self.accountID = accountID
    self.id = id
    self.token = token
    self.lastSeen = lastSeen
    self.isRevoked = isRevoked
  }
}

package struct StoredInvite: Hashable, Sendable {
  package let hash: SecretHash
  package let expiresAt: Int64
  package let isUsed: Bool

  package init(hash: SecretHash, expiresAt: Int64, isUsed: Bool) {
    self.hash = hash
    self.expiresAt = expiresAt
    self.isUsed = isUsed
  }
}

/// The SHA-256 of a token or an invite: the secret itself is never kept.
///
/// No salt and no stretching: what is hashed is random, not chosen by people.
package struct SecretHash: FixedBytes {
  package static let count = 32
  package let bytes: [UInt8]

  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = Array(bytes)
  }

  package init(of secret: [UInt8]) {
    bytes = Array(SHA256.hash(data: secret))
  }
}
