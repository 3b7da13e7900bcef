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
  @Test func `operations that the disk has changed are set aside, and named each time`()
    async throws
  {
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
    #expect(findings.first?.contains("1 operation is damaged on the disk") == true)
    #expect(findings.first?.contains("the next sync of a machine that has it") == true)
    #expect(try await storage.check() == findings)
    #expect(
      try await storage.read { try $0.devices(of: $0.accounts()[0].slot) }.map(\.sequences) == [
        KnownSequences(gapless: .none, beyond: [Sequence(2)...Sequence(2)]),
        KnownSequences(gapless: Sequence(1)),
      ])
  }

  @Test(arguments: [
    "UPDATE register SET operation = operation + 1 WHERE tag = (SELECT min(tag) FROM register)",
    "UPDATE register SET operation = 1 WHERE tag = (SELECT min(tag) FROM register)",
    "DELETE FROM register",
    "UPDATE operation SET held = held + 1",
    "UPDATE device SET gapless = gapless + 1",
    "UPDATE device SET gapless = 0",
    "UPDATE device SET gapless = -1",
    "UPDATE device SET beyond = x'ff'",
    "UPDATE device SET id = id + 77",
    "DELETE FROM device WHERE slot = (SELECT min(slot) FROM device)",
    "DELETE FROM device",
    "UPDATE journal SET stateDigest = zeroblob(32)",
    "UPDATE journal SET stateDigest = x'00'",
    "UPDATE journal SET byteCount = byteCount + 1",
    "UPDATE journal SET greatestTimestamp = greatestTimestamp | (1 << 60)",
    "DELETE FROM journal",
  ])
  func `what follows from the operations is made from them again`(
    _ damage: String
  ) async throws {
    let folder = try await Self.folder()
    let queue = try DatabaseQueue(path: folder.path + "/server.sqlite")
    let before = try await queue.read { try Self.rows($0) }
    try await queue.writeWithoutTransaction { try $0.execute(sql: damage) }
    try queue.close()
    let storage = try SQLiteStorage(folder: folder.path)
    let (corrections, findings) = try await storage.checkAndRepair()
    #expect(!corrections.isEmpty && findings == [])
    #expect(try await storage.checkAndRepair().corrections == [])
    try storage.close()
    let again = try DatabaseQueue(path: folder.path + "/server.sqlite")
    #expect(try await again.read { try Self.rows($0) } == before)
  }

  private static func rows(_ database: Database) throws -> [String] {
    try String.fetchAll(
      database,
      sql: """
        SELECT concat FROM (
          SELECT 'd' || slot || ' ' || account || ' ' || id || ' ' || gapless || hex(beyond)
            AS concat FROM device
          UNION ALL SELECT 'o' || key || ' ' || held || hex(envelope) FROM operation
          UNION ALL SELECT 'r' || account || hex(tag) || operation FROM register
          UNION ALL SELECT 'j' || operationCount || ' ' || byteCount || ' ' || hex(stateDigest)
            || greatestTimestamp || ' ' || erasedCount || ' ' || checksum FROM journal)
        ORDER BY concat
        """)
  }

  @Test func `a journal's row that the disk has changed is noticed when it is read`() async throws {
    let folder = try await Self.folder()
    let queue = try DatabaseQueue(path: folder.path + "/server.sqlite")
    try await queue.write { try $0.execute(sql: "UPDATE journal SET stateDigest = zeroblob(32)") }
    try queue.close()
    let storage = try SQLiteStorage(folder: folder.path)
    let answer = try await Self.sync(SyncRequest(), with: storage)
    #expect(answer.stateDigest != StateDigest() && answer.corrections.count == 1)
    #expect(try await storage.check() == [])
  }

  /// What has no row must not be mixed with what a new row gets.
  @Test func `a new device does not get the place of one that is not noted any more`()
    async throws
  {
    let folder = try await Self.folder()
    let queue = try DatabaseQueue(path: folder.path + "/server.sqlite")
    try await queue.write { try $0.execute(sql: "DELETE FROM device") }
    try queue.close()
    let storage = try SQLiteStorage(folder: folder.path)
    let make = SampleOperations(account: try #require(Self.account))
    var request = SyncRequest()
    request.operations = [PushedOperation(make.envelope(device: 3, sequence: 1, milliseconds: 4))]
    #expect(try await Self.sync(request, with: storage).refusals.isEmpty)
    // It holds a register that this one wants.
    request.operations = [
      PushedOperation(make.envelope(device: 3, sequence: 2, milliseconds: 5, tags: [1]))
    ]
    let answer = try await Self.sync(request, with: storage)
    #expect(answer.heads.map(\.sequences.gapless.rawValue) == [2, 1, 2])
    #expect(try await storage.check() == [])
  }

  @Test func `a keys document that the disk has changed is named`() async throws {
    let folder = try await Self.folder()
    let queue = try DatabaseQueue(path: folder.path + "/server.sqlite")
    try await queue.write { try $0.execute(sql: "UPDATE account SET keys = x'7b7d'") }
    try queue.close()
    let findings = try await SQLiteStorage(folder: folder.path).check()
    #expect(findings.count == 1 && findings.first?.contains("keys document") == true)
  }

  @Test func `a database from before there were checksums gets them`() async throws {
    let folder = try await Self.folder()
    let path = folder.path + "/server.sqlite"
    let queue = try DatabaseQueue(path: path)
    try await queue.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          ALTER TABLE operation DROP COLUMN checksum;
          ALTER TABLE journal DROP COLUMN checksum;
          ALTER TABLE account DROP COLUMN keysChecksum;
          ALTER TABLE account DROP COLUMN nameChecksum;
          DROP TABLE damaged;
          DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1%';
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
    let account = try #require(Self.account)
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

  private static let account = AccountID(Array(repeating: 9, count: 16))
  private static let token = Array(repeating: 0, count: 32) as [UInt8]

  private static func push(to storage: SQLiteStorage, _ account: AccountID) async throws {
    let make = SampleOperations(account: account)
    var request = SyncRequest()
    request.operations = [
      make.envelope(device: 1, sequence: 1, milliseconds: 1, tags: [1, 2]),
      make.envelope(device: 1, sequence: 2, milliseconds: 2, tags: [1]),
      make.envelope(device: 2, sequence: 1, milliseconds: 3, tags: [2]),
    ].map(PushedOperation.init)
    #expect(try await sync(request, with: storage).refusals.isEmpty)
  }

  private static func sync(
    _ request: SyncRequest, with storage: SQLiteStorage
  ) async throws -> SyncAnswer {
    let news = News()
    let accounts = try await AccountService(
      storage: storage, news: news, acceptsServerName: { _ in true })
    let session = try #require(
      try await accounts.authorize(token: String(repeating: "A", count: 43)))
    guard
      case .answer(let answer) = try await SyncService(storage: storage, news: news)
        .sync(request, session: session)
    else { throw StorageError(.other, "no answer") }
    return answer
  }
}
