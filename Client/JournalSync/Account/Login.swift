import JournalSealing
import OperationLog
import SyncProtocol

/// Asking for a challenge and answering it.
struct Login {
  let conversation: ServerConversation
  let accountName: String
  let policy: DerivationPolicy

  /// What the server says this account's secrets are derived with. For a name it does not know
  /// it makes something up.
  func challenge() async throws -> (challenge: ChallengeResponse, account: AccountID) {
    let challenge = try await conversation.call(
      .createChallenge, ChallengeRequest(name: accountName), as: ChallengeResponse.self)
    guard let account = AccountID(hexadecimal: challenge.account) else {
      throw SyncFailure(.malformedAnswer, detail: "its account id is none")
    }
    return (challenge, account)
  }

  func root(
    of secret: SyncClient.Secret, _ challenge: ChallengeResponse, account: AccountID
  ) throws -> RootKey {
    try SyncFailure.mappingKeys {
      try SyncClient.root(
        of: secret, account: account, salt: challenge.salt.bytes,
        parameters: challenge.parameters, policy: policy)
    }
  }

  /// Signs a fresh challenge.
  func sign(
    _ purpose: LoginSignature.Purpose, with root: RootKey
  ) async throws -> SignedChallenge {
    let (challenge, account) = try await challenge()
    guard account == root.account else { throw SyncFailure(.loginFailed) }
    return try sign(challenge, purpose, with: root)
  }

  func sign(
    _ challenge: ChallengeResponse, _ purpose: LoginSignature.Purpose, with root: RootKey
  ) throws -> SignedChallenge {
    try SyncFailure.mappingKeys {
      try root.loginKey.sign(
        challenge.challenge.bytes, purpose: purpose, serverName: conversation.server.serverName)
    }
  }

  /// Logs an installation in. A challenge is good for once, so a lost answer costs a new one.
  ///
  /// - Parameter challenge: one at hand already, for the first attempt.
  func createSession(
    _ challenge: ChallengeResponse?, installation: InstallationID, root: RootKey
  ) async throws -> CreateSessionResponse {
    var login =
      if let challenge {
        try sign(challenge, .createSession, with: root)
      } else {
        try await sign(.createSession, with: root)
      }
    var attempt = 1
    while true {
      do {
        return try await conversation.call(
          .createSession,
          CreateSessionRequest(login: login, installation: installation.description),
          as: CreateSessionResponse.self, isRepeatable: false)
      } catch let failure as SyncFailure
        where failure.code == .unreachable && failure.isBrokenExchange
        && attempt < ServerConversation.attemptsMax
      {
        attempt += 1
        login = try await sign(.createSession, with: root)
      }
    }
  }
}

extension SyncClient {
  static func root(
    of secret: Secret, account: AccountID, salt: [UInt8], parameters: DerivationParameters,
    policy: DerivationPolicy
  ) throws -> RootKey {
    switch secret {
    case .passphrase(let passphrase):
      try RootKey(
        passphrase: passphrase, account: account, salt: salt, parameters: parameters,
        policy: policy)
    case .recoveryCode(let code): RootKey(recoveryCode: code, account: account)
    }
  }

  func root(of secret: Secret, for document: KeysDocument) throws -> RootKey {
    guard let account = AccountID(hexadecimal: document.account) else {
      throw SyncFailure(.keysRefused)
    }
    return try SyncFailure.mappingKeys {
      try Self.root(
        of: secret, account: account, salt: document.salt.bytes, parameters: document.parameters,
        policy: policy)
    }
  }
}

extension SyncFailure {
  /// The request was under way when the connection broke: it may have been done.
  var isBrokenExchange: Bool {
    (cause as? ConnectionFailure)?.stage == .exchanging
  }

  /// Asks the server whether it did what was under way when the connection broke.
  static func settling<Value>(_ ask: () async throws -> Value) async throws -> Value {
    do {
      return try await ask()
    } catch let failure as SyncFailure where failure.code != .sessionEnded {
      throw SyncFailure(.outcomeUnknown, cause: failure)
    }
  }

  static func mappingKeys<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as KeysError {
      throw SyncFailure(error)
    }
  }

  private init(_ error: KeysError) {
    switch error {
    case .wrongSecret: self.init(.loginFailed, cause: error)
    case .weakParameters:
      self.init(
        .keysRefused, detail: "the server asks for a weaker key than Ebb makes", cause: error)
    case .excessiveParameters, .impossibleParameters:
      self.init(
        .keysRefused, detail: "the server asks for a key that cannot be made", cause: error)
    case .malformedDocument, .otherAccount, .wrongAccountKey:
      self.init(.keysRefused, detail: "they do not open this account", cause: error)
    case .derivationFailed:
      self.init(.keysRefused, detail: "there was not enough memory to make the key", cause: error)
    }
  }
}
