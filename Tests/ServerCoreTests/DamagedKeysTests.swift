import Foundation
import OperationLog
import ServerCore
import SyncProtocol
import Testing

@Suite struct DamagedKeysTests {
  @Test(arguments: StorageKind.allCases)
  func `nobody is told that a passphrase is wrong where the keys are damaged`(
    _ kind: StorageKind
  ) async throws {
    let (server, ada, session) = try await Self.account(kind)
    let login = try await server.signed(ada, .createSession)
    try await server.damageKeys()
    await #expect(throws: DamagedKeys.self) {
      try await server.accounts.createChallenge(ChallengeRequest(name: "ada"))
    }
    // More often than a wrong passphrase may be tried.
    for _ in 0..<50 {
      await #expect(throws: DamagedKeys.self) {
        try await server.accounts.createSession(
          CreateSessionRequest(login: login, installation: String(repeating: "ab", count: 16)),
          from: server.address)
      }
    }
    await #expect(throws: DamagedKeys.self) { try await server.accounts.keys(of: session) }
    #expect(try await server.exchange(SyncRequest(), session).answer.message.keysDamaged)

    #expect(try await server.giveBack(ada.keys, session) == .replaced)
    _ = try await server.logIn(ada)
  }

  @Test(arguments: StorageKind.allCases, Damage.allCases)
  func `they are taken back from a session that has the very same, and nothing else is`(
    _ kind: StorageKind, _ damage: Damage
  ) async throws {
    let (server, ada, session) = try await Self.account(kind)
    try await server.damageKeys(damage)
    var other = ada.keys
    other.passphraseLoginKey.bytes[0] ^= 1
    #expect(try await server.giveBack(other, session) == .keysChanged)
    other = ada.keys
    other.version = 2
    #expect(try await server.giveBack(other, session) == .keysChanged)
    for _ in 0..<2 {
      #expect(try await server.giveBack(ada.keys, session) == .replaced)
      #expect(try await server.accounts.keys(of: session) == ada.keys)
      #expect(try await !server.exchange(SyncRequest(), session).answer.areKeysDamaged)
    }
  }

  @Test(arguments: StorageKind.allCases)
  func `whole ones change by a signature alone`(_ kind: StorageKind) async throws {
    let (server, ada, session) = try await Self.account(kind)
    var other = ada.keys
    other.version = 2
    #expect(try await server.giveBack(other, session) == .keysChanged)
    #expect(try await server.accounts.keys(of: session) == ada.keys)
  }

  @Test(arguments: StorageKind.allCases)
  func `they come back by registering again, too, where no session is left`(
    _ kind: StorageKind
  ) async throws {
    let (server, ada, session) = try await Self.account(kind)
    try await server.accounts.deleteSession(session)
    try await server.damageKeys()
    #expect(try await server.giveBack(ada.keys, session) == .unauthorized)
    var other = ada
    other.keys.canary.bytes[0] ^= 1
    for invite in [nil, "no invite"] {
      #expect(
        try await server.accounts.createAccount(other.request(invite), from: server.address)
          == .inviteInvalid)
    }
    #expect(
      try await server.accounts.createAccount(ada.request(nil), from: server.address)
        == .existed(ada.id))
    _ = try await server.logIn(ada)
  }

  /// An account, and a session of it.
  private static func account(
    _ kind: StorageKind
  ) async throws -> (TestServer, Person, Session) {
    let server = try await TestServer(kind)
    let ada = try Person("ada")
    try await server.register(ada)
    return (server, ada, try await server.logIn(ada))
  }
}

/// What of a row the disk has changed.
enum Damage: CaseIterable {
  case document
  case version
  case checksum
}

extension TestServer {
  fileprivate func damageKeys(_ damage: Damage = .document) async throws {
    try await storage.write { transaction in
      for account in try transaction.accounts() {
        let keys = account.keys
        var json = keys.json
        json[40] ^= 1
        let damaged =
          switch damage {
          case .document:
            StoredKeys(version: keys.version, json: json, checksum: keys.checksum)
          case .version:
            StoredKeys(version: keys.version + 4, json: keys.json, checksum: keys.checksum)
          case .checksum:
            StoredKeys(version: keys.version, json: keys.json, checksum: keys.checksum ^ 1)
          }
        try transaction.setKeys(damaged, of: account.slot)
      }
    }
  }

  fileprivate func giveBack(
    _ keys: KeysDocument, _ session: Session
  ) async throws -> PutKeysOutcome {
    try await accounts.putKeys(
      PutKeysRequest(login: nil, replaces: keys.version, keys: keys), session: session,
      from: address)
  }
}
