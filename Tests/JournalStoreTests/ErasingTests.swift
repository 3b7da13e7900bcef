import Foundation
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct `Erasing` {
  /// Words that are in one place only: an older text, a title, a tag, a name, a lost sibling.
  private static let planted = [
    "Zwetschgenmus", "Quittenbaum", "Holunderbeere", "Schlehdornhecke", "Brombeerhag",
  ]

  /// All of it is one record; around it there is enough for the file to have many pages.
  private func plant(in store: JournalStore) throws -> RecordID {
    for number in 100..<160 {
      try store.write([try entry(number, String(repeating: "By the river \(number). ", count: 40))])
    }
    try store.write([
      try entry(1, "First \(Self.planted[0]).") {
        $0.title = Self.planted[1]
        $0.tags = [Self.planted[2]]
        $0.people = [Self.planted[3]]
      }
    ])
    let id = try recordID(1)
    try store.write(editing: id, setting(.text, .text("Second \(Self.planted[4]).")))
    try store.write(editing: id, setting(.text, .text("Third.")))
    for number in 160..<220 { try store.write([try entry(number, "Later \(number).")]) }
    return id
  }

  /// What older versions said is deflated: their payloads are looked for as they are.
  private func found(
    in folder: URL, _ payloads: [[UInt8]] = []
  ) throws -> (words: Set<String>, payloads: Int) {
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).compactMap {
      FileManager.default.contents(atPath: folder.path + "/" + $0)
    }
    let words = Self.planted.filter { word in
      // The index keeps words in small letters, and of neighbours what differs.
      [word, word.lowercased(), String(word.lowercased().dropFirst(2))].contains { form in
        files.contains { $0.range(of: Data(form.utf8)) != nil }
      }
    }
    return (
      Set(words),
      payloads.count { payload in files.contains { $0.range(of: Data(payload)) != nil } }
    )
  }

  private func payloads(of id: RecordID, in store: JournalStore) throws -> [[UInt8]] {
    try store.history(of: id).compactMap { version in
      try store.operations(
        of: version.id.device, version.id.sequence...version.id.sequence, limitOperations: 1,
        limitBytes: .max
      ).first?.payload
    }
  }

  /// What the present state has in the open.
  private static let open = Set(planted[1...3])

  @Test func `takes every word out of every file, older versions, title and labels too`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder)
      let id = try plant(in: store)
      let payloads = try payloads(of: id, in: store)
      #expect(try found(in: folder).words.isSuperset(of: Self.open))
      #expect(try found(in: folder, payloads).payloads == 3)
      #expect(try store.erase([id]) == 1)
      #expect(try store.isErasingUnfinished)
      try store.finishErasing()
      #expect(try !store.isErasingUnfinished)
      #expect(try found(in: folder, payloads) == ([], 0))
      #expect(try store.state(of: id) == nil)
      #expect(try store.history(of: id) == [])
      #expect(try store.wasErased(id))
      #expect(try store.texts(finding: Self.planted[4]) == [])
      #expect(try store.texts(finding: "later").count == 60)
      try store.expectConsistent()
      #expect(try store.erase([id]) == 0)
    }
  }

  @Test func `whatever others may have seen leaves stubs that keep name, time and digest`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let store = try TestMachine().open(folder)
      let id = try plant(in: store)
      let payloads = try payloads(of: id, in: store)
      let before = try store.everything().map(\.operation.header)
      try store.acceptAll()
      #expect(try store.erase([id]) == 1)
      try store.finishErasing()
      #expect(try found(in: folder, payloads) == ([], 0))
      let device = try store.device
      let operations = try store.operations(
        of: device, .first ... .max, limitOperations: .max, limitBytes: .max)
      let stubs = operations.filter(\.isStub)
      #expect(stubs.count == 3)
      let erase = try #require(operations.last)
      #expect(
        erase.header.erased
          == stubs.map { ErasedOperation(id: $0.header.id, digest: $0.header.digest) })
      for stub in stubs {
        #expect(before.map(\.stub).contains(stub.header))
      }
      #expect(try store.keys.open(payloadOf: erase).writes == [])
      #expect(try store.erases().map(\.id) == [erase.header.id])
      try store.expectConsistent()
    }
  }

  @Test func `of what nobody has seen not even a number remains, and the rest stays whole`()
    async throws
  {
    try await withStore { store in
      try store.write([try entry(1, "a")])
      try store.write([try entry(2, "b")])
      try store.write(editing: try recordID(1), setting(.text, .text("a2")))
      try store.write([try entry(3, "c")])
      try store.write(editing: try recordID(3), setting(.text, .text("c2")))
      try store.write(editing: try recordID(3), setting(.text, .text("c3")))
      _ = try store.erase([try recordID(1)])
      #expect(try store.summary().operations == 4)
      #expect(try store.unsent(limitOperations: .max, limitBytes: .max).count == 4)
      #expect(try store.texts().sorted() == ["b", "c3"])
      // Renamed, its versions still know what they replaced.
      #expect(try store.summary().conflicts == 0)
      #expect(try store.history(of: try recordID(3)).count == 3)
      #expect(try store.erases() == [])
      try store.expectConsistent()
      try store.write([try entry(4, "d")])
      try store.expectConsistent()
    }
  }

  @Test func `leaves nothing in the file, wherever SQLite has moved it`() async throws {
    try await withTemporaryFolder { folder in
      let store = try TestMachine().open(folder)
      let numbers = 1...200
      // In small letters, as the index keeps it too.
      func word(_ number: Int) -> String { "pflaume\(number)kuchen" }
      try store.write(try numbers.map { try entry($0, word($0)) })
      // Records that grow push their neighbours onto other pages.
      for number in numbers where number.isMultiple(of: 2) {
        let text = word(number) + String(repeating: " by the river", count: 40)
        try store.write(editing: try recordID(number), setting(.text, .text(text)))
      }
      let erased = numbers.filter { $0 % 7 == 3 }
      #expect(try store.erase(try erased.map(recordID)) == erased.count)
      try store.finishErasing()
      let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).compactMap {
        FileManager.default.contents(atPath: folder.path + "/" + $0)
      }
      let left = numbers.filter { number in
        files.contains { $0.range(of: Data(word(number).utf8)) != nil }
      }
      #expect(left == numbers.filter { $0 % 7 != 3 })
    }
  }

  @Test func `of the last that was written leaves what was before as it is`() async throws {
    try await withStore { store in
      try store.write([try entry(1, "a")])
      try store.write([try entry(2, "b")])
      #expect(try store.erase([try recordID(2)]) == 1)
      #expect(try store.known().map(\.sequences) == [KnownSequences(gapless: .first)])
      #expect(try store.everything().map(\.operation.header.sequence) == [.first])
      try store.expectConsistent()
    }
  }

  @Test func `who has seen what moves into a gap knows it by its new name`() async throws {
    try await withTemporaryFolder { folder in
      let id = try recordID(1)
      var store = try TestMachine("desk").open(folder)
      let desk = try store.device
      try store.write([try entry(2, "Gone")])
      try store.write([try entry(1, "One")])
      store = try TestMachine("laptop").open(folder)
      try store.write(editing: id, setting(.text, .text("Two")))
      #expect(try store.device != desk)
      #expect(try store.erase([try recordID(2)]) == 1)
      let state = try #require(try store.state(of: id))
      #expect(state[.text] == .text("Two") && !state.hasSiblings)
      let first = OperationID(device: desk, sequence: .first)
      #expect(state.registers[.text]?.seen == [first])
      #expect(state.registers[.created]?.stamp.id == first)
      try store.expectConsistent()
    }
  }

  @Test func `of a record partly sent, both parts go`() async throws {
    try await withTemporaryFolder { folder in
      let store = try TestMachine().open(folder)
      try store.write([try entry(1, "Zwetschgenmus")])
      try store.acceptAll()
      try store.write([try entry(2, "between")])
      try store.write(editing: try recordID(1), setting(.text, .text("Quittenbaum")))
      try store.write([try entry(3, "after")])
      _ = try store.erase([try recordID(1)])
      try store.finishErasing()
      #expect(try found(in: folder).words == [])
      #expect(try store.texts().sorted() == ["after", "between"])
      try store.expectConsistent()
    }
  }

  @Test(arguments: [false, true])
  func `reaches another journal in any order`(_ isEraseFirst: Bool) async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copies(in: folder))
      let id = try plant(in: first)
      try first.acceptAll()
      let payloads = try payloads(of: id, in: first)
      let before = try first.everything()
      _ = try first.erase([id])
      let erase = try #require(try first.newest())
      let there = folder.appendingPathComponent("second")
      if isEraseFirst {
        #expect(try second.apply([erase], bulk: false).erases == 1)
        _ = try second.apply(before, bulk: false)
      } else {
        _ = try second.apply(before, bulk: false)
        #expect(try found(in: there).words.isSuperset(of: Self.open))
        #expect(try found(in: there, payloads).payloads == 3)
        _ = try second.apply([erase], bulk: false)
      }
      try second.finishErasing()
      #expect(try found(in: there, payloads) == ([], 0))
      #expect(try second.state(of: id) == nil)
      #expect(try second.stateDigest == first.stateDigest)
      #expect(try second.known().map(\.sequences) == first.known().map(\.sequences))
      #expect(try second.known().map(\.digest) == first.known().map(\.digest))
      try second.expectConsistent()
    }
  }

  @Test func `what comes after its erase is never in the file`() async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copies(in: folder))
      let id = try plant(in: first)
      try first.acceptAll()
      let before = try first.everything()
      _ = try first.erase([id])
      let erase = try #require(try first.newest())
      // In one page, the erase last.
      _ = try second.apply(before + [erase], bulk: true)
      #expect(try !second.isErasingUnfinished)
      #expect(try found(in: folder.appendingPathComponent("second")).words == [])
    }
  }

  @Test(arguments: [false, true])
  func `a change that it did not list survives, and is told`(_ isEraseFirst: Bool) async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copies(in: folder))
      try first.write([try entry(1, "one")])
      try first.acceptAll()
      _ = try second.apply(try first.everything(), bulk: false)
      try second.write(editing: try recordID(1), setting(.text, .text("two")))
      let edit = try #require(try second.newest())
      _ = try first.erase([try recordID(1)])
      let erase = try #require(try first.newest())
      if isEraseFirst {
        #expect(try first.apply([edit], bulk: false).survivors == [try recordID(1)])
        try first.write(editing: try recordID(1), setting(.text, .text("three")))
        let later = try #require(try first.newest())
        _ = try second.apply([erase], bulk: false)
        #expect(try second.apply([later], bulk: false).survivors == [])
      } else {
        #expect(try second.apply([erase], bulk: false).survivors == [try recordID(1)])
        #expect(try second.apply([erase], bulk: false).survivors == [])
        #expect(try first.apply([edit], bulk: false).survivors == [try recordID(1)])
      }
      #expect(try first.state(of: try recordID(1)) == second.state(of: try recordID(1)))
      #expect(try first.stateDigest == second.stateDigest)
      let history = try second.history(of: try recordID(1))
      #expect(history.count { $0.change == nil } == 1)
      // Again, and it is gone.
      _ = try second.erase([try recordID(1)])
      #expect(try second.texts() == [])
      try first.expectConsistent()
      try second.expectConsistent()
    }
  }

  @Test func `takes siblings with it, and not what points at it`() async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copies(in: folder))
      try first.write([try entry(1, "one")])
      try first.acceptAll()
      _ = try second.apply(try first.everything(), bulk: false)
      try second.write(editing: try recordID(1), setting(.text, .text("Zwetschgenmus")))
      try first.write(editing: try recordID(1), setting(.text, .text("Quittenbaum")))
      _ = try first.apply([try #require(try second.newest())], bulk: false)
      #expect(try first.summary().conflicts == 1)
      let mood = try recordID(2)
      try first.write([
        RecordChange(
          record: mood, kind: .mood,
          writes: [
            RegisterWrite(RegisterName("entry"), .text(try recordID(1).description)),
            RegisterWrite(RegisterName("score"), .integer(6)),
          ])
      ])
      let pointing = try first.state(of: mood)
      _ = try first.erase([try recordID(1)])
      try first.finishErasing()
      #expect(try first.summary().conflicts == 0)
      #expect(try found(in: folder.appendingPathComponent("first")).words == [])
      #expect(try first.state(of: mood)?.registers.keys == pointing?.registers.keys)
      try first.expectConsistent()
    }
  }

  @Test func `a stub is believed only with an erase that lists it`() async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copies(in: folder))
      try first.write([try entry(1, "one"), try entry(2, "two")])
      try first.acceptAll()
      let operations = try first.everything()
      let stubs = operations.map { OpenedOperation(operation: $0.operation.stub, change: nil) }
      #expect(try second.apply(stubs, bulk: false).unvouchedStubs == stubs)
      #expect(try second.known() == [])
      _ = try first.erase([try recordID(1)])
      let erase = try #require(try first.newest())
      // The other one is still not believed, and nothing here turns into one.
      #expect(try second.apply(stubs + [erase], bulk: false).unvouchedStubs == [stubs[1]])
      _ = try second.apply([operations[1]], bulk: false)
      #expect(try second.apply([stubs[1]], bulk: false).unvouchedStubs == [])
      #expect(try second.texts() == ["two"])
      #expect(try second.stateDigest == first.stateDigest)
    }
  }

  @Test func `an erase that names another digest, or an erase, takes nothing away`() async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copies(in: folder))
      try first.write([try entry(1, "one"), try entry(2, "two")])
      try first.acceptAll()
      let operations = try first.everything()
      _ = try first.erase([try recordID(1)])
      let erase = try #require(try first.newest())
      let keys = try first.keys
      let wrong = try keys.makeOperation(
        RecordChange(record: try recordID(2), kind: .entry, writes: []),
        id: OperationID(device: DeviceID(rawValue: 99), sequence: .first), timestamp: .zero,
        erased: [
          ErasedOperation(
            id: operations[1].operation.header.id, digest: operations[0].operation.header.digest),
          ErasedOperation(id: erase.operation.header.id, digest: erase.operation.header.digest),
        ])
      let page =
        operations + [
          OpenedOperation(operation: wrong, change: try keys.open(payloadOf: wrong)), erase,
        ]
      #expect(try second.apply(page, bulk: false).erases == 2)
      #expect(try second.texts() == ["two"])
      try second.expectConsistent()
    }
  }

  @Test func `cut short before the file is written anew, the next time finishes it`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let id = try plant(in: try machine.open(folder))
      _ = try machine.open(folder).erase([id])
      let found = try found(in: folder)
      #expect(!found.words.isEmpty)
      let store = try machine.open(folder, mode: .readOnly)
      #expect(try store.isErasingUnfinished)
      try store.backup(to: folder.path + "/backup")
      #expect(try self.found(in: folder).words == [])
      #expect(try !store.isErasingUnfinished)
    }
  }

  @Test func `while another command reads, it says so and is done later`() async throws {
    try await withTemporaryFolder { folder in
      var machine = TestMachine()
      machine.busyMilliseconds = 50
      let store = try machine.open(folder)
      let id = try plant(in: store)
      _ = try store.erase([id])
      let reader = try machine.open(folder, mode: .readOnly)
      try reader.reading { db in
        _ = try db.first("SELECT count(*) FROM operation", read: { $0.integer(0) })
        let error = #expect(throws: StoreError.self) { try store.finishErasing() }
        #expect(error?.code == .busy)
      }
      #expect(try store.isErasingUnfinished)
      try store.finishErasing()
      #expect(try found(in: folder).words == [])
    }
  }

  @Test func `a backup from before brings nothing back once it has heard of the erase`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder.appendingPathComponent("first"))
      let id = try plant(in: store)
      try store.acceptAll()
      try store.backup(to: folder.path + "/backup")
      _ = try store.erase([id])
      let erase = try #require(try store.newest())
      let there = folder.appendingPathComponent("second")
      try JournalStore.restore(
        backup: folder.path + "/backup", into: there.path, environment: machine.environment)
      let restored = try machine.open(there)
      #expect(try found(in: there).words.isSuperset(of: Self.open))
      _ = try restored.apply([erase], bulk: false)
      try restored.finishErasing()
      #expect(try found(in: there).words == [])
      #expect(try restored.stateDigest == store.stateDigest)
    }
  }

  @Test func `an erase issued again under another device keeps its place`() async throws {
    try await withStore { store in
      try store.write([try entry(1, "one"), try entry(2, "two")])
      try store.acceptAll()
      _ = try store.erase([try recordID(1)])
      let old = try #require(try store.erases().first).id
      let device = try store.fork(from: old)
      #expect(
        try store.erases().map(\.id) == [OperationID(device: device, sequence: .first)])
      #expect(try store.eraseOperations().map(\.header.device) == [device])
      try store.expectConsistent()
    }
  }

  /// Two journals of one account.
  private func copies(in folder: URL) throws -> (JournalStore, JournalStore) {
    let first = try TestMachine("first").open(folder.appendingPathComponent("first"))
    let second = try TestMachine("second").open(folder.appendingPathComponent("second"))
    _ = try second.join(account: try first.account, key: try first.accountKey())
    return (first, second)
  }
}

extension JournalStore {
  fileprivate func acceptAll() throws {
    let own = try known().filter(\.isOwn)
    try markAccepted(
      Dictionary(uniqueKeysWithValues: own.map { ($0.device, $0.sequences.last) }))
  }

  /// The last operation of this device.
  fileprivate func newest() throws -> OpenedOperation? {
    let device = try device
    guard let last = try known().first(where: { $0.device == device })?.sequences.last
    else { return nil }
    let keys = try keys
    return try operations(of: device, last...last, limitOperations: 1, limitBytes: .max).first
      .map { OpenedOperation(operation: $0, change: try keys.open(payloadOf: $0)) }
  }
}
