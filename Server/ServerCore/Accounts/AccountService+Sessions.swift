internal import OperationLog
package import SyncProtocol

extension AccountService {
  /// How often an installation's `lastSeen` is written at most: a sync with nothing new should
  /// cost no write.
  static let lastSeenGrainMilliseconds: Int64 = 60 * 1000

  /// What to sign to log in. Names that are not there are answered in the same way, with made-up
  /// values that stay the same. Throws `DamagedKeys`.
  package func createChallenge(
    _ request: ChallengeRequest
  ) async throws -> ChallengeResponse {
    let name = AccountName.canonical(request.name)
    let account = try await storage.read { try $0.account(named: name) }
    let unknown = unknownAccounts.answer(for: name)
    let keys = try (account?.keys ?? unknownAccounts.dummyKeys).document()
    let id = account?.id.bytes ?? unknown.account
    let salt = account == nil ? Base64Bytes(unknown.salt) : keys.salt
    return ChallengeResponse(
      challenge: Base64Bytes(
        challenges.issue(for: id, nonce: random.bytes(Challenges.nonceBytes), at: clock.now())),
      account: Hexadecimal.text(of: id), salt: salt, parameters: keys.parameters)
  }

  /// Trades a signed challenge for a session. The installation's session before, if any, ends.
  package func createSession(
    _ request: CreateSessionRequest, from address: ClientAddress
  ) async throws -> CreateSessionOutcome {
    guard let installation = InstallationID(hexadecimal: request.installation) else {
      return .malformed("The installation's id is not 32 hexadecimal digits.")
    }
    let account: StoredAccount
    switch try await verify(request.login, for: .createSession, from: address) {
    case .refused(let refusal): return .refused(refusal)
    case .verified(let verified): account = verified
    }
    let token = SessionToken.random(random)
    let now = clock.now()
    let keys = try await storage.write { transaction -> KeysDocument? in
      guard let present = try transaction.account(account.id), present.keys == account.keys
      else { return nil }
      try transaction.setInstallation(
        StoredInstallation(
          account: present.slot, accountID: present.id, id: installation, token: token.hash,
          lastSeen: now, isRevoked: false))
      return try present.keys.document()
    }
    news.publish(account.id)
    guard let keys else { return .refused(.loginFailed) }
    return .created(CreateSessionResponse(token: token.text, keys: keys))
  }

  /// The session of a token; `nil` if there is none or it has ended.
  package func authorize(token: String) async throws -> Session? {
    guard let hash = SessionToken.hash(token) else { return nil }
    guard let installation = try await storage.read({ try $0.installation(withToken: hash) })
    else { return nil }
    let now = clock.now()
    // A damaged file may hold any number.
    let (difference, overflow) = now.subtractingReportingOverflow(installation.lastSeen)
    if overflow || difference.magnitude >= Self.lastSeenGrainMilliseconds {
      try await noteSeen(hash, now)
    }
    return Session(
      account: installation.accountID, installation: installation.id, token: hash)
  }

  /// On a full disk nothing: whoever only asks needs no room.
  private func noteSeen(_ token: SecretHash, _ now: Int64) async throws {
    do {
      try await storage.write { transaction in
        guard var present = try transaction.installation(withToken: token) else { return }
        present.lastSeen = now
        try transaction.setInstallation(present)
      }
    } catch let error as StorageError where error.code == .full {
    }
  }

  /// Ends the session that asks.
  package func deleteSession(_ session: Session) async throws {
    try await storage.write { transaction in
      guard var installation = try transaction.installation(withToken: session.token) else {
        return
      }
      installation.token = nil
      try transaction.setInstallation(installation)
    }
    news.publish(session.account)
  }

  /// The account's installations, those without a session too; `nil` if the session has ended.
  package func devices(of session: Session) async throws -> DeviceList? {
    try await storage.read { transaction in
      guard let present = try transaction.installation(withToken: session.token) else { return nil }
      return DeviceList(
        devices: try transaction.installations(of: present.account).map {
          DeviceList.Device(
            id: $0.id.description, lastSeen: $0.lastSeen, current: $0.id == session.installation,
            revoked: $0.isRevoked, loggedOut: $0.token == nil)
        })
    }
  }

  /// Ends an installation's session, now and for what it is waiting for. It stays in the list;
  /// a new login of it makes it as good as new.
  package func revoke(
    _ installation: String, session: Session
  ) async throws -> RevokeOutcome {
    guard let id = InstallationID(hexadecimal: installation) else { return .unknown }
    let outcome: RevokeOutcome = try await storage.write { transaction in
      guard let present = try transaction.installation(withToken: session.token) else {
        return .unauthorized
      }
      guard var found = try transaction.installation(id, of: present.account) else {
        return .unknown
      }
      found.token = nil
      found.isRevoked = true
      try transaction.setInstallation(found)
      return .revoked
    }
    news.publish(session.account)
    return outcome
  }
}
