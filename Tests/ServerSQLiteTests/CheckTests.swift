import Foundation
import GRDB
import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@testable import ServerSQLite

@Suite struct CheckTests {
  @Test func `a sound database has no findings`() async throws {
    let folder = try await Self.folder()
    let storage = try SQLiteStorage(folder: folder.path)
    #expect(try await storage.check() == [])
  }

  @Test(arguments: [
    "UPDATE register SET operation = operation + 1 WHERE tag = (SELECT min(tag) FROM register)",
    "DELETE FROM register WHERE tag = (SELECT min(tag) FROM register)",
    "UPDATE operation SET held = held + 1",
    "DELETE FROM operation WHERE key = (SELECT max(key) FROM operation)",
    "UPDATE operation SET digest = zeroblob(16)",
    "UPDATE operation SET envelope = x'00'",
    "UPDATE operation SET timestamp = timestamp + 1",
    "UPDATE device SET gapless = gapless + 1",
    "UPDATE journal SET stateDigest = zeroblob(32)",
    "UPDATE journal SET byteCount = byteCount + 1",
    "PRAGMA foreign_keys = OFF; DELETE FROM account",
  ])
  func `whatever does not fit the operations is found`(_ damage: String) async throws {
    let folder = try await Self.folder()
    let queue = try DatabaseQueue(path: folder.path + "/server.sqlite")
    try await queue.writeWithoutTransaction { try $0.execute(sql: damage) }
    try queue.close()
    let storage = try SQLiteStorage(folder: folder.path)
    #expect(try await !storage.check().isEmpty)
  }

  /// Each bit that the disk may turn is one of something that is checked.
  @Test func `operations that the disk has changed are told once, and forgotten`() async throws {
    let folder = try await Self.folder()
    let queue = try DatabaseQueue(path: folder.path + "/server.sqlite")
    try await queue.write { database in
      let envelope = try #require(
        try Data.fetchOne(database, sql: "SELECT envelope FROM operation ORDER BY key LIMIT 1"))
      for position in envelope.indices {
        var damaged = envelope
        damaged[position] ^= 1 << (position % 8)
        try database.execute(
          sql: "UPDATE operation SET envelope = ? WHERE key = (SELECT min(key) FROM operation)",
          arguments: [damaged])
        #expect(try JournalCheck.findings(in: SQLiteTransaction(database)) != [], "\(position)")
      }
    }
    try queue.close()
    let storage = try SQLiteStorage(folder: folder.path)
    let findings = try await storage.check()
    #expect(findings.count == 1)
    #expect(findings.first?.contains("1 operation was damaged on the disk") == true)
    #expect(findings.first?.contains("the next sync of a machine that has it") == true)
    #expect(try await storage.check() == [])
    #expect(
      try await storage.read { try $0.devices(of: $0.accounts()[0].slot) }.map(\.sequences) == [
        KnownSequences(gapless: .none, beyond: [Sequence(2)...Sequence(2)]),
        KnownSequences(gapless: Sequence(1)),
      ])
  }

  @Test func `a database from before there were checksums gets them`() async throws {
    let folder = try await Self.folder()
    let path = folder.path + "/server.sqlite"
    let queue = try DatabaseQueue(path: path)
    try await queue.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          ALTER TABLE operation DROP COLUMN checksum;
          DELETE FROM grdb_migrations WHERE identifier LIKE '2%';
          PRAGMA user_version = 1;
          """)
    }
    try queue.close()
    let storage = try SQLiteStorage(folder: folder.path)
    #expect(try await storage.check() == [])
    try storage.close()
    let again = try DatabaseQueue(path: path)
    try await again.writeWithoutTransaction { database in
      try database.execute(sql: "UPDATE operation SET envelope = zeroblob(100)")
    }
    try again.close()
    #expect(try await SQLiteStorage(folder: folder.path).check().count == 1)
  }

  /// The data folder of a closed server that holds three operations on two registers.
  private static func folder() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let storage = try SQLiteStorage(folder: folder.path)
    let account = try #require(AccountID(Array(repeating: 9, count: 16)))
    let installation = try #require(InstallationID(Array(repeating: 8, count: 16)))
    try await storage.write { transaction in
      let slot = try transaction.addAccount(
        account, name: "ada", keys: StoredKeys(version: 1, json: []), createdAt: 0)
      try transaction.setInstallation(
        StoredInstallation(
          account: slot, accountID: account, id: installation,
          token: SecretHash(of: Self.token), lastSeen: .max, isRevoked: false))
    }
    try await push(to: storage, account)
    try storage.close()
    return folder
  }

  private static let token = Array(repeating: 0, count: 32) as [UInt8]

  private static func push(to storage: SQLiteStorage, _ account: AccountID) async throws {
    let news = News()
    let accounts = try await AccountService(
      storage: storage, news: news, acceptsServerName: { _ in true })
    let session = try #require(
      try await accounts.authorize(token: String(repeating: "A", count: 43)))
    let make = SampleOperations(account: account)
    var request = SyncRequest()
    request.operations = [
      make.envelope(device: 1, sequence: 1, milliseconds: 1, tags: [1, 2]),
      make.envelope(device: 1, sequence: 2, milliseconds: 2, tags: [1]),
      make.envelope(device: 2, sequence: 1, milliseconds: 3, tags: [2]),
    ].map(PushedOperation.init)
    guard
      case .answer(let answer) = try await SyncService(storage: storage, news: news)
        .sync(request, session: session)
    else { throw StorageError(.other, "no answer") }
    #expect(answer.refusals.isEmpty)
  }
}
