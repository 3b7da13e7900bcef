import Foundation
import GRDB
import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@testable import ServerSQLite

/// What is found by its name or id lies in a row and in an index; the disk may change either.
@Suite struct LookupDamageTests {
  @Test(arguments: [Data(accountBytes), Data(name.utf8)])
  func `an account of which the disk has changed name or id is named, and found again`(
    _ bytes: Data
  ) async throws {
    let folder = try await Self.folder()
    let sound = try Self.file(in: folder)
    for position in try Self.places(of: bytes, in: sound).flatMap({
      [$0.lowerBound, $0.upperBound - 1]
    }) {
      var damaged = sound
      damaged[position] ^= 1
      try Self.setFile(damaged, in: folder)
      let storage = try SQLiteStorage(folder: folder.path)
      let found = try await storage.check()
      #expect(found.count == 1 && found[0].contains("the right passphrase may be called wrong"))
      try await Self.expectRepaired(storage)
      try storage.close()
    }
  }

  /// A file that was written anew since has the change everywhere.
  @Test func `an account's id is known from its keys document, too`() async throws {
    let folder = try await Self.folder()
    try await Self.execute("UPDATE account SET id = zeroblob(16)", in: folder)
    try await Self.expectRepaired(SQLiteStorage(folder: folder.path))
  }

  @Test func `where only their checksum was damaged, name and id stay`() async throws {
    let folder = try await Self.folder()
    try await Self.execute("UPDATE account SET nameChecksum = 1", in: folder)
    try await Self.expectRepaired(SQLiteStorage(folder: folder.path))
  }

  @Test func `a name of which nothing tells what it was is named and left`() async throws {
    let folder = try await Self.folder()
    try await Self.execute("UPDATE account SET nameChecksum = 1", in: folder)
    var bytes = try Self.file(in: folder)
    let name = try #require(bytes.range(of: Data(Self.name.utf8)))
    bytes[name.lowerBound] ^= 1
    try Self.setFile(bytes, in: folder)
    let (corrections, findings) = try await SQLiteStorage(folder: folder.path).checkAndRepair()
    #expect(corrections == [])
    #expect(findings.count == 1 && findings[0].contains("nothing tells what they were"))
  }

  /// Such a server's database had no checksum of names.
  @Test func `a server of before vouches for no name that the disk had changed`() async throws {
    let folder = try await Self.folder()
    try await Self.execute(
      """
      ALTER TABLE account DROP COLUMN nameChecksum;
      DELETE FROM grdb_migrations WHERE identifier LIKE '4:%';
      PRAGMA user_version = 3;
      """, in: folder)
    let sound = try Self.file(in: folder)
    for place in try Self.places(of: Data(Self.name.utf8), in: sound) {
      var damaged = sound
      damaged[place.lowerBound] ^= 1
      try Self.setFile(damaged, in: folder)
      let storage = try SQLiteStorage(folder: folder.path)
      let (corrections, findings) = try await storage.checkAndRepair()
      #expect(corrections == [])
      #expect(findings.count == 1 && findings[0].contains("nothing tells what they were"))
      try storage.close()
    }
    try Self.setFile(sound, in: folder)
    #expect(try await SQLiteStorage(folder: folder.path).check() == [])
  }

  @Test func `any other index that does not fit its table is made anew`() async throws {
    let folder = try await Self.folder()
    var bytes = try Self.file(in: folder)
    let token = try #require(bytes.range(of: Data(Self.token.bytes)))
    bytes[token.lowerBound] ^= 1
    try Self.setFile(bytes, in: folder)
    let storage = try SQLiteStorage(folder: folder.path)
    #expect(try await storage.check().map { $0.contains("“installation”") } == [true])
    let (corrections, findings) = try await storage.checkAndRepair()
    #expect(corrections.count == 1 && findings == [])
  }

  private static func expectRepaired(_ storage: SQLiteStorage) async throws {
    let (corrections, findings) = try await storage.checkAndRepair()
    #expect(corrections.count == 1 && findings == [])
    #expect(try await storage.checkAndRepair().corrections == [])
    let id = try #require(AccountID(accountBytes))
    let (byName, byID) = try await storage.read { transaction in
      (try transaction.account(named: name), try transaction.account(id))
    }
    #expect(byName?.id == id && byID == byName)
  }
}

// A server with one account, and one installation of it.
extension LookupDamageTests {
  private static let accountBytes = Array(160..<176) as [UInt8]
  private static let name = "ada of the river"
  private static let token = SecretHash(of: [7])

  /// The data folder of a closed server; its database is one file.
  private static func folder() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let storage = try SQLiteStorage(folder: folder.path)
    let account = try #require(AccountID(accountBytes))
    let installation = try #require(InstallationID(Array(repeating: 8, count: 16)))
    let document = KeysDocument(
      version: 1, account: account.description, salt: Base64Bytes(Array(repeating: 0, count: 16)),
      parameters: .standard,
      passphraseLoginKey: Base64Bytes(Array(repeating: 1, count: 32)),
      recoveryLoginKey: Base64Bytes(Array(repeating: 2, count: 32)),
      passphraseWrap: Base64Bytes([3]), recoveryWrap: Base64Bytes([4]), canary: Base64Bytes([5]))
    let keys = StoredKeys(version: 1, json: Array(try JSONEncoder().encode(document)))
    try await storage.write { transaction in
      let slot = try transaction.addAccount(account, name: name, keys: keys, createdAt: 0)
      try transaction.setInstallation(
        StoredInstallation(
          account: slot, accountID: account, id: installation, token: token, lastSeen: 0,
          isRevoked: false))
    }
    try storage.close()
    try await execute("", in: folder)
    return folder
  }

  /// Leaves nothing of the database in its log.
  private static func execute(_ sql: String, in folder: TemporaryFolder) async throws {
    let queue = try DatabaseQueue(path: path(in: folder))
    try await queue.writeWithoutTransaction { database in
      try database.execute(sql: sql)
      try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try queue.close()
  }

  /// In the row and in the index. In the keys document the id is written in another way.
  private static func places(of bytes: Data, in file: Data) throws -> [Range<Data.Index>] {
    let first = try #require(file.range(of: bytes))
    let second = try #require(file.range(of: bytes, in: first.upperBound..<file.endIndex))
    return [first, second]
  }

  private static func file(in folder: TemporaryFolder) throws -> Data {
    try Data(contentsOf: URL(filePath: path(in: folder)))
  }

  private static func setFile(_ bytes: Data, in folder: TemporaryFolder) throws {
    for log in ["-wal", "-shm"].map({ path(in: folder) + $0 })
    where FileManager.default.fileExists(atPath: log) {
      try FileManager.default.removeItem(atPath: log)
    }
    try bytes.write(to: URL(filePath: path(in: folder)))
  }

  private static func path(in folder: TemporaryFolder) -> String {
    folder.path + "/server.sqlite"
  }
}
