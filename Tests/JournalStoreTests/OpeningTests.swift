import Foundation
import GRDB
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct OpeningTests {
  @Test func `a new journal has ids, keys and one device, and keeps them`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let first = try machine.open(folder)
      let again = try machine.open(folder)
      #expect(try first.device == again.device)
      #expect(try first.installation == again.installation)
      #expect(try first.account == again.account)
      #expect(try first.accountKey() == again.accountKey())
      #expect(try again.known().isEmpty)
      #expect(try again.stateDigest == StateDigest())
    }
  }

  @Test func `folder and files are for their owner alone`() async throws {
    try await withTemporaryFolder { parent in
      let folder = parent.appendingPathComponent("deep/home")
      let store = try TestMachine().open(folder)
      try store.write([try entry(1, "Mine")])
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        #expect(try permissions(folder.appendingPathComponent(file)) == 0o600, "\(file)")
      }
      #expect(try permissions(folder) == 0o700)
      #expect(try permissions(folder.deletingLastPathComponent()) == 0o700)
    }
  }

  @Test(arguments: [
    ("journal_mode", "truncate"), ("synchronous", "2"), ("mmap_size", "0"),
    ("cache_size", "-16384"), ("busy_timeout", "5000"), ("application_id", "\(0x4562_624A)"),
    ("user_version", "4"), ("encoding", "UTF-8"),
  ])
  func `what durability rests on is set`(pragma: String, expected: String) async throws {
    try await withStore { store in
      let value = try store.reading { db in
        try db.first("PRAGMA \(pragma)", read: { $0.text(0) })
      }
      #expect(value == expected)
    }
  }

  @Test(arguments: [StoreMode.readWrite, .existing, .readOnly])
  func `what a writer that died had begun is put back, by readers too`(
    mode: StoreMode
  ) async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder)
      let id = try #require(try store.write([try entry(1, "Mine")]).first)
      let digest = try store.stateDigest
      let other = folder.appendingPathComponent("after the crash")
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: false)
      try store.outsideTransactions { db in
        try db.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE")
        try db.execute(sql: "UPDATE operation SET payload = x''")
        try db.execute(sql: "UPDATE journal SET digest = zeroblob(32)")
        try db.execute(sql: "INSERT INTO setting SELECT 'x', randomblob(100000)")
        for name in ["journal.sqlite", "journal.sqlite-journal"] {
          try FileManager.default.copyItem(
            at: folder.appendingPathComponent(name), to: other.appendingPathComponent(name))
        }
        try db.execute(sql: "ROLLBACK")
      }
      let found = try machine.open(other, mode: mode)
      #expect(try found.stateDigest == digest)
      #expect(try found.known().map(\.device) == [id.device])
    }
  }

  @Test(arguments: [StoreMode.existing, .readOnly])
  func `nothing is made where only a journal that is there was meant`(
    mode: StoreMode
  ) async throws {
    try await withTemporaryFolder { folder in
      let home = folder.appendingPathComponent("home")
      #expect(code { try TestMachine().open(home, mode: mode) } == .missing)
      #expect(!FileManager.default.fileExists(atPath: home.path))
    }
  }

  @Test(arguments: [2, 3])
  func `marks in text that an earlier version did not list, or otherwise, are listed`(
    version: Int
  ) async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder)
      try store.write([
        try entry(1, "By the #river with @Sam and @O'Neil.") { $0.tags = ["walk"] },
        try entry(2, "Rain."),
      ])
      let labels = "SELECT group_concat(name || ' ' || row || ' ' || instant) FROM label"
      let before = try store.reading { try $0.first(labels, read: { $0.text(0) }) }
      try store.outsideTransactions {
        try $0.execute(
          sql: """
            DELETE FROM label WHERE name IN ('tag/river', 'person/Sam');
            UPDATE label SET name = 'person/O' WHERE name = 'person/O''Neil';
            PRAGMA user_version = \(version);
            """)
      }
      let reopened = try machine.open(folder)
      #expect(try reopened.reading { try $0.first(labels, read: { $0.text(0) }) } == before)
      #expect(try reopened.tagCounts().map(\.name) == ["river", "walk"])
      var query = RecordQuery()
      query.people = ["Sam"]
      #expect(try reopened.records(matching: query).map(\.id) == [try recordID(1)])
    }
  }

  @Test func `a journal of a later version is refused and not touched`() async throws {
    try await withTemporaryFolder { folder in
      let store = try TestMachine().open(folder)
      try store.outsideTransactions { try $0.execute(sql: "PRAGMA user_version = 7") }
      let before = try Data(contentsOf: URL(fileURLWithPath: store.path))
      for mode in [StoreMode.readWrite, .existing, .readOnly] {
        #expect(code { try TestMachine().open(folder, mode: mode) } == .newerVersion(7))
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == before)
    }
  }

  @Test func `a journal without its device is damaged`() async throws {
    try await withTemporaryFolder { folder in
      let store = try TestMachine().open(folder)
      _ = try store.device
      try store.outsideTransactions { try $0.execute(sql: "DELETE FROM device") }
      #expect(code { try store.device } == .damaged)
      #expect(code { try store.installation } == .damaged)
    }
  }

  @Test func `a file that is no database is named and not touched`() async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("journal.sqlite")
      let bytes = Data("Dear diary, this is a text file and no database at all.\n".utf8)
      try bytes.write(to: file)
      for mode in [StoreMode.readWrite, .readOnly] {
        #expect(code { try TestMachine().open(folder, mode: mode) } == .damaged)
      }
      #expect(try Data(contentsOf: file) == bytes)
    }
  }

  @Test(arguments: ["folder", "pipe", "link to a device"])
  func `what is no file is no journal, and is not read`(kind: String) async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("journal.sqlite").path
      let made =
        switch kind {
        case "folder": mkdir(path, 0o700)
        case "pipe": mkfifo(path, 0o600)
        default: symlink("/dev/zero", path)
        }
      #expect(made == 0)
      let environment = TestMachine().environment
      for mode in [StoreMode.readWrite, .existing, .readOnly] {
        #expect(code { try TestMachine().open(folder, mode: mode) } == .foreign)
      }
      #expect(
        code { try JournalStore.verify(folder: folder.path, environment: environment) } == .foreign)
      #expect(
        code { try JournalStore.repair(folder: folder.path, environment: environment) } == .foreign)
    }
  }

  /// SQLite itself takes the first two for an empty file.
  @Test(arguments: [
    "S", "\0", "SQ", "SQLite format 3", "SQLite format 3\0", String(repeating: "\0", count: 99),
    String(repeating: "\0", count: 4_096),
  ])
  func `what is left of a journal is never taken for a new one`(left: String) async throws {
    try await withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("journal.sqlite")
      try Data(left.utf8).write(to: file)
      let environment = TestMachine().environment
      for mode in [StoreMode.readWrite, .existing, .readOnly] {
        #expect(code { try TestMachine().open(folder, mode: mode) } == .damaged)
      }
      let verification = try JournalStore.verify(folder: folder.path, environment: environment)
      #expect(!verification.isWell)
      guard case .keysLost = try JournalStore.repair(folder: folder.path, environment: environment)
      else {
        Issue.record("a journal was made of it")
        return
      }
      #expect(try Data(contentsOf: file) == Data(left.utf8))
    }
  }

  @Test func `a journal whose key is damaged is not made anew from what was written since`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      for number in 1...3 {
        try machine.open(folder).write([try entry(number, "Before \(number)")])
      }
      try machine.open(folder).writingPlainly { db in
        try db.run("UPDATE journal SET account_key = zeroblob(length(account_key))")
      }
      try machine.open(folder).write([try entry(4, "Since")])
      let file = folder.appendingPathComponent("journal.sqlite")
      let bytes = try Data(contentsOf: file)
      let outcome = try JournalStore.repair(folder: folder.path, environment: machine.environment)
      guard case .keysLost = outcome else {
        Issue.record("a journal was made of what the wrong key proves: \(outcome)")
        return
      }
      #expect(try Data(contentsOf: file) == bytes)
    }
  }

  @Test func `an empty file is a journal that was just being made`() async throws {
    try await withTemporaryFolder { folder in
      try Data().write(to: folder.appendingPathComponent("journal.sqlite"))
      #expect(try TestMachine().open(folder).known().isEmpty)
    }
  }

  @Test func `a database of another program is refused`() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("journal.sqlite").path
      try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE theirs(a)") }
      #expect(code { try TestMachine().open(folder) } == .foreign)
    }
  }

  @Test func `a damaged page is an error, not another journal`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let path = try {
        let store = try machine.open(folder)
        try store.write(try (1...200).map { try entry($0, "Words, and more of them \($0)") })
        return store.path
      }()
      let file = try #require(FileHandle(forUpdatingAtPath: path))
      let size = try file.seekToEnd()
      for offset in stride(from: UInt64(4096 * 3), to: size, by: 4096) {
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 2048))
      }
      try file.close()
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(code { try machine.open(folder).records(matching: RecordQuery()) } == .damaged)
      #expect(code { try machine.open(folder).write([try entry(1, "more")]) } == .damaged)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }
  }

  @Test func `on another machine new operations bear a new device id`() async throws {
    try await withTemporaryFolder { folder in
      let desk = try TestMachine("desk").open(folder)
      let first = try desk.write([try entry(1, "At the desk")])
      let laptop = try TestMachine("laptop").open(folder)
      let id = try laptop.device
      #expect(id != first.first?.device)
      #expect(try laptop.write([try entry(2, "Outside")]).map(\.device) == [id])
      #expect(try laptop.write([try entry(3, "Later")]).first?.sequence == Sequence(2))
      let unsent = try laptop.unsent(limitOperations: 9, limitBytes: 1 << 20)
      #expect(unsent.map(\.header.id) == first)
      try laptop.markAccepted([#require(first.first).device: .first])
      #expect(try laptop.unsent(limitOperations: 9, limitBytes: 1 << 20).count == 2)
      #expect(try laptop.installation != desk.installation)
      try laptop.expectConsistent()
    }
  }

  @Test func `settings are kept by name and forgotten`() async throws {
    try await withStore { store in
      let name = SettingName("link")
      #expect(try store.setting(name) == nil)
      try store.setSetting(name, [1, 2, 3])
      try store.setSetting(SettingName("other"), [])
      #expect(try store.setting(name) == [1, 2, 3])
      #expect(try store.setting(SettingName("other")) == [])
      try store.setSetting(name, nil)
      #expect(try store.setting(name) == nil)
    }
  }

  private func permissions(_ url: URL) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue
  }
}

/// What the store refuses with; `nil` if it does not.
func code<Value>(_ body: () throws -> Value) -> StoreError.Code? {
  do {
    _ = try body()
    return nil
  } catch let error as StoreError {
    return error.code
  } catch {
    Issue.record(error)
    return nil
  }
}
