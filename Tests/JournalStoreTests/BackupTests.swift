import Foundation
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct BackupTests {
  @Test(arguments: [
    ("b", ""), ("-", ""), ("é", ""), ("backup", ""), ("", ""), ("/", "/"), ("//", "/"), ("/b", "/"),
    ("a/b", "a"), ("a//b/", "a"), ("/a/b", "/a"), ("./b", "."), ("../é/ü", "../é"),
  ])
  func `a path lies in a folder, however short it is`(path: String, folder: String) {
    #expect(StoreFile.folder(of: path) == folder)
  }

  @Test func `a backup is the whole journal, for its owner alone`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder.appendingPathComponent("home"))
      try store.write([try entry(1, "Kept, 白鷺") { $0.tags = ["river"] }, try entry(2, "Also")])
      try store.setSetting(SettingName("link"), [7])
      let path = folder.appendingPathComponent("backup.ebb").path
      try machine.open(folder.appendingPathComponent("home"), mode: .readOnly).backup(to: path)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)

      let home = folder.appendingPathComponent("new/home")
      try JournalStore.restore(
        backup: path, into: home.path, environment: machine.environment)
      let restored = try machine.open(home)
      #expect(try restored.stateDigest == store.stateDigest)
      #expect(try restored.texts() == store.texts())
      #expect(try restored.texts(finding: "白鷺").count == 1)
      #expect(try restored.setting(SettingName("link")) == [7])
      #expect(try restored.account == store.account)
      #expect(try restored.accountKey() == store.accountKey())
      #expect(try restored.device != store.device)
      let ids = try restored.write([try entry(3, "New")])
      #expect(try ids == [OperationID(device: restored.device, sequence: .first)])
      func unsent() throws -> [DeviceID] {
        try restored.unsent(limitOperations: 9, limitBytes: 1 << 20).map(\.header.device)
      }
      #expect(try unsent() == [store.device, store.device])
      try restored.markAccepted([store.device: Sequence(2)])
      #expect(try unsent() == [restored.device])
      try restored.expectConsistent()
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.sorted() == ["backup.ebb", "home", "new"])
    }
  }

  @Test func `a backup that is stopped leaves nothing, and what a killed one left is cleared up`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let store = try TestMachine().open(folder.appendingPathComponent("home"))
      try store.write((1...300).map { try entry($0, "Words of the day, number \($0)") })
      let backups = folder.appendingPathComponent("backups")
      try FileManager.default.createDirectory(at: backups, withIntermediateDirectories: false)
      func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: backups.path).sorted()
      }
      #expect(throws: StoreError.self) {
        try store.backup(to: backups.path + "/one.ebb", isStopped: { true })
      }
      #expect(try names() == [])

      let leftovers = [
        ("old.ebb.41.7.part", Data("SQLite format 3\0 secret".utf8)),
        ("old.ebb.41.7.part-journal", Data("secret".utf8)), ("old.ebb.42.7.part", Data()),
      ]
      let others = [
        ("holiday.2024.12.part", Data("Not ours".utf8)), ("a.part", Data()), ("x.1.y.part", Data()),
      ]
      for (name, content) in leftovers + others {
        try content.write(to: backups.appendingPathComponent(name))
      }
      try store.backup(to: backups.path + "/two.ebb")
      #expect(try names() == ["a.part", "holiday.2024.12.part", "two.ebb", "x.1.y.part"])
    }
  }

  /// SQLite would play it into the restored journal.
  @Test func `what a crash left of a journal that is gone is put aside`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder.appendingPathComponent("home"))
      try store.write([try entry(1, "Kept")])
      let backup = folder.appendingPathComponent("backup.ebb").path
      try store.backup(to: backup)
      let home = folder.appendingPathComponent("new")
      try FileManager.default.createDirectory(at: home, withIntermediateDirectories: false)
      try Data().write(to: home.appendingPathComponent("journal.sqlite"))
      let left = Data((0..<4096).map { UInt8(truncatingIfNeeded: $0) })
      try left.write(to: home.appendingPathComponent("journal.sqlite-journal"))
      try JournalStore.restore(backup: backup, into: home.path, environment: machine.environment)
      #expect(try machine.open(home).texts() == ["Kept"])
      let kept = try FileManager.default.contentsOfDirectory(atPath: home.path)
        .filter { $0.hasPrefix("journal.sqlite.damaged-") }
      #expect(kept.count == 1)
      let path = home.appendingPathComponent(try #require(kept.first)).path
      #expect(FileManager.default.contents(atPath: path) == left)
    }
  }

  @Test func `nothing is ever overwritten`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder.appendingPathComponent("home"))
      try store.write([try entry(1, "One")])
      let path = folder.appendingPathComponent("file").path
      try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
      #expect(code { try store.backup(to: path) } == .exists)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("precious".utf8))
      let backup = folder.appendingPathComponent("backup").path
      try store.backup(to: backup)
      #expect(
        code {
          try JournalStore.restore(
            backup: backup, into: folder.appendingPathComponent("home").path,
            environment: machine.environment)
        } == .exists)
      #expect(code { try store.backup(to: folder.path + "/no/such/folder") } == .cannotOpen)
    }
  }

  @Test func `only a whole backup of Ebb's is restored`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder.appendingPathComponent("home"))
      try store.write(try (1...300).map { try entry($0, "Words and words \($0)") })
      let whole = folder.appendingPathComponent("whole").path
      try store.backup(to: whole)
      func restoring(_ path: String) -> StoreError.Code? {
        code {
          try JournalStore.restore(
            backup: path, into: folder.appendingPathComponent("new").path,
            environment: machine.environment)
        }
      }
      #expect(restoring(folder.path + "/absent") == .missing)
      let text = folder.appendingPathComponent("text")
      try Data(repeating: 65, count: 9_000).write(to: text)
      #expect(restoring(text.path) == .damaged)
      var bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
      let damaged = folder.appendingPathComponent("damaged")
      for index in stride(from: 4096 * 4, to: bytes.count, by: 4096) {
        bytes.replaceSubrange(index..<(index + 64), with: Data(repeating: 0x5A, count: 64))
      }
      try bytes.write(to: damaged)
      #expect(restoring(damaged.path) == .damaged)
      let half = folder.appendingPathComponent("half")
      try Data(contentsOf: URL(fileURLWithPath: whole)).prefix(20_000).write(to: half)
      #expect(restoring(half.path) == .damaged)
      #expect(
        !FileManager.default.fileExists(
          atPath: folder.appendingPathComponent("new/journal.sqlite").path))
      #expect(restoring(whole) == nil)
    }
  }
}
