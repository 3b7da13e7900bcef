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
    let sound = try folder.databaseBytes()
    for position in try folder.places(of: bytes).flatMap({
      [$0.lowerBound, $0.upperBound - 1]
    }) {
      var damaged = sound
      damaged[position] ^= 1
      try folder.setDatabase(damaged)
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
    try await folder.executeInDatabase("UPDATE account SET id = zeroblob(16)")
    try await Self.expectRepaired(SQLiteStorage(folder: folder.path))
  }

  @Test func `where only their checksum was damaged, name and id stay`() async throws {
    let folder = try await Self.folder()
    try await folder.executeInDatabase("UPDATE account SET nameChecksum = 1")
    try await Self.expectRepaired(SQLiteStorage(folder: folder.path))
  }

  @Test func `a name of which nothing tells what it was is named and left`() async throws {
    let folder = try await Self.folder()
    try await folder.executeInDatabase("UPDATE account SET nameChecksum = 1")
    var bytes = try folder.databaseBytes()
    let name = try #require(bytes.range(of: Data(Self.name.utf8)))
    bytes[name.lowerBound] ^= 1
    try folder.setDatabase(bytes)
    let (corrections, findings) = try await SQLiteStorage(folder: folder.path).checkAndRepair()
    #expect(corrections == [])
    #expect(findings.count == 1 && findings[0].contains("nothing tells what they were"))
  }

  /// Such a server's database had no checksum of names.
  @Test func `a server of before vouches for no name that the disk had changed`() async throws {
    let folder = try await Self.folder()
    try await folder.executeInDatabase(
      """
      ALTER TABLE account DROP COLUMN nameChecksum;
      DELETE FROM grdb_migrations WHERE identifier LIKE '4:%';
      PRAGMA user_version = 3;
      """)
    let sound = try folder.databaseBytes()
    for place in try folder.places(of: Data(Self.name.utf8)) {
      var damaged = sound
      damaged[place.lowerBound] ^= 1
      try folder.setDatabase(damaged)
      let storage = try SQLiteStorage(folder: folder.path)
      let (corrections, findings) = try await storage.checkAndRepair()
      #expect(corrections == [])
      #expect(findings.count == 1 && findings[0].contains("nothing tells what they were"))
      try storage.close()
    }
    try folder.setDatabase(sound)
    #expect(try await SQLiteStorage(folder: folder.path).check() == [])
  }

  @Test func `any other index that does not fit its table is made anew`() async throws {
    let folder = try await Self.folder()
    var bytes = try folder.databaseBytes()
    let token = try #require(bytes.range(of: Data(Self.token.bytes)))
    bytes[token.lowerBound] ^= 1
    try folder.setDatabase(bytes)
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
    let keys = try StoredKeys.sample(of: account)
    try await storage.write { transaction in
      let slot = try transaction.addAccount(account, name: name, keys: keys, createdAt: 0)
      try transaction.setInstallation(
        StoredInstallation(
          account: slot, accountID: account, id: installation, token: token, lastSeen: 0,
          isRevoked: false))
    }
    try storage.close()
    try await folder.executeInDatabase("")
    return folder
  }
}
