import Foundation
import GRDB
import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@testable import ServerSQLite

/// Bits that turn in the file of a small server: whatever they belong to, nothing ends the program,
/// what is read is right or an error, and what is said to be well is.
///
/// With `EBB_THOROUGH=1` in the environment every bit of every byte that is not 0, otherwise some.
@Suite struct FlippedByteTests {
  @Test func `what a server reads of a damaged file is right, or damage is told`() async throws {
    let folder = try await Self.folder()
    let sound = try folder.databaseBytes()
    let expected = try await Self.contents(in: folder)
    let isThorough = ProcessInfo.processInfo.environment["EBB_THOROUGH"] == "1"
    var generator = SeededGenerator()
    let bits = sound.indices.filter { sound[$0] != 0 }.flatMap { place in
      (0..<8).map { (place: place, mask: UInt8(1) << $0) }
    }
    for (place, mask) in bits
    where isThorough || Int.random(in: 0..<200, using: &generator) == 0 {
      var damaged = sound
      damaged[place] ^= mask
      try folder.setDatabase(damaged)
      var at: String {
        "byte \(place): \(sound[place]) is \(damaged[place]) in \(Self.kept(damaged))"
      }
      do {
        let storage = try SQLiteStorage(folder: folder.path)
        defer { try? storage.close() }
        let isWell = await Self.findings { try await storage.check() }.isEmpty
        if isWell { #expect(try await Self.contents(of: storage) == expected, "\(at)") }
        let left = await Self.findings { try await storage.checkAndRepair().findings }
        #expect(!isWell || left.isEmpty, "\(at)")
        if left.isEmpty { #expect(try await Self.contents(of: storage) == expected, "\(at)") }
      } catch is StorageError {
      } catch {
        Issue.record(error, "\(at)")
      }
    }
  }

  /// In the row and in the index by which it is found.
  @Test func `a name that the disk has made another account's is found again`() async throws {
    let folder = try await Self.folder()
    let expected = try await Self.contents(in: folder)
    for place in try folder.places(of: Data(Self.names[0].utf8)) {
      try await Self.expectRepaired(folder, to: expected, flipping: place.lowerBound + 1, bit: 0)
    }
  }

  /// Each entry tells the types of its name and its row's number before them.
  @Test(arguments: 1...2, 0..<8)
  func `what an index says of an entry's types is made anew`(
    bytesBefore: Int, bit: Int
  ) async throws {
    let folder = try await Self.folder()
    let expected = try await Self.contents(in: folder)
    let sound = try folder.databaseBytes()
    let types = Data([3, 13 + 2 * 3, 9])
    let entry = try #require(sound.range(of: types + Data(Self.names[0].utf8)))
    try await Self.expectRepaired(
      folder, to: expected, flipping: entry.lowerBound + types.count - bytesBefore, bit: bit)
  }

  @Test(arguments: [
    "register.operation", "operation.held", "device.beyond", "device.gapless",
    "journal.operationCount", "journal.stateDigest", "installation.lastSeen", "account.createdAt",
  ])
  func `a value that is missing is made again, or read as before`(column: String) async throws {
    let folder = try await Self.folder()
    let expected = try await Self.contents(in: folder)
    let names = column.split(separator: ".")
    // As another schema, the table takes it.
    for (from, to) in [(" NOT NULL", " /*NULL*/ "), (" /*NULL*/ ", " NOT NULL")] {
      try await folder.executeInDatabase(
        """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(sql, '\(from)', '\(to)') WHERE name = '\(names[0])';
        """)
      if to == " NOT NULL" { break }
      try await folder.executeInDatabase("UPDATE \(names[0]) SET \(names[1]) = NULL")
    }
    let storage = try SQLiteStorage(folder: folder.path)
    defer { try? storage.close() }
    #expect(try await storage.check().contains { $0.contains("“\(column)”") })
    #expect(try await storage.checkAndRepair().findings == [])
    #expect(try await Self.contents(of: storage) == expected)
  }

  private static func expectRepaired(
    _ folder: TemporaryFolder, to expected: Contents, flipping place: Int, bit: Int
  ) async throws {
    let sound = try folder.databaseBytes()
    defer { #expect(throws: Never.self) { try folder.setDatabase(sound) } }
    var damaged = sound
    damaged[place] ^= 1 << bit
    try folder.setDatabase(damaged)
    let storage = try SQLiteStorage(folder: folder.path)
    defer { try? storage.close() }
    #expect(try await !storage.check().isEmpty)
    #expect(try await storage.checkAndRepair().findings == [])
    #expect(try await contents(of: storage) == expected)
  }

  /// Files of two runs differ, for secrets are in them: one that showed something is kept.
  private static func kept(_ database: Data) -> String {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("ebb-flipped-\(UUID().uuidString).sqlite")
    return (try? database.write(to: path)).map { path.path } ?? "no file"
  }

  /// To make the index anew would free the pages that its own are taken for.
  @Test func `an index that leads to pages of a table's is left, and the table too`() async throws {
    let folder = try await Self.folder()
    try await folder.executeInDatabase(
      """
      WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
      INSERT INTO operation (key, timestamp, digest, held, envelope)
      SELECT (1 << 40) + i, i, zeroblob(16), 1, randomblob(200) FROM n
      """)
    let operations = try await Self.operations(in: folder)
    var bytes = try folder.databaseBytes()
    let (index, table) = (
      try await Self.rootPage(of: "operation_live", in: folder),
      try await Self.rootPage(of: "operation", in: folder)
    )
    // Both are interior pages: the first cell begins with the number of its child.
    #expect(bytes[index] == 2 && bytes[table] == 5)
    let (from, to) = (Self.firstCell(at: table, in: bytes), Self.firstCell(at: index, in: bytes))
    bytes.replaceSubrange(to..<to + 4, with: Array(bytes[from..<from + 4]))
    try folder.setDatabase(bytes)
    let storage = try SQLiteStorage(folder: folder.path)
    let (corrections, findings) = try await storage.checkAndRepair()
    #expect(corrections == [] && !findings.isEmpty)
    try storage.close()
    #expect(try await Self.operations(in: folder) == operations)
  }

  private static func operations(in folder: TemporaryFolder) async throws -> [Data] {
    let queue = try DatabaseQueue(path: folder.databasePath)
    defer { try? queue.close() }
    return try await queue.read {
      try Data.fetchAll($0, sql: "SELECT envelope FROM operation NOT INDEXED ORDER BY key")
    }
  }

  /// Where in the file the page begins.
  private static func rootPage(of name: String, in folder: TemporaryFolder) async throws -> Int {
    let queue = try DatabaseQueue(path: folder.databasePath)
    defer { try? queue.close() }
    return try await queue.read { database in
      let page = try Int.fetchOne(
        database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [name])
      return (try #require(page) - 1) * 4096
    }
  }

  private static func firstCell(at page: Int, in bytes: Data) -> Int {
    page + (Int(bytes[page + 12]) << 8 | Int(bytes[page + 13]))
  }

  /// A storage that cannot go on says why.
  private static func findings(_ find: () async throws -> [String]) async -> [String] {
    do { return try await find() } catch let error as StorageError { return [error.message] } catch
    {
      Issue.record(error)
      return ["\(error)"]
    }
  }

  /// What cannot be had again from a machine or with a passphrase: not a session, and not a checksum
  /// of which one bit has turned, which still vouches.
  private struct Contents: Equatable {
    var names: [String] = []
    var keys: [[UInt8]] = []
    var devices: [StoredDevice] = []
    var envelopes: [[UInt8]] = []
    var heldCounts: [Int] = []
    var digests: [StateDigest] = []
  }

  private static func contents(in folder: TemporaryFolder) async throws -> Contents {
    let storage = try SQLiteStorage(folder: folder.path)
    defer { try? storage.close() }
    return try await contents(of: storage)
  }

  private static func contents(of storage: SQLiteStorage) async throws -> Contents {
    try await storage.read { transaction in
      var contents = Contents()
      for name in names {
        guard let account = try transaction.account(named: name),
          try transaction.account(account.id) == account
        else { continue }
        contents.names.append("\(name) \(account.id)")
        contents.keys.append(account.keys.json)
        contents.devices += try transaction.devices(of: account.slot)
        for device in try transaction.devices(of: account.slot) {
          try transaction.forEachOperation(in: device.slot.keys, .all) { view in
            guard let operation = try transaction.operation(view.key) else { return true }
            contents.envelopes.append(operation.envelope)
            contents.heldCounts.append(operation.heldCount)
            return true
          }
        }
        if let journal = try transaction.journal(of: account.slot), journal.isSound {
          contents.digests.append(journal.stateDigest)
        }
      }
      return contents
    }
  }
}

// Two accounts, of which one bit of a name makes the other's, each with operations.
extension FlippedByteTests {
  private static let names = ["eva", "ewa"]

  private static func folder() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let storage = try SQLiteStorage(folder: folder.path)
    for (number, name) in names.enumerated() {
      let account = try #require(AccountID(Array(repeating: UInt8(40 + number), count: 16)))
      let installation = try #require(
        InstallationID(Array(repeating: UInt8(60 + number), count: 16)))
      try await storage.write { transaction in
        let slot = try transaction.addAccount(
          account, name: name, keys: .sample(of: account), createdAt: 1)
        try transaction.setInstallation(
          StoredInstallation(
            account: slot, accountID: account, id: installation,
            token: SecretHash(of: token(number)), lastSeen: .max, isRevoked: false))
      }
      try await push(operations(of: account), token: token(number), to: storage)
    }
    try storage.close()
    try await folder.executeInDatabase("")
    return folder
  }

  /// The bytes of a session's token.
  private static func token(_ number: Int) -> [UInt8] {
    Array(repeating: UInt8(number), count: 32)
  }

  /// Of two devices; some hold a register, one is an erase.
  private static func operations(of account: AccountID) -> [Envelope] {
    let make = SampleOperations(account: account)
    let first = make.envelope(device: 1, sequence: 1, milliseconds: 1, tags: [1, 2])
    return [
      first,
      make.envelope(device: 1, sequence: 2, milliseconds: 2, tags: [1]),
      make.envelope(device: 2, sequence: 1, milliseconds: 3, tags: [2, 3], byteCount: 5000),
      make.envelope(device: 2, sequence: 2, milliseconds: 4, erased: [first.asErased]),
    ]
  }

  private static func push(
    _ operations: [Envelope], token: [UInt8], to storage: SQLiteStorage
  ) async throws {
    let news = News()
    let accounts = try await AccountService(
      storage: storage, news: news, acceptsServerName: { _ in true })
    let text = Data(token).base64EncodedString().filter { $0 != "=" }
      .replacing("+", with: "-").replacing("/", with: "_")
    let session = try #require(try await accounts.authorize(token: text))
    var request = SyncRequest()
    request.operations = operations.map(PushedOperation.init)
    guard
      case .answer(let answer) = try await SyncService(storage: storage, news: news)
        .sync(request, session: session)
    else { throw StorageError(.other, "no answer") }
    #expect(answer.refusals.isEmpty)
  }
}
