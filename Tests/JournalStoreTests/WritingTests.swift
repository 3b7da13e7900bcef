import Foundation
import GRDB
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct WritingTests {
  @Test func `what was written is there, in order and with its history`() async throws {
    try await withStore { store in
      let id = try recordID(1)
      let first = try store.write([try entry(1, "First")])
      #expect(first.map(\.sequence) == [.first])
      let second = try store.write(editing: id, setting(.text, .text("Second")))
      #expect(second?.sequence == Sequence(2))
      #expect(try store.state(of: id)?[.text] == .text("Second"))
      let history = try store.history(of: id)
      #expect(history.map(\.id) == [second, first.first])
      #expect(history.map(\.isCurrent) == [true, true])
      #expect(history.first?.change?.writes.map(\.register) == [.text])
      try store.expectConsistent()
    }
  }

  @Test func `an edit that changes nothing writes nothing`() async throws {
    try await withStore { store in
      try store.write([try entry(1, "Same")])
      #expect(try store.write(editing: try recordID(1), setting(.text, .text("Same"))) == nil)
      #expect(try store.write(editing: try recordID(2), setting(.text, .text("Same"))) == nil)
      #expect(try store.write([]).isEmpty)
      #expect(try store.summary().operations == 1)
    }
  }

  @Test func `a failing edit leaves all as it was`() async throws {
    struct Refusal: Error {}
    try await withStore { store in
      try store.write([try entry(1, "Kept")])
      let before = try store.summary().stateDigest
      let empty = RecordChange(record: try recordID(2), kind: .entry, writes: [])
      #expect(throws: ChangeError.self) { try store.write([try entry(3, "No"), empty]) }
      #expect(throws: Refusal.self) {
        try store.write(editing: try recordID(1)) { _ in throw Refusal() }
      }
      #expect(try store.summary().stateDigest == before)
      #expect(try store.state(of: try recordID(3)) == nil)
      #expect(try store.write([try entry(4, "Next")]).first?.sequence == Sequence(2))
      try store.expectConsistent()
    }
  }

  /// Time that grows with the square of their number would not end within the limit.
  @Test(.timeLimit(.minutes(2))) func `a record of very many tags is one like others`()
    async throws
  {
    try await withStore { store in
      let date = try #require(JournalDate(rfc9557: "2026-11-21[Europe/Berlin]"))
      var draft = EntryDraft(date: date, text: "Many")
      draft.tags = (0..<40_000).map { "tag \($0)" }
      let id = try recordID(1)
      try store.write([try draft.change(record: id, createdAt: 0)])
      try store.write(editing: id) { $0.trashing() }
      var query = RecordQuery()
      query.trashed = true
      query.tags = ["tag 39999"]
      #expect(try store.records(matching: query).map(\.id) == [id])
    }
  }

  @Test func `an edit of several records changes all, or none`() async throws {
    struct Refusal: Error {}
    try await withStore { store in
      try store.write([try entry(1, "a"), try entry(2, "b"), try entry(3, "c")])
      let before = try store.summary().stateDigest
      let ids = try [1, 2, 3, 4].map(recordID)
      #expect(throws: Refusal.self) {
        try store.write(editing: ids) { state in
          guard state[.text] != .text("c") else { throw Refusal() }
          return try setting(.text, .text("new"))(state)
        }
      }
      #expect(try store.summary().stateDigest == before)
      #expect(try store.write(editing: ids, setting(.text, .text("b"))).count == 2)
      #expect(
        try ids.map { try store.state(of: $0)?[.text] } == [
          .text("b"), .text("b"), .text("b"), nil,
        ])
      try store.expectConsistent()
    }
  }

  @Test func `stamps go up though the clock goes back`() async throws {
    let machine = TestMachine()
    try await withStore(machine) { store in
      try store.write([try entry(1, "Now")])
      machine.milliseconds.with { $0 -= 86_400_000 }
      try store.write(editing: try recordID(1), setting(.text, .text("Later")))
      #expect(try store.state(of: try recordID(1))?[.text] == .text("Later"))
    }
  }

  @Test func `many writers at once lose nothing and leave no gap`() async throws {
    try await withTemporaryFolder { folder in
      var machine = TestMachine()
      machine.busyMilliseconds = 60_000
      let writers = 64
      let opened = try (0..<writers).map { _ in try machine.open(folder) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, store) in opened.enumerated() {
          group.addTask {
            try store.write([try entry(number, "Writer number \(number)")])
            try store.write(editing: try recordID(number), setting(.title, .text("Twice")))
          }
        }
        try await group.waitForAll()
      }
      let store = try machine.open(folder)
      #expect(try store.known().map(\.sequences) == [KnownSequences(gapless: Sequence(128))])
      #expect(try store.count(matching: RecordQuery()) == writers)
      #expect(try store.texts(finding: "writer", "twice").count == writers)
      try store.expectConsistent()
    }
  }

  @Test func `who waits too long is told to try again`() async throws {
    try await withTemporaryFolder { folder in
      var machine = TestMachine()
      machine.busyMilliseconds = 50
      let (first, second) = (try machine.open(folder), try machine.open(folder))
      try first.writing { _ in
        #expect(code { try second.write([try entry(1, "Too late")]) } == .busy)
      }
      try second.write([try entry(1, "In time")])
    }
  }

  @Test func `a full disk leaves all as it was, and the next write works`() async throws {
    try await withStore { store in
      try store.write([try entry(1, "Before")])
      let pages = try store.reading { try $0.first("PRAGMA page_count", read: { $0.integer(0) }) }
      try store.outsideTransactions {
        try $0.execute(sql: "PRAGMA max_page_count = \(try #require(pages) + 1)")
      }
      let long = String(repeating: "many words and more of them ", count: 2_000)
      #expect(code { try store.write([try entry(2, long)]) } == .diskFull)
      #expect(try store.texts() == ["Before"])
      try store.expectConsistent()
      try store.write(editing: try recordID(1), setting(.text, .text("After")))
      #expect(try store.texts() == ["After"])
    }
  }

  @Test func `a journal opened for reading is not written`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      try machine.open(folder).write([try entry(1, "Read me")])
      let reader = try machine.open(folder, mode: .readOnly)
      #expect(try reader.texts() == ["Read me"])
      #expect(try reader.texts(finding: "read") == ["Read me"])
      #expect(code { try reader.write([try entry(2, "No")]) } == .readOnly)
      #expect(code { try reader.setSetting(SettingName("a"), [1]) } == .readOnly)
    }
  }

  @Test func `a folder that may not be written can be read`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      try machine.open(folder).write([try entry(1, "Here")])
      try setPermissions(folder, 0o555, files: 0o444)
      defer { try? setPermissions(folder, 0o755, files: 0o644) }
      try withoutPrivileges {
        for mode in [StoreMode.readWrite, .existing, .readOnly] {
          let store = try machine.open(folder, mode: mode)
          #expect(try store.texts() == ["Here"])
          #expect(code { try store.write([try entry(2, "No")]) } == .readOnly)
        }
      }
    }
  }

  private func setPermissions(_ folder: URL, _ mode: Int, files: Int) throws {
    let manager = FileManager.default
    for file in try manager.contentsOfDirectory(atPath: folder.path) {
      try manager.setAttributes(
        [.posixPermissions: files], ofItemAtPath: folder.appendingPathComponent(file).path)
    }
    try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path)
  }

  /// Root may write anywhere: gives this thread another user's rights (setfsuid(2)) meanwhile.
  private func withoutPrivileges(_ body: () throws -> Void) throws {
    typealias SetUser = @convention(c) (UInt32) -> Int32
    guard geteuid() == 0 else { return try body() }
    let symbol = try #require(dlsym(nil, "setfsuid"))
    let setUser = unsafeBitCast(symbol, to: SetUser.self)
    _ = setUser(65_534)
    defer { _ = setUser(0) }
    try body()
  }

  @Test func `shown ids are the shortest that tell records apart`() async throws {
    try await withStore { store in
      let ids = try ["00000000", "00000001", "000000f1", "a0000000"].map {
        try #require(RecordID(hexadecimal: $0 + String(repeating: "0", count: 24)))
      }
      try store.write(
        ids.map {
          RecordChange(record: $0, kind: .entry, writes: [RegisterWrite(.text, .text("x"))])
        })
      let prefixes = try store.shortestPrefixes(of: ids)
      #expect(ids.map { prefixes[$0] } == ["00000000", "00000001", "000000f", "a00000"])
      #expect(try store.identify("a") == .one(ids[3]))
      #expect(try store.identify("A000") == .one(ids[3]))
      #expect(try store.identify("0000000") == .ambiguous([ids[0], ids[1]]))
      #expect(try store.identify("000000F") == .one(ids[2]))
      for (id, prefix) in prefixes { #expect(try store.identify(prefix) == .one(id)) }
      for prefix in ["", "b", "zz", "00000000é", ids[0].description + "0"] {
        #expect(try store.identify(prefix) == .none)
      }
      #expect(try store.identify(ids[0].description) == .one(ids[0]))
    }
  }
}
