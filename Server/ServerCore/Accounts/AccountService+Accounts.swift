internal import OperationLog
package import SyncProtocol

extension AccountService {
  /// Makes an account. The same asked again answers the same, though its invite is used by then.
  package func createAccount(
    _ request: CreateAccountRequest, from address: ClientAddress
  ) async throws -> CreateAccountOutcome {
    let name = AccountName.canonical(request.name)
    guard AccountName.isWellFormed(name) else {
      return .malformed(AccountName.rule)
    }
    guard let id = KeysDocumentRules.accountID(of: request.keys), request.keys.version >= 1 else {
      return .malformed("The keys document cannot be read.")
    }
    let attempt: LoginLimiter.Attempt
    switch limiter.begin(account: nil, address: address, at: clock.now()) {
    case .allowed(let allowed): attempt = allowed
    case .limited(let seconds): return .rateLimited(retryAfterSeconds: seconds)
    }
    let now = clock.now()
    let keys = try KeysDocumentRules.stored(request.keys)
    let outcome: CreateAccountOutcome = try await storage.write { transaction in
      if let account = try transaction.account(named: name), account.id == id,
        account.keys.were(keys)
      {
        if !account.keys.isSound { try transaction.setKeys(keys, of: account.slot) }
        return .existed(id)
      }
      guard let code = request.invite, let hash = InviteCode.hash(code),
        let invite = try transaction.invite(hash), !invite.isUsed, invite.expiresAt > now
      else { return .inviteInvalid }
      if try transaction.account(id) != nil { return .accountTaken }
      if try transaction.account(named: name) != nil { return .nameTaken }
      _ = try transaction.addAccount(id, name: name, keys: keys, createdAt: now)
      try transaction.setInviteUsed(hash)
      return .created(id)
    }
    if outcome != .inviteInvalid { limiter.forgive(attempt) }
    return outcome
  }

  /// Deletes the account and all it holds. Its waiting requests end.
  package func deleteAccount(
    _ request: DeleteAccountRequest, session: Session, from address: ClientAddress
  ) async throws -> DeleteAccountOutcome {
    guard request.login.account == session.account.description else { return .unauthorized }
    switch try await verify(request.login, for: .deleteAccount, from: address) {
    case .refused(let refusal): return .refused(refusal)
    case .verified: break
    }
    let outcome: DeleteAccountOutcome = try await storage.write { transaction in
      guard let present = try transaction.installation(withToken: session.token) else {
        return .unauthorized
      }
      try transaction.removeAccount(present.account)
      return .deleted
    }
    news.publish(session.account)
    // It is deleted; the storage remembers what it could not overwrite.
    if outcome == .deleted { try? await storage.scrub() }
    return outcome
  }

  /// All accounts by name, for administration.
  package func accounts() async throws -> [AccountSummary] {
    try await storage.read { transaction in
      try transaction.accounts().map { account in
        let journal = try transaction.journal(of: account.slot) ?? StoredJournal()
        let installations = try transaction.installations(of: account.slot)
        return AccountSummary(
          id: account.id, name: account.name, createdAt: account.createdAt,
          operationCount: journal.operationCount, byteCount: journal.byteCount,
          sessionCount: installations.count { $0.token != nil },
          lastSeen: installations.map(\.lastSeen).max())
      }
    }
  }
}
