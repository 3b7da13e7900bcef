import Foundation
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct `Erasing` {
  @Test func `takes every word out of every file, older versions, title and labels too`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder)
      let id = try PlantedWords.plant(in: store)
      let payloads = try PlantedWords.payloads(of: id, in: store)
      #expect(try PlantedWords.found(in: folder).words.isSuperset(of: PlantedWords.open))
      #expect(try PlantedWords.found(in: folder, payloads).payloads == 3)
      #expect(try store.erase([id]) == 1)
      #expect(try store.isErasingUnfinished)
      try store.finishErasing()
      #expect(try !store.isErasingUnfinished)
      #expect(try PlantedWords.found(in: folder, payloads) == ([], 0))
      #expect(try store.state(of: id) == nil)
      #expect(try store.history(of: id) == [])
      #expect(try store.wasErased(id))
      #expect(try store.texts(finding: PlantedWords.all[4]) == [])
      #expect(try store.texts(finding: "later").count == 60)
      try store.expectConsistent()
      #expect(try store.erase([id]) == 0)
    }
  }

  @Test func `takes out words, too, that a damaged record no longer names`() async throws {
    try await withStore { store in
      try store.write([try entry(1, "zanzibarword with @Zora"), try entry(2, "quiet")])
      let id = try recordID(1)
      try store.outsideTransactions { db in
        let state = try db.first(
          "SELECT state FROM record WHERE id = ?1", .blob(id.bytes), read: { $0.bytes(0) })
        let damaged = try #require(state).map { $0 == UInt8(ascii: "z") ? UInt8(ascii: "y") : $0 }
          .map { $0 == UInt8(ascii: "Z") ? UInt8(ascii: "Y") : $0 }
        try db.run("UPDATE record SET state = ?2 WHERE id = ?1", .blob(id.bytes), .blob(damaged))
      }
      #expect(try store.erase([id]) == 1)
      try store.finishErasing()
      let left = try store.reading { db in
        try db.first(
          """
          SELECT (SELECT count(*) FROM search WHERE search MATCH 'zanzibarword OR zora')
            + (SELECT count(*) FROM label)
          """, read: { $0.integer(0) })
      }
      #expect(left == 0)
      #expect(try store.texts(finding: "quiet").count == 1)
    }
  }

  @Test func `whatever others may have seen leaves stubs that keep name, time and digest`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let store = try TestMachine().open(folder)
      let id = try PlantedWords.plant(in: store)
      let payloads = try PlantedWords.payloads(of: id, in: store)
      let before = try store.everything().map(\.operation.header)
      try store.acceptAll()
      #expect(try store.erase([id]) == 1)
      try store.finishErasing()
      #expect(try PlantedWords.found(in: folder, payloads) == ([], 0))
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
      #expect(try PlantedWords.found(in: folder).words == [])
      #expect(try store.texts().sorted() == ["after", "between"])
      try store.expectConsistent()
    }
  }

  @Test func `cut short before the file is written anew, the next time finishes it`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let id = try PlantedWords.plant(in: try machine.open(folder))
      _ = try machine.open(folder).erase([id])
      let found = try PlantedWords.found(in: folder)
      #expect(!found.words.isEmpty)
      let store = try machine.open(folder, mode: .readOnly)
      #expect(try store.isErasingUnfinished)
      try store.backup(to: folder.path + "/backup")
      #expect(try PlantedWords.found(in: folder).words == [])
      #expect(try !store.isErasingUnfinished)
    }
  }

  @Test func `while another command reads, it says so and is done later`() async throws {
    try await withTemporaryFolder { folder in
      var machine = TestMachine()
      machine.busyMilliseconds = 50
      let store = try machine.open(folder)
      let id = try PlantedWords.plant(in: store)
      _ = try store.erase([id])
      let reader = try machine.open(folder, mode: .readOnly)
      try reader.reading { db in
        _ = try db.first("SELECT count(*) FROM operation", read: { $0.integer(0) })
        let error = #expect(throws: StoreError.self) { try store.finishErasing() }
        #expect(error?.code == .busy)
      }
      #expect(try store.isErasingUnfinished)
      try store.finishErasing()
      #expect(try PlantedWords.found(in: folder).words == [])
    }
  }

  @Test func `a backup from before brings nothing back once it has heard of the erase`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder.appendingPathComponent("first"))
      let id = try PlantedWords.plant(in: store)
      try store.acceptAll()
      try store.backup(to: folder.path + "/backup")
      _ = try store.erase([id])
      let erase = try #require(try store.newest())
      let there = folder.appendingPathComponent("second")
      try JournalStore.restore(
        backup: folder.path + "/backup", into: there.path, environment: machine.environment)
      let restored = try machine.open(there)
      #expect(try PlantedWords.found(in: there).words.isSuperset(of: PlantedWords.open))
      _ = try restored.apply([erase], bulk: false)
      try restored.finishErasing()
      #expect(try PlantedWords.found(in: there).words == [])
      #expect(try restored.stateDigest == store.stateDigest)
    }
  }
}
