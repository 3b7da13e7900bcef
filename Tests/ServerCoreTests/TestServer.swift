import Crypto
import Foundation
import OperationLog
import ServerCore
import ServerSQLite
import SwiftProtobuf
import Synchronization
import SyncProtocol
import TestSupport
import Testing

/// The storages that pass the same tests.
enum StorageKind: CaseIterable, Sendable {
  case inMemory
  case sqlite
}

/// The rules over a storage, with a clock and randomness that the test owns.
final class TestServer: Sendable {
  let storage: any Storage
  let clock = ManualClock()
  let news = News()
  let accounts: AccountService
  let sync: SyncService
  let address = ClientAddress("192.0.2.1")
  private let folder: TemporaryFolder?
  private let installationNumber = Mutex(0)

  convenience init(_ kind: StorageKind, limits: ServerLimits = ServerLimits()) async throws {
    let folder = try TemporaryFolder()
    let storage: any Storage =
      switch kind {
      case .inMemory: InMemoryStorage()
      case .sqlite: try SQLiteStorage(folder: folder.path)
      }
    try await self.init(over: storage, folder: folder, limits: limits)
  }

  /// - Parameter folder: where the storage lies, kept for as long as the server is there.
  init(
    over storage: any Storage, folder: TemporaryFolder? = nil,
    limits: ServerLimits = ServerLimits()
  ) async throws {
    self.folder = folder
    self.storage = storage
    accounts = try await AccountService(
      storage: storage, news: news, clock: clock,
      acceptsServerName: { $0 == TestServer.name })
    sync = SyncService(storage: storage, news: news, clock: clock, limits: limits)
  }

  static let name = "server.example"

  func register(_ person: Person) async throws {
    let invite = try await accounts.createInvite()
    let outcome = try await accounts.createAccount(person.request(invite.code), from: address)
    #expect(outcome == .created(person.id))
  }

  func signed(
    _ person: Person, _ purpose: LoginSignature.Purpose, key: LoginKeyKind = .passphrase,
    serverName: String = TestServer.name
  ) async throws -> SignedChallenge {
    let challenge = try await accounts.createChallenge(ChallengeRequest(name: person.name))
    return try person.sign(challenge, purpose, key: key, serverName: serverName)
  }

  func logIn(_ person: Person, as installation: InstallationID? = nil) async throws -> Session {
    let installation = try installation ?? nextInstallation()
    let outcome = try await accounts.createSession(
      CreateSessionRequest(
        login: try await signed(person, .createSession), installation: installation.description),
      from: address)
    guard case .created(let response) = outcome else {
      throw Unexpected(what: "\(outcome)")
    }
    return try #require(try await accounts.authorize(token: response.token))
  }

  /// A new account and a session of it.
  func session(_ name: String = "ada") async throws -> Session {
    let person = try Person(name)
    try await register(person)
    return try await logIn(person)
  }

  private func nextInstallation() throws -> InstallationID {
    let number = installationNumber.withLock { number in
      number += 1
      return number
    }
    return try #require(InstallationID(Array(repeating: UInt8(number), count: 16)))
  }
}

struct Unexpected: Error {
  let what: String
}

/// Somebody with an account's keys.
struct Person: Sendable {
  let name: String
  let id: AccountID
  var keys: KeysDocument
  private let passphraseKey = Curve25519.Signing.PrivateKey()
  private let recoveryKey = Curve25519.Signing.PrivateKey()

  init(_ name: String) throws {
    self.name = name
    var generator = SeededGenerator()
    let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    id = try #require(AccountID(bytes))
    keys = KeysDocument(
      version: 1, account: id.description, salt: Base64Bytes(Array(bytes.reversed())),
      parameters: .standard,
      passphraseLoginKey: Base64Bytes(Array(passphraseKey.publicKey.rawRepresentation)),
      recoveryLoginKey: Base64Bytes(Array(recoveryKey.publicKey.rawRepresentation)),
      passphraseWrap: Base64Bytes(Array(repeating: 1, count: 60)),
      recoveryWrap: Base64Bytes(Array(repeating: 2, count: 60)),
      canary: Base64Bytes(Array(repeating: 3, count: 48)))
  }

  func request(_ invite: String?) -> CreateAccountRequest {
    CreateAccountRequest(name: name, invite: invite, keys: keys)
  }

  func sign(
    _ challenge: ChallengeResponse, _ purpose: LoginSignature.Purpose,
    key: LoginKeyKind = .passphrase, serverName: String = TestServer.name
  ) throws -> SignedChallenge {
    let message = LoginSignature.message(
      purpose: purpose, serverName: serverName,
      account: try #require(Hexadecimal.bytes(challenge.account)),
      challenge: challenge.challenge.bytes)
    let privateKey = key == .passphrase ? passphraseKey : recoveryKey
    return SignedChallenge(
      account: challenge.account, challenge: challenge.challenge, serverName: serverName,
      key: key, signature: Base64Bytes(Array(try privateKey.signature(for: message))))
  }
}

extension TestServer {
  /// Syncs and reads the answer as a client does: from its bytes.
  func exchange(_ request: SyncRequest, _ session: Session) async throws -> Exchange {
    guard case .answer(let answer) = try await sync.sync(request, session: session) else {
      throw Unexpected(what: "no answer")
    }
    return try Exchange(answer, account: session.account)
  }

  func push(
    _ envelopes: [Envelope], rebuild: Bool = false, _ session: Session
  ) async throws -> Exchange {
    var request = SyncRequest()
    request.operations = envelopes.map(PushedOperation.init)
    request.rebuild = rebuild
    request.pushOnly = true
    return try await exchange(request, session)
  }

  /// All beyond `have`, page after page.
  func pullAll(
    have: [KnownDevice] = [], live: Bool = false, _ session: Session,
    afterPage: (Int) async throws -> Void = { _ in }
  ) async throws -> [Exchange] {
    var request = SyncRequest()
    request.have = have
    request.live = live
    var pages = [try await exchange(request, session)]
    while let token = pages.last?.answer.token, !token.isEmpty {
      try await afterPage(pages.count)
      var request = SyncRequest()
      request.token = token
      pages.append(try await exchange(request, session))
    }
    return pages
  }
}

/// An answer, and its operations as they were read back from the wire.
struct Exchange {
  let answer: SyncAnswer
  let operations: [Envelope]
  /// As the answer names them on the wire.
  let damaged: [OperationID]

  init(_ answer: SyncAnswer, account: AccountID) throws {
    self.answer = answer
    let body: [UInt8] = answer.operationBytes + (try answer.message.serializedBytes())
    let message = try WireSyncResponse(serializedBytes: body)
    damaged = message.damaged.map {
      OperationID(device: DeviceID(rawValue: $0.device), sequence: Sequence($0.sequence))
    }
    operations = try message.operations.map { try #require(Envelope($0, account: account)) }
    #expect(operations.count == answer.operationCount)
    #expect(message.stateDigest == Data(answer.stateDigest.bytes))
  }

  var ids: [OperationID] { operations.map(\.header.id) }

  var reasons: [Refusal.Reason] { answer.refusals.map(\.reason) }
}
