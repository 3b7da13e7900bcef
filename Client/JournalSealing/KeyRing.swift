internal import Crypto
internal import Foundation
package import OperationLog
package import SyncProtocol

/// An account key and the keys document that gives it back to who knows a secret.
///
/// Every value was checked: the canary of `document` opens with `accountKey`.
package struct KeyRing: Sendable, Secret {
  package let accountKey: AccountKey
  package let account: AccountID
  package let document: KeysDocument

  /// Makes the first document of an account.
  ///
  /// - Parameter wrapping: roots of the new passphrase and the new recovery code.
  package init(
    making accountKey: AccountKey, account: AccountID, wrapping passphrase: RootKey,
    and recovery: RootKey
  ) throws(KeysError) {
    guard passphrase.account == account, recovery.account == account else { throw .otherAccount }
    guard let derivation = passphrase.derivation, recovery.kind == .recovery
    else { throw .malformedDocument }
    let document = KeysDocument(
      version: 1, account: account.description, salt: Base64Bytes(derivation.salt),
      parameters: derivation.parameters,
      passphraseLoginKey: Base64Bytes(try passphrase.loginKey.publicKey),
      recoveryLoginKey: Base64Bytes(try recovery.loginKey.publicKey),
      passphraseWrap: Base64Bytes(try KeyWrap.wrap(accountKey, under: passphrase)),
      recoveryWrap: Base64Bytes(try KeyWrap.wrap(accountKey, under: recovery)),
      canary: Base64Bytes([]))
    try self.init(sealing: document, accountKey: accountKey, account: account)
  }

  /// Opens a document with what the passphrase or the recovery code came to.
  package init(unlocking document: KeysDocument, with root: RootKey) throws(KeysError) {
    guard document.account == root.account.description else { throw .otherAccount }
    let wrap =
      switch root.kind {
      case .passphrase: document.passphraseWrap
      case .recovery: document.recoveryWrap
      }
    let accountKey = try KeyWrap.unwrap(wrap.bytes, under: root)
    try self.init(checking: document, accountKey: accountKey, account: root.account)
  }

  /// Checks that a document is of this account key, and as its holder made it.
  package init(
    checking document: KeysDocument, accountKey: AccountKey, account: AccountID
  ) throws(KeysError) {
    guard document.account == account.description else { throw .otherAccount }
    guard document.isWellFormed else { throw .malformedDocument }
    guard Canary.opens(document, with: accountKey, account: account)
    else { throw .wrongAccountKey }
    self.accountKey = accountKey
    self.account = account
    self.document = document
  }

  private init(
    sealing document: KeysDocument, accountKey: AccountKey, account: AccountID
  ) throws(KeysError) {
    var document = document
    document.canary = Base64Bytes(try Canary.seal(document, with: accountKey, account: account))
    try self.init(checking: document, accountKey: accountKey, account: account)
  }
}

extension KeyRing {
  /// A later version, in which this root replaces the passphrase or the recovery code, whichever
  /// it is of.
  ///
  /// - Parameter present: the server's version, where that is another than this document's: what
  ///   is made is later than both.
  package func replacing(
    with root: RootKey, over present: Int = 0
  ) throws(KeysError) -> KeyRing {
    guard root.account == account else { throw .otherAccount }
    var next = document
    next.version = max(document.version, present) + 1
    let publicKey = Base64Bytes(try root.loginKey.publicKey)
    let wrap = Base64Bytes(try KeyWrap.wrap(accountKey, under: root))
    switch root.kind {
    case .passphrase:
      guard let derivation = root.derivation else { throw .malformedDocument }
      next.salt = Base64Bytes(derivation.salt)
      next.parameters = derivation.parameters
      next.passphraseLoginKey = publicKey
      next.passphraseWrap = wrap
    case .recovery:
      next.recoveryLoginKey = publicKey
      next.recoveryWrap = wrap
    }
    return try KeyRing(sealing: next, accountKey: accountKey, account: account)
  }

  /// The same passphrase and recovery code in a version later than this one and that of a server
  /// which has forgotten it.
  package func reissued(over present: Int) throws(KeysError) -> KeyRing {
    var next = document
    next.version = max(document.version, present) + 1
    return try KeyRing(sealing: next, accountKey: accountKey, account: account)
  }
}

extension KeysDocument {
  /// Ranges and lengths; what they hold is checked by opening it.
  fileprivate var isWellFormed: Bool {
    (1..<Int.max).contains(version) && salt.bytes.count == RootKey.saltCount
      && passphraseLoginKey.bytes.count == 32 && recoveryLoginKey.bytes.count == 32
      && passphraseWrap.bytes.count == KeyWrap.count && recoveryWrap.bytes.count == KeyWrap.count
  }
}
