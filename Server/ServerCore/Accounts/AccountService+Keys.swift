internal import Foundation
internal import OperationLog
package import SyncProtocol

extension AccountService {
  /// The keys document; `nil` if the session has ended.
  package func keys(of session: Session) async throws -> KeysDocument? {
    try await storage.read { transaction in
      guard try transaction.installation(withToken: session.token) != nil,
        let account = try transaction.account(session.account)
      else { return nil }
      return try JSONDecoder().decode(KeysDocument.self, from: Data(account.keys.json))
    }
  }

  /// Replaces the keys document. The same asked again answers the same.
  package func putKeys(
    _ request: PutKeysRequest, session: Session, from address: ClientAddress
  ) async throws -> PutKeysOutcome {
    guard KeysDocumentRules.accountID(of: request.keys) == session.account,
      request.login.account == session.account.description
    else { return .malformed("The keys document cannot be read or is another account's.") }
    // More than one later where the server was put back from a backup, and has forgotten versions.
    guard request.keys.version > request.replaces else {
      return .malformed("The keys document's version does not follow the one it replaces.")
    }
    switch try await verify(request.login, for: .putKeys, from: address) {
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
}
