import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol

/// A server that has keys from before passphrase or recovery code were changed, as after it was
/// put back from a backup, or would rather have them.
///
/// Nothing here makes a journal adopt older keys. Whoever proves to know what opens the older
/// ones puts the newer ones there again, under a version later than both, so that no machine
/// takes them for older.
extension SyncClient {
  /// The keys to go on with after a login that the server's present ones allowed.
  ///
  /// - Parameters:
  ///   - present: the server's; opened by `root`, which also proves it to the server.
  ///   - known: this journal's, `nil` if it has none yet: then the server's are all there is.
  /// - Returns: the present ones, or those known here, put back in their place.
  func keysToGoOnWith(
    _ present: KeyRing, known: KeysDocument?, root: RootKey, _ login: Login
  ) async throws -> (keys: KeysDocument, isPutBack: Bool) {
    guard let known, known.isNewer(than: present.document) else {
      return (present.document, false)
    }
    let next = try SyncFailure.mappingKeys {
      // The older document too must be of the account key that this journal holds.
      _ = try ownRing(present.document)
      return try ownRing(known).reissued(over: present.document.version)
    }
    try await login.replaceKeys(present.document, by: next.document, signedWith: root)
    return (next.document, true)
  }

  /// A document that this journal's own key vouches for.
  func ownRing(_ document: KeysDocument) throws -> KeyRing {
    try KeyRing(
      checking: document, accountKey: try store.accountKey(), account: try store.account)
  }

  /// Whether a secret opens what this journal knows of the keys.
  func opens(_ secret: Secret, _ known: KeysDocument) -> Bool {
    guard let root = try? root(of: secret, for: known) else { return false }
    return (try? KeyRing(unlocking: known, with: root)) != nil
  }

  /// Keeps a document that is newer than what is known, unless a newer one came meanwhile.
  func keep(_ keys: KeysDocument) throws {
    guard let link = try store.serverLink(), keys.isNewer(than: link.keys) else { return }
    try store.updateServerLink { present in
      if keys.isNewer(than: present.keys) { present.keys = keys }
    }
  }
}

extension KeysDocument {
  func isNewer(than other: KeysDocument) -> Bool {
    account == other.account && version > other.version
  }
}

extension Login {
  /// Puts a document in the place of the server's present one.
  ///
  /// Needs a session. A lost answer does not tell whether it was done, so the server is asked;
  /// throws `.outcomeUnknown` where it does not answer that either.
  ///
  /// - Parameter root: of a secret that the present document knows.
  func replaceKeys(
    _ present: KeysDocument, by next: KeysDocument, signedWith root: RootKey
  ) async throws {
    let signed = try await sign(.putKeys, with: root)
    do {
      try await conversation.perform(
        .putKeys, PutKeysRequest(login: signed, replaces: present.version, keys: next),
        isRepeatable: false)
    } catch let failure as SyncFailure where failure.isBrokenExchange {
      let found = try await SyncFailure.settling {
        try await conversation.call(.getKeys, as: KeysDocument.self)
      }
      guard found == next else { throw failure }
    }
  }
}
