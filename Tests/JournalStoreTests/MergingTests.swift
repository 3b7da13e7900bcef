import Foundation
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct MergingTests {
  @Test(arguments: SeededGenerator.seeds)
  func `stores that know the same operations say the same, in whatever order they came`(
    seed: UInt64
  ) async throws {
    try await withTemporaryFolder { folder in
      var generator = SeededGenerator(seed: seed)
      let devices = try self.devices(3, in: folder, seed: seed)
      for _ in 0..<120 {
        let device = Int.random(in: 0..<3, using: &generator)
        try act(devices[device], &generator)
        if generator.next() % 8 == 0 {
          let other = Int.random(in: 0..<3, using: &generator)
          _ = try devices[device].apply(devices[other].everything(), bulk: false)
        }
      }
      let all = try devices.flatMap { try $0.everything() }
      for (number, device) in devices.enumerated() {
        var shuffled = all + all.prefix(20)
        shuffled.shuffle(using: &generator)
        for start in stride(from: 0, to: shuffled.count, by: 37) {
          let page = Array(shuffled[start..<min(start + 37, shuffled.count)])
          _ = try device.apply(page, bulk: number == 1)
        }
        try device.finishBulk()
        try device.expectConsistent()
        #expect(try !device.known().contains { $0.sequences.hasGap })
      }
      let digests = try devices.map { try $0.stateDigest }
      #expect(Set(digests).count == 1)
      for number in 0..<8 {
        let id = try recordID(number)
        #expect(Set(try devices.map { try $0.state(of: id) }).count == 1)
      }
      for trashed in [false, true] {
        #expect(
          Set(try devices.map { device in try device.texts { $0.trashed = trashed } }).count == 1)
        let found = try devices.map { device in
          try device.texts { query in
            query.search = SearchQuery(parsing: ["w*"])
            query.trashed = trashed
          }
        }
        #expect(Set(found).count == 1)
      }
    }
  }

  @Test func `the same page again changes nothing`() async throws {
    try await withTemporaryFolder { folder in
      let devices = try self.devices(2, in: folder, seed: 9)
      try devices[0].write(try (1...5).map { try entry($0, "Text \($0)") })
      let page = try devices[0].everything()
      #expect(try devices[1].apply(page, bulk: false).operations == 5)
      let before = try devices[1].summary()
      #expect(try devices[1].apply(page, bulk: false) == ApplyOutcome())
      #expect(try devices[1].summary().stateDigest == before.stateDigest)
      #expect(try devices[1].summary().operations == 5)
    }
  }

  @Test func `a gap is remembered, and what lies beyond it counts`() async throws {
    try await withTemporaryFolder { folder in
      let devices = try self.devices(2, in: folder, seed: 9)
      try devices[0].write(try (1...6).map { try entry($0, "Text \($0)") })
      let page = try devices[0].everything()
      _ = try devices[1].apply([page[0], page[3], page[4]], bulk: false)
      let known = try #require(devices[1].known().first)
      #expect(known.sequences.gapless == .first)
      #expect(known.sequences.beyond == [Sequence(4)...Sequence(5)])
      #expect(known.digest == page[0].operation.header.digest)
      #expect(try devices[1].texts().count == 3)
      _ = try devices[1].apply([page[2], page[1]], bulk: false)
      let filled = try #require(devices[1].known().first)
      #expect(filled.sequences == KnownSequences(gapless: Sequence(5)))
      #expect(filled.digest == page[4].operation.header.digest)
      try devices[1].expectConsistent()
    }
  }

  @Test func `lost prose and records that come back are told`() async throws {
    try await withTemporaryFolder { folder in
      let devices = try self.devices(2, in: folder, seed: 9)
      try devices[0].write([try entry(1, "Base"), try entry(2, "Doomed")])
      let ids = try [recordID(1), recordID(2)]
      _ = try devices[1].apply(try devices[0].everything(), bulk: false)
      try devices[0].write(editing: ids[0], setting(.text, .text("Mine")))
      try devices[1].write(editing: ids[0], setting(.text, .text("Yours")))
      try devices[0].write(editing: ids[1]) { $0.trashing() }
      try devices[1].write(editing: ids[1], setting(.text, .text("Alive")))
      let outcome = try devices[0].apply(try devices[1].everything(), bulk: false)
      #expect(outcome.conflicts == [ids[0]])
      #expect(outcome.returned == [ids[1]])
      #expect(try devices[0].summary().conflicts == 1)
      #expect(try devices[0].texts().sorted().contains("Alive"))
      let other = try devices[1].apply(try devices[0].everything(), bulk: false)
      #expect(other.conflicts == [ids[0]] && other.returned == [ids[1]])
      #expect(try devices[0].apply(try devices[1].everything(), bulk: false) == ApplyOutcome())
    }
  }

  @Test func `unknown kinds and records of Ebb's own are kept`() async throws {
    try await withTemporaryFolder { folder in
      let devices = try self.devices(2, in: folder, seed: 9)
      try devices[0].write([
        try entry(1, "Text"),
        RecordChange(
          record: try recordID(2), kind: .device,
          writes: [RegisterWrite(RegisterName("name"), .text("desk"))]),
        RecordChange(
          record: try recordID(3), kind: RecordKind(rawValue: "dream"),
          writes: [RegisterWrite(RegisterName("depth"), .integer(3))]),
      ])
      let page = try devices[0].everything()
      let outcome = try devices[1].apply(page, bulk: false)
      #expect(outcome.operations == 2 && outcome.deviceOperations == 1)
      #expect(try devices[1].known().map(\.sequences) == devices[0].known().map(\.sequences))
      #expect(try devices[1].texts() == ["Text"])
      #expect(try devices[1].state(of: try recordID(3))?.kind.rawValue == "dream")
      let kept = try devices[1].operations(
        of: try devices[0].device, .first ... .max, limitOperations: 9, limitBytes: 1 << 20)
      #expect(kept == page.map(\.operation))
    }
  }

  private func devices(_ count: Int, in folder: URL, seed: UInt64) throws -> [JournalStore] {
    let stores = try (0..<count).map { number in
      try TestMachine("machine \(number)", seed: seed &+ UInt64(number))
        .open(folder.appendingPathComponent("\(number)"))
    }
    for store in stores.dropFirst() {
      _ = try store.join(account: try stores[0].account, key: try stores[0].accountKey())
    }
    return stores
  }

  /// Something that somebody does.
  private func act(_ store: JournalStore, _ generator: inout SeededGenerator) throws {
    let number = Int.random(in: 0..<8, using: &generator)
    let id = try recordID(number)
    let word = "w\(generator.next() % 30)"
    guard try store.state(of: id) != nil else {
      try store.write([try entry(number, word) { $0.tags = [word] }])
      return
    }
    let choice = generator.next() % 6
    try store.write(editing: id) { state in
      var edit = RecordEdit()
      switch choice {
      case 0: return state.trashing()
      case 1: return state.untrashing()
      case 2: edit.add(word, to: .tag)
      case 3: edit.set(.title, .text(word))
      default: edit.set(.text, .text(word))
      }
      return try edit.change(of: state)
    }
  }
}
