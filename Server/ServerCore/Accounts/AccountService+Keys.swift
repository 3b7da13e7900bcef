internal import OperationLog
package import SyncProtocol

extension AccountService {
  /// The keys document; `nil` if the session has ended. Throws `DamagedKeys`.
  package func keys(of session: Session) async throws -> KeysDocument? {
    try await storage.read { transaction in
      guard try transaction.installation(withToken: session.token) != nil,
        let account = try transaction.account(session.account)
      else { return nil }
      return try account.keys.document()
    }
  }

  /// Replaces the keys document, or gives back one that is damaged. The same asked again answers
  /// the same.
  package func putKeys(
    _ request: PutKeysRequest, session: Session, from address: ClientAddress
  ) async throws -> PutKeysOutcome {
    guard KeysDocumentRules.accountID(of: request.keys) == session.account,
      request.login.map({ $0.account == session.account.description }) ?? true
    else { return .malformed("The keys document cannot be read or is another account's.") }
    guard let login = request.login else {
      return try await giveBack(request.keys, session: session)
    }
    // More than one later where the server was put back from a backup, and has forgotten versions.
    guard request.keys.version > request.replaces else {
      return .malformed("The keys document's version does not follow the one it replaces.")
    }
    switch try await verify(login, for: .putKeys, from: address) {
    case .refused(let refusal): return .refused(refusal)
    case .verified: break
    }
    let keys = try KeysDocumentRules.stored(request.keys)
    return try await storage.write { transaction in
      guard try transaction.installation(withToken: session.token) != nil,
        let account = try transaction.account(session.account)
      else { return .unauthorized }
      if account.keys == keys { return .replaced }
      guard account.keys.version == request.replaces else { return .keysChanged }
      try transaction.setKeys(keys, of: account.slot)
      return .replaced
    }
  }

  /// Takes the document that the disk has damaged from somebody who has it, and no other: so nobody
  /// needs to prove to know what opens it.
  private func giveBack(
    _ document: KeysDocument, session: Session
  ) async throws -> PutKeysOutcome {
    let keys = try KeysDocumentRules.stored(document)
    return try await storage.write { transaction in
      guard try transaction.installation(withToken: session.token) != nil,
        let account = try transaction.account(session.account)
      else { return .unauthorized }
      guard account.keys.were(keys) else { return .keysChanged }
      if !account.keys.isSound { try transaction.setKeys(keys, of: account.slot) }
      return .replaced
    }
  }
}
