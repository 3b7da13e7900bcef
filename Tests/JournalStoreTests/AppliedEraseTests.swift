import Foundation
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

/// What an erase does in a journal that it comes to.
struct `An erase applied` {
  @Test(arguments: [false, true])
  func `reaches another journal in any order`(_ isEraseFirst: Bool) async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copiesOfAJournal(in: folder))
      let id = try PlantedWords.plant(in: first)
      try first.acceptAll()
      let payloads = try PlantedWords.payloads(of: id, in: first)
      let before = try first.everything()
      _ = try first.erase([id])
      let erase = try #require(try first.newest())
      let there = folder.appendingPathComponent("second")
      if isEraseFirst {
        #expect(try second.apply([erase], bulk: false).erases == 1)
        _ = try second.apply(before, bulk: false)
      } else {
        _ = try second.apply(before, bulk: false)
        #expect(try PlantedWords.found(in: there).words.isSuperset(of: PlantedWords.open))
        #expect(try PlantedWords.found(in: there, payloads).payloads == 3)
        _ = try second.apply([erase], bulk: false)
      }
      try second.finishErasing()
      #expect(try PlantedWords.found(in: there, payloads) == ([], 0))
      #expect(try second.state(of: id) == nil)
      #expect(try second.stateDigest == first.stateDigest)
      #expect(try second.known().map(\.sequences) == first.known().map(\.sequences))
      #expect(try second.known().map(\.digest) == first.known().map(\.digest))
      try second.expectConsistent()
    }
  }

  @Test func `what comes after its erase is never in the file`() async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copiesOfAJournal(in: folder))
      let id = try PlantedWords.plant(in: first)
      try first.acceptAll()
      let before = try first.everything()
      _ = try first.erase([id])
      let erase = try #require(try first.newest())
      // In one page, the erase last.
      _ = try second.apply(before + [erase], bulk: true)
      #expect(try !second.isErasingUnfinished)
      #expect(try PlantedWords.found(in: folder.appendingPathComponent("second")).words == [])
    }
  }

  @Test(arguments: [false, true])
  func `a change that it did not list survives, and is told`(_ isEraseFirst: Bool) async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copiesOfAJournal(in: folder))
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
      let (first, second) = (try copiesOfAJournal(in: folder))
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
      #expect(try PlantedWords.found(in: folder.appendingPathComponent("first")).words == [])
      #expect(try first.state(of: mood)?.registers.keys == pointing?.registers.keys)
      try first.expectConsistent()
    }
  }

  @Test func `a stub is believed only with an erase that lists it`() async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copiesOfAJournal(in: folder))
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

  /// Whether it comes with what it names, or later.
  @Test(arguments: [true, false])
  func `an erase that names another digest, or an erase, takes nothing away`(
    later: Bool
  ) async throws {
    try await withTemporaryFolder { folder in
      let (first, second) = (try copiesOfAJournal(in: folder))
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
      if later { _ = try second.apply(operations, bulk: false) }
      #expect(try second.apply(page, bulk: false).erases == 2)
      #expect(try second.texts() == ["two"])
      try second.expectConsistent()
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
}
