import JournalModel
package import JournalSealing
import JournalStore
package import OperationLog
import SyncProtocol

extension SyncClient {
  package enum LogoutOutcome: Hashable, Sendable {
    case ended
    /// This machine forgot its login; the server, which could not be told, still has it until
    /// another machine revokes it.
    case endedHereAlone
  }

  /// Ends this machine's session. The journal stays as it is.
  package func logOut() async throws -> LogoutOutcome {
    let link = try activeLink()
    try store.verifyWritable()
    let conversation = conversation(of: link)
    var outcome = LogoutOutcome.ended
    do {
      try await conversation.closing { _ = try await $0.perform(.deleteCurrentSession) }
    } catch let failure as SyncFailure where failure.code == .sessionEnded {
      // Ended already, which is what was asked for.
    } catch is SyncFailure {
      outcome = .endedHereAlone
    }
    try SyncFailure.noting {
      try store.updateServerLink { present in
        // Unless there is another login by now.
        if present.token == link.token { present.token = nil }
      }
    }
    return outcome
  }

  /// A client on a machine that is, or was, logged in to the account.
  package struct Installation: Hashable, Sendable {
    package var id: InstallationID
    /// The machine's name; `nil` if no sync has brought it yet.
    package var name: String?
    /// Unix time in milliseconds.
    package var lastSeen: Int64
    package var isCurrent: Bool
    package var isRevoked: Bool
    /// Whether it has no session: revoked, or logged out.
    package var isLoggedOut: Bool
  }

  /// The account's installations, the last seen first, but for those without a session
  /// whose place another has taken. Names come from the journal, for the server does not know them.
  package func devices() async throws -> [Installation] {
    let conversation = conversation(of: try activeLink())
    let list = try await explainingEndedSession(conversation) {
      try await $0.call(.listDevices, as: DeviceList.self)
    }
    let names = try DeviceRecord.namesByInstallation(in: store)
    let current = try DeviceRecord.current(in: store).compactMap { InstallationID($0.id.bytes) }
    let rehearsing = Set(
      list.devices.compactMap { InstallationID(hexadecimal: $0.id)?.rehearsing })
    let installations: [Installation] = list.devices.compactMap { device in
      InstallationID(hexadecimal: device.id).flatMap { id in
        let isLoggedOut = device.revoked || device.loggedOut ?? false
        let isSucceeded = isLoggedOut && names[id] != nil && !current.contains(id)
        if isSucceeded || rehearsing.contains(id) { return nil }
        return Installation(
          id: id, name: device.current ? environment.hostName : names[id],
          lastSeen: WallClock.clamped(device.lastSeen), isCurrent: device.current,
          isRevoked: device.revoked, isLoggedOut: isLoggedOut)
      }
    }
    let revoked = installations.filter { $0.isRevoked && !$0.isCurrent }
    try RevokedMachines.noteListed(revoked.map(\.id), in: store)
    return installations.sorted { ($0.lastSeen, $0.id) > ($1.lastSeen, $1.id) }
  }

  /// Ends an installation's session, and no more: it keeps what it held. Revoking oneself is
  /// logging out.
  package func revoke(_ installation: InstallationID) async throws {
    let conversation = conversation(of: try activeLink())
    try store.verifyWritable()
    do {
      _ = try await explainingEndedSession(conversation) {
        try await $0.perform(.deleteDevice(installation.description))
      }
    } catch let failure as SyncFailure where failure.problem == .notFound {
      throw SyncFailure(.noInstallation, cause: failure)
    }
    try SyncFailure.noting {
      if try installation == store.installation {
        try store.updateServerLink { $0.token = nil }
      } else {
        try RevokedMachines.noteRevokedHere(installation, in: store)
      }
    }
  }

  /// Replaces the passphrase; `current` is the old one or the recovery code, which stays good.
  ///
  /// - Returns: what somebody should know though it was done.
  /// - Throws: `SyncFailure`, with `.outcomeUnknown` where the server may have taken it.
  @discardableResult
  package func changePassphrase(
    current: Secret, to passphrase: Passphrase
  ) async throws -> [SyncWarning] {
    try await replaceKeys(
      preparingKeys(current: current) { account in
        try RootKey(
          passphrase: passphrase, account: account,
          salt: environment.randomBytes(RootKey.saltCount),
          parameters: policy.preferred, policy: policy)
      })
  }

  /// A recovery code that the server does not know yet. Whoever asked for it should have it before
  /// it does: an answer that is lost must not take the only code with it.
  package struct NewRecoveryCode: Sendable {
    package let code: RecoveryCode
    fileprivate let replacement: KeysReplacement
  }

  /// Makes a recovery code to take the place of the present one, which stays good until
  /// `replaceRecoveryCode`.
  package func makeRecoveryCode(current: Secret) async throws -> NewRecoveryCode {
    var generator = EnvironmentRandomness(bytes: environment.randomBytes)
    let code = RecoveryCode.random(using: &generator)
    let replacement = try await preparingKeys(current: current) { account in
      RootKey(recoveryCode: code, account: account)
    }
    return NewRecoveryCode(code: code, replacement: replacement)
  }

  /// Has the server take a new recovery code; the old one is good for nothing from then on.
  ///
  /// - Returns: what somebody should know though it was done.
  /// - Throws: `SyncFailure`, with `.outcomeUnknown` where the server may have taken it.
  @discardableResult
  package func replaceRecoveryCode(by new: NewRecoveryCode) async throws -> [SyncWarning] {
    try await replaceKeys(new.replacement)
  }

  /// Deletes the account and all that the server holds of it. The journal stays, without an
  /// account.
  package func deleteAccount(_ secret: Secret) async throws {
    let link = try activeLink()
    try store.verifyWritable()
    let conversation = conversation(of: link)
    try await explainingEndedSession(conversation) { conversation in
      let document = try await conversation.call(.getKeys, as: KeysDocument.self)
      let (root, _) = try unlock(document, with: secret, known: link.keys)
      let login = Login(
        conversation: conversation, accountName: link.accountName, policy: policy)
      let signed = try await login.sign(.deleteAccount, with: root)
      do {
        try await conversation.perform(
          .deleteAccount, DeleteAccountRequest(login: signed), isRepeatable: false)
      } catch let failure as SyncFailure where failure.isBrokenExchange {
        // A made-up account id says that it is gone.
        let found = try await SyncFailure.settling { try await login.challenge().account }
        guard found != root.account else { throw failure }
      }
    }
    try SyncFailure.noting {
      // At once: a journal without a link that remembers what was accepted has lost it.
      try store.forgetAcceptance(with: [.serverLink: nil, .pendingRegistration: nil])
    }
  }
}

/// Keys to take the place of the server's present ones, with one of the two secrets replaced.
private struct KeysReplacement: Sendable {
  let present: KeysDocument
  let next: KeysDocument
  /// Of a secret that the present ones know.
  let root: RootKey
  /// The present ones are older than what this journal knows.
  let isServerBehind: Bool
}

extension SyncClient {
  /// Replaces one of the two secrets in the newest keys that are known, here or there.
  private func preparingKeys(
    current: Secret, _ makeRoot: (AccountID) throws -> RootKey
  ) async throws -> KeysReplacement {
    let link = try activeLink()
    try store.verifyWritable()
    return try await explainingEndedSession(conversation(of: link)) { conversation in
      let present = try await conversation.call(.getKeys, as: KeysDocument.self)
      let (root, ring) = try unlock(present, with: current, known: link.keys)
      let isServerBehind = link.keys.isNewer(than: present)
      let next = try SyncFailure.mappingKeys {
        try (isServerBehind ? ownRing(link.keys) : ring)
          .replacing(with: try makeRoot(ring.account), over: present.version)
      }
      return KeysReplacement(
        present: present, next: next.document, root: root, isServerBehind: isServerBehind)
    }
  }

  private func replaceKeys(_ replacement: KeysReplacement) async throws -> [SyncWarning] {
    let link = try activeLink()
    try await explainingEndedSession(conversation(of: link)) { conversation in
      let login = Login(
        conversation: conversation, accountName: link.accountName, policy: policy)
      try await login.replaceKeys(
        replacement.present, by: replacement.next, signedWith: replacement.root)
    }
    var warnings: [SyncWarning] = replacement.isServerBehind ? [.keysPutBack] : []
    // From now on only the new secret is good, and whoever asked must get to know it.
    do { try keep(replacement.next) } catch is StoreError { warnings.append(.keysNotNoted) }
    return warnings
  }

  /// Opens the server's present document, and makes sure that it is this journal's.
  ///
  /// - Parameter known: what this journal has, to explain what does not open.
  private func unlock(
    _ document: KeysDocument, with secret: Secret, known: KeysDocument
  ) throws -> (RootKey, KeyRing) {
    try SyncFailure.mappingKeys {
      _ = try ownRing(document)
      let root = try root(of: secret, for: document)
      do {
        return (root, try KeyRing(unlocking: document, with: root))
      } catch KeysError.wrongSecret(let kind)
        where known.isNewer(than: document) && opens(secret, known)
      {
        throw SyncFailure(.secretOfNewerKeys, cause: KeysError.wrongSecret(kind))
      }
    }
  }

  /// Runs `body`; if the server does not know the session, finds out whether it still knows the
  /// account.
  func explainingEndedSession<Value: Sendable>(
    _ conversation: ServerConversation,
    _ body: (ServerConversation) async throws -> Value
  ) async throws -> Value {
    try await conversation.closing { conversation in
      do {
        return try await body(conversation)
      } catch let failure as SyncFailure where failure.code == .sessionEnded {
        throw await explained(failure, conversation)
      }
    }
  }

  private func explained(
    _ failure: SyncFailure, _ conversation: ServerConversation
  ) async -> SyncFailure {
    guard let link = try? store.serverLink(), let account = try? store.account,
      let answer = try? await Login(
        conversation: conversation, accountName: link.accountName, policy: policy
      ).challenge(),
      answer.account != account
    else { return failure }
    return SyncFailure(.accountMissing, detail: failure.detail, cause: failure)
  }
}

extension SyncFailure {
  /// What the server named, if it named something.
  var problem: ProblemType? { (cause as? ProblemDetails)?.problem }
}
