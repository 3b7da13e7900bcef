package import JournalSealing
import JournalStore
import OperationLog
import SecureTransport
import SyncProtocol

/// What to register with.
package struct Registration: Sendable {
  package var server: SyncClient.Server
  package var accountName: String
  /// `nil` when the account is there already, and only its answer was lost.
  package var invite: String?
  package var passphrase: Passphrase

  package init(
    server: SyncClient.Server, accountName: String, invite: String?, passphrase: Passphrase
  ) {
    self.server = server
    self.accountName = accountName
    self.invite = invite
    self.passphrase = passphrase
  }
}

package struct RegistrationOutcome: Sendable {
  package var link: ServerLink
  /// To be shown once, then `recoveryCodeWasShown`. `nil` when it was shown before, to whoever
  /// registers again on a server that lost the account: the old one is still good.
  package var recoveryCode: RecoveryCode?
  /// No copy of this journal has the login, whatever the next sync finds out.
  package var isOwnLogin: Bool
}

extension SyncClient {
  /// Makes an account of this journal's own key, and logs in. Pushes nothing yet.
  ///
  /// The keys document is kept before it is sent, so that whatever was lost on the way, asking
  /// again with the same passphrase asks for the very same account. With an account already, it
  /// puts the same keys on another or an empty server.
  package func register(_ registration: Registration) async throws -> RegistrationOutcome {
    let conversation = conversation(with: registration.server)
    return try await conversation.closing { try await register(registration, $0) }
  }

  /// The recovery code was shown and need not be kept any more.
  package func recoveryCodeWasShown() throws {
    try store.setSetting(.pendingRegistration, nil)
  }

  private func register(
    _ registration: Registration, _ conversation: ServerConversation
  ) async throws -> RegistrationOutcome {
    _ = try await conversation.call(.server, as: ServerInfo.self)
    let login = Login(
      conversation: conversation, accountName: registration.accountName, policy: policy)
    let (ring, root, code) = try await keys(for: registration, login)
    try store.verifyWritable()
    do {
      try await conversation.perform(
        .createAccount,
        CreateAccountRequest(
          name: registration.accountName, invite: registration.invite, keys: ring.document))
    } catch let failure as SyncFailure where failure.problem == .malformed {
      // Of all that was sent, only the name is a person's choice.
      throw SyncFailure(.nameInvalid, detail: failure.detail, cause: failure)
    }
    let old = try store.readableServerLink()
    let present = try store.installation
    // Who was logged out may have been copied since, and the copy register too; who was revoked is
    // revoked for good. Whoever asks again while logged in stays who it is.
    let isLoggedIn = try await isLoggedIn(old, to: registration.server, conversation)
    let replaced = try isLoggedIn ? nil : DeviceRecord.replacedByLogin(store)
    let installation = try replaced == nil ? present : store.newInstallation()
    let session = try await login.createSession(nil, installation: installation, root: root)
    let link = ServerLink(
      server: registration.server.address,
      fingerprint: registration.server.fingerprint?.description,
      accountName: registration.accountName, token: session.token, keys: ring.document,
      installation: installation,
      isNewServer: old?.server != registration.server.address)
    if isLoggedIn {
      try store.setServerLink(link)
    } else {
      try store.logIn(link, as: installation, instead: replaced)
    }
    return RegistrationOutcome(
      link: link, recoveryCode: code, isOwnLogin: installation != present)
  }

  private func isLoggedIn(
    _ link: ServerLink?, to server: Server, _ conversation: ServerConversation
  ) async throws -> Bool {
    guard let link, let token = link.token, !link.sharesLogin, link.server == server.address
    else { return false }
    let isAlive: Bool
    await conversation.setToken(token)
    do {
      _ = try await conversation.call(.getKeys, as: KeysDocument.self)
      isAlive = true
    } catch let failure as SyncFailure where failure.code == .sessionEnded {
      isAlive = false
    }
    await conversation.setToken(nil)
    return isAlive
  }

  /// The keys to register with: those of before, if there are any.
  private func keys(
    for registration: Registration, _ login: Login
  ) async throws -> (KeyRing, RootKey, RecoveryCode?) {
    let secret = Secret.passphrase(registration.passphrase)
    let account = try store.account
    let pending = try store.decodedSetting(.pendingRegistration, as: PendingRegistration.self)
      .flatMap { $0.keys.account == account.description ? $0 : nil }
    if let link = try store.readableServerLink(), link.keys.account == account.description {
      let root = try root(of: secret, for: link.keys)
      let ring = try SyncFailure.mappingKeys { try KeyRing(unlocking: link.keys, with: root) }
      let isUnseen = pending.map { $0.keys == link.keys } ?? false
      return (ring, root, isUnseen ? pending.flatMap { try? .init(parsing: $0.recoveryCode) } : nil)
    }
    if let pending, let code = try? RecoveryCode(parsing: pending.recoveryCode) {
      let root = try root(of: secret, for: pending.keys)
      if let ring = try? KeyRing(unlocking: pending.keys, with: root) { return (ring, root, code) }
      // Another passphrase than last time: fine, unless last time did reach the server.
      guard try await login.challenge().account != account else { throw SyncFailure(.loginFailed) }
    }
    return try newKeys(registration.passphrase, account)
  }

  private func newKeys(
    _ passphrase: Passphrase, _ account: AccountID
  ) throws -> (KeyRing, RootKey, RecoveryCode?) {
    var generator = EnvironmentRandomness(bytes: environment.randomBytes)
    let code = RecoveryCode.random(using: &generator)
    let (ring, root) = try SyncFailure.mappingKeys {
      let root = try RootKey(
        passphrase: passphrase, account: account,
        salt: environment.randomBytes(RootKey.saltCount), parameters: policy.preferred,
        policy: policy)
      let ring = try KeyRing(
        making: try store.accountKey(), account: account, wrapping: root,
        and: RootKey(recoveryCode: code, account: account))
      return (ring, root)
    }
    try store.setEncodedSetting(
      .pendingRegistration, PendingRegistration(keys: ring.document, recoveryCode: code.text))
    return (ring, root, code)
  }
}

/// The environment's random bytes as a generator.
struct EnvironmentRandomness: RandomNumberGenerator {
  let bytes: @Sendable (Int) -> [UInt8]

  mutating func next() -> UInt64 {
    bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
