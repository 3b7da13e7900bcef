import Foundation
import GRDB
import OperationLog
import ServerCore
import ServerSQLite
import TestSupport
import Testing

@Suite struct SQLiteStorageTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var databasePath: String { folder.path + "/server.sqlite" }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func `what was written is there after closing and opening`() async throws {
    let storage = try SQLiteStorage(folder: folder.path)
    try await storage.write { try $0.setValue([1, 2, 3], named: "a") }
    try storage.close()
    let again = try SQLiteStorage(folder: folder.path)
    #expect(try await again.read { try $0.value(named: "a") } == [1, 2, 3])
  }

  @Test func `a first start that was cut short before the tables were made is made up for`()
    async throws
  {
    try await DatabaseQueue(path: databasePath).write { database in
      try database.execute(
        sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    let storage = try SQLiteStorage(folder: folder.path)
    try await storage.write { try $0.setValue([1], named: "a") }
    #expect(try await storage.read { try $0.value(named: "a") } == [1])
  }

  @Test func `who has stopped leaves all in one file`() async throws {
    let storage = try SQLiteStorage(folder: folder.path)
    try await storage.write { try $0.setValue([1], named: "a") }
    _ = try await storage.read { try $0.value(named: "a") }
    try storage.close()
    let log = try? FileManager.default.attributesOfItem(atPath: databasePath + "-wal")
    #expect(log?[.size] as? Int ?? 0 == 0)
  }

  /// As after kill -9, when the log of the old one is still there.
  @Test func `a backup in the place of the database is what is served from then on`() async throws {
    let backup = folder.path + "/backup.sqlite"
    let (old, new) = (folder.path + "/old", folder.path + "/new")
    let storage = try SQLiteStorage(folder: old)
    try await storage.write { try $0.setValue([1], named: "a") }
    try await storage.backup(to: backup)
    try await storage.write { try $0.setValue([2], named: "a") }
    try FileManager.default.copyItem(atPath: old, toPath: new)
    for (name, value) in [("as it was", UInt8(2)), ("put back", 1)] {
      if value == 1 {
        try FileManager.default.removeItem(atPath: new)
        try FileManager.default.copyItem(atPath: old, toPath: new)
        try FileManager.default.removeItem(atPath: new + "/server.sqlite")
        try FileManager.default.copyItem(atPath: backup, toPath: new + "/server.sqlite")
      }
      let restored = try SQLiteStorage(folder: new)
      #expect(try await restored.read { try $0.value(named: "a") } == [value], "\(name)")
      try restored.close()
    }
    #expect(
      FileManager.default.fileExists(atPath: new + "/server.sqlite-wal.of-replaced-database"))
    try storage.close()
  }

  @Test func `a transaction that throws leaves nothing`() async throws {
    struct Stop: Error {}
    let storage = try SQLiteStorage(folder: folder.path)
    await #expect(throws: Stop.self) {
      try await storage.write { transaction in
        try transaction.setValue([1], named: "a")
        throw Stop()
      }
    }
    #expect(try await storage.read { try $0.value(named: "a") } == nil)
  }

  @Test func `only the owner may read the files`() async throws {
    let path = folder.path + "/new/data"
    let storage = try SQLiteStorage(folder: path)
    try await storage.write { try $0.setValue([1], named: "a") }
    #expect(try mode(path) == 0o700)
    let files = try FileManager.default.contentsOfDirectory(atPath: path)
    #expect(files.contains("server.sqlite-wal"))
    for file in files { #expect(try mode(path + "/" + file) == 0o600, "\(file)") }
  }

  @Test func `a second server on the folder is refused, and may come when the first has gone`()
    async throws
  {
    let first = try SQLiteStorage(folder: folder.path)
    let error = #expect(throws: StorageError.self) { try SQLiteStorage(folder: folder.path) }
    #expect(error?.code == .locked)
    #expect(error?.message == "Another server is using \(folder.path).")
    try first.close()
    _ = try SQLiteStorage(folder: folder.path)
  }

  @Test func `every commit reaches the disk`() async throws {
    let storage = try SQLiteStorage(folder: folder.path)
    #expect(try await storage.writerPragma("synchronous") == "2")
    #expect(try await storage.writerPragma("journal_mode") == "wal")
    #expect(try await storage.writerPragma("mmap_size") == "0")
    #expect(try await storage.writerPragma("secure_delete") == "1")
    #expect(try await storage.readerPragma("wal_autocheckpoint") == "0")
    #expect(try await storage.readerPragma("cache_size") == "-4096")
  }

  @Test func `a newer version's database is refused and left as it is`() async throws {
    try SQLiteStorage(folder: folder.path).close()
    let queue = try DatabaseQueue(path: databasePath)
    try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 5") }
    try queue.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: databasePath))
    let error = #expect(throws: StorageError.self) { try SQLiteStorage(folder: folder.path) }
    #expect(error?.code == .newerVersion)
    #expect(try Data(contentsOf: URL(fileURLWithPath: databasePath)) == before)
  }

  @Test func `another program's database is refused`() async throws {
    let queue = try DatabaseQueue(path: databasePath)
    try await queue.write { try $0.execute(sql: "CREATE TABLE other (a)") }
    try queue.close()
    let error = #expect(throws: StorageError.self) { try SQLiteStorage(folder: folder.path) }
    #expect(error?.code == .damaged)
  }

  @Test func `a file that is no database is named damaged and left as it is`() async throws {
    let text = Data(String(repeating: "no database ", count: 1000).utf8)
    try text.write(to: URL(fileURLWithPath: databasePath))
    let error = #expect(throws: StorageError.self) { try SQLiteStorage(folder: folder.path) }
    #expect(error?.code == .damaged)
    #expect(try Data(contentsOf: URL(fileURLWithPath: databasePath)) == text)
  }

  @Test func `a disk without room is told as such, and what was there stays`() async throws {
    let storage = try SQLiteStorage(folder: folder.path)
    try await storage.write { try $0.setValue([1], named: "a") }
    try await storage.limitPages()
    let error = await #expect(throws: StorageError.self) {
      try await storage.write { transaction in
        try transaction.setValue(Array(repeating: 7, count: 1 << 20), named: "b")
      }
    }
    #expect(error?.code == .full)
    #expect(try await storage.read { try $0.value(named: "a") } == [1])
  }

  @Test func `a backup is whole, private, and never takes the place of a file`() async throws {
    let storage = try SQLiteStorage(folder: folder.path)
    try await storage.write { try $0.setValue([1, 2, 3], named: "a") }
    let copies = folder.path + "/copies"
    try FileManager.default.createDirectory(
      atPath: copies, withIntermediateDirectories: false)
    let path = copies + "/server.sqlite"
    try await storage.backup(to: path)
    #expect(try mode(path) == 0o600)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let error = await #expect(throws: StorageError.self) { try await storage.backup(to: path) }
    #expect(error?.code == .exists)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: copies) == ["server.sqlite"])

    // It opens as the database of a server.
    let restored = try SQLiteStorage(folder: copies)
    #expect(try await restored.read { try $0.value(named: "a") } == [1, 2, 3])
  }
}
