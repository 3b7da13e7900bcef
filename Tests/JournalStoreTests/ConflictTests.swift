import Foundation
import JournalModel
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

/// Machines of one account whose clocks a test sets, and which tell each other all they know.
private struct Machines {
  let stores: [JournalStore]
  private let machines: [TestMachine]

  init(_ count: Int, in folder: URL, seed: UInt64 = 7) throws {
    machines = (0..<count).map { TestMachine("machine \($0)", seed: seed &+ UInt64($0)) }
    stores = try machines.enumerated().map { number, machine in
      try machine.open(folder.appendingPathComponent("\(number)"))
    }
    for store in stores.dropFirst() {
      _ = try store.join(account: try stores[0].account, key: try stores[0].accountKey())
    }
  }

  static func run(_ count: Int, _ body: (Machines) throws -> Void) async throws {
    try await withTemporaryFolder { folder in try body(try Machines(count, in: folder)) }
  }

  /// Lets a machine do something a while after all began.
  func at(_ seconds: Int64, _ number: Int, _ body: (JournalStore) throws -> Void) rethrows {
    machines[number].milliseconds.with { $0 = 1_790_000_000_000 + 1000 * seconds }
    try body(stores[number])
  }

  /// Everybody hears of everything. What that newly put beside other texts, by machine.
  @discardableResult
  func exchange() throws -> [[RecordID]] {
    let all = try stores.flatMap { try $0.everything() }
    return try stores.map { try $0.apply(all, bulk: false).conflicts }
  }

  /// They agree on a record; its text and the texts beside it.
  func texts(_ id: RecordID, _ register: RegisterName = .text) throws -> [String] {
    let states = try stores.map { try #require(try $0.state(of: id)) }
    #expect(Set(states).count == 1)
    #expect(Set(try stores.map { try $0.stateDigest }).count == 1)
    let register = try #require(states[0].registers[register])
    return ([register.value] + register.siblings.map(\.value)).map { $0.text ?? "-" }
  }
}

extension JournalStore {
  fileprivate func write(_ id: RecordID, _ text: String) throws {
    try write(editing: id, JournalStoreTests.setting(.text, .text(text)))
  }

  fileprivate func settle(_ id: RecordID, by settlement: Settlement) throws {
    try write(editing: id) { try $0.settling(.text, by: settlement) }
  }
}

@Suite struct ConflictTests {
  private let id: RecordID

  init() throws { id = try recordID(1) }

  private func withShared(_ count: Int, _ body: (Machines) throws -> Void) async throws {
    try await Machines.run(count) { machines in
      try machines.stores[0].write([try entry(1, "before", { $0.tags = ["river"] })])
      try machines.exchange()
      try body(machines)
      for store in machines.stores { try store.expectConsistent() }
    }
  }

  @Test(arguments: [(10, 20), (20, 10)] as [(Int64, Int64)])
  func `of two edits the later wins everywhere, and the other is kept`(first: Int64, second: Int64)
    async throws
  {
    try await withShared(2) { machines in
      try machines.at(first, 0) { try $0.write(id, "from 0") }
      try machines.at(second, 1) { try $0.write(id, "from 1") }
      #expect(try machines.exchange() == [[id], [id]])
      let expected = first > second ? ["from 0", "from 1"] : ["from 1", "from 0"]
      #expect(try machines.texts(id) == expected)
      for store in machines.stores {
        #expect(try store.summary().conflicts == 1)
        #expect(try store.contestedRecords().map(\.id) == [id])
        let versions = try store.history(of: id)
        #expect(versions.map(\.isSibling) == [false, true, false])
        #expect(versions.map(\.isCurrent) == [true, false, true])
      }
    }
  }

  @Test func `of three edits two are kept, and one settlement settles all of them`() async throws {
    try await withShared(3) { machines in
      for number in 0..<3 {
        try machines.at(10 + Int64(number), number) { try $0.write(id, "from \(number)") }
      }
      #expect(try machines.exchange() == [[id], [id], [id]])
      #expect(try machines.texts(id) == ["from 2", "from 0", "from 1"])
      try machines.at(20, 0) { try $0.settle(id, by: .both) }
      #expect(try machines.exchange() == [[], [], []])
      #expect(try machines.texts(id) == ["from 2\n\nfrom 0\n\nfrom 1"])
      #expect(try machines.stores.map { try $0.summary().conflicts } == [0, 0, 0])
    }
  }

  @Test(
    arguments: [
      (.winner, .winner, ["from 1"]), (.winner, .both, ["from 1\n\nfrom 0"]),
      (.both, .both, ["from 1\n\nfrom 0"]), (.text("merged"), .winner, ["from 1", "merged"]),
      (.text("merged"), .text("blended"), ["blended", "merged"]),
    ] as [(Settlement, Settlement, [String])])
  func `settled on two machines at once, nothing but new words is left to settle`(
    first: Settlement, second: Settlement, texts: [String]
  ) async throws {
    try await withShared(3) { machines in
      try machines.at(10, 0) { try $0.write(id, "from 0") }
      try machines.at(11, 1) { try $0.write(id, "from 1") }
      try machines.exchange()
      try machines.at(20, 0) { try $0.settle(id, by: first) }
      try machines.at(21, 1) { try $0.settle(id, by: second) }
      try machines.exchange()
      #expect(try machines.texts(id) == texts)
    }
  }

  @Test func `settled here while edited there, both new texts are kept`() async throws {
    try await withShared(3) { machines in
      try machines.at(10, 0) { try $0.write(id, "from 0") }
      try machines.at(11, 1) { try $0.write(id, "from 1") }
      try machines.exchange()
      try machines.at(20, 0) { try $0.settle(id, by: .text("merged")) }
      try machines.at(21, 1) { try $0.write(id, "from 1, and more") }
      #expect(try machines.exchange() == [[id], [id], [id]])
      #expect(try machines.texts(id) == ["from 1, and more", "merged"])
      try machines.at(30, 2) { try $0.settle(id, by: .winner) }
      #expect(try machines.exchange() == [[], [], []])
      #expect(try machines.texts(id) == ["from 1, and more"])
    }
  }

  @Test func `tags and other fields merge one by one`() async throws {
    try await withShared(2) { machines in
      try machines.at(10, 0) { store in
        try store.write(editing: id) { state in
          var edit = RecordEdit()
          edit.add("brave", to: .tag)
          edit.remove("river", from: .tag)
          edit.set(.starred, .boolean(true))
          return try edit.change(of: state)
        }
      }
      try machines.at(11, 1) { store in
        try store.write(editing: id) { state in
          var edit = RecordEdit()
          edit.add("sea", to: .tag)
          edit.add("Ida", to: .person)
          edit.set(.title, .text("T"))
          return try edit.change(of: state)
        }
      }
      #expect(try machines.exchange() == [[], []])
      let state = try #require(try machines.stores[0].state(of: id))
      #expect(state.members(of: .tag) == ["brave", "sea"])
      #expect(state.members(of: .person) == ["Ida"])
      #expect(state[.starred] == .boolean(true))
      #expect(try machines.texts(id, .title) == ["T"])
    }
  }

  @Test(arguments: [(10, 20), (20, 10)] as [(Int64, Int64)])
  func `deleted here and edited there, it is back, and that is news once`(
    delete: Int64, edit: Int64
  ) async throws {
    try await withShared(2) { machines in
      try machines.at(delete, 0) { try $0.write(editing: id) { $0.trashing() } }
      try machines.at(edit, 1) { try $0.write(id, "edited") }
      try machines.exchange()
      #expect(try machines.texts(id) == ["edited"])
      for store in machines.stores {
        #expect(try store.texts() == ["edited"])
        #expect(try store.news() == MergeNews(returned: [id]))
        let trashing = try store.history(of: id).filter { version in
          version.change?.writes.contains { $0.register == .trashed } ?? false
        }
        #expect(trashing.map(\.isCurrent) == [false])
        try store.forgetNews(try store.news())
        #expect(try store.news().isEmpty)
      }
      try machines.exchange()
      #expect(try machines.stores[0].news().isEmpty)
      // What happens to it afterwards does not bring it back once more.
      try machines.at(30, 1) { try $0.write(editing: id, setting(.starred, .boolean(true))) }
      try machines.exchange()
      for store in machines.stores { #expect(try store.news().isEmpty) }
    }
  }

  @Test func `a record thrown away in sight of all its texts is not asked about`() async throws {
    try await withShared(2) { machines in
      try machines.at(10, 0) { try $0.write(id, "from 0") }
      try machines.at(11, 1) { try $0.write(id, "from 1") }
      try machines.exchange()
      try machines.at(20, 0) { try $0.write(editing: id) { $0.trashing() } }
      try machines.exchange()
      for store in machines.stores {
        #expect(try store.summary().conflicts == 0)
        #expect(try store.contestedRecords().isEmpty)
        #expect(try store.news().isEmpty)
      }
      try machines.at(30, 1) { try $0.write(editing: id) { $0.untrashing() } }
      try machines.exchange()
      #expect(try machines.stores.map { try $0.summary().conflicts } == [1, 1])
    }
  }

  @Test func `new siblings are news until they are told or settled`() async throws {
    try await withShared(2) { machines in
      try machines.at(10, 0) { try $0.write(id, "from 0") }
      try machines.at(11, 1) { try $0.write(id, "from 1") }
      try machines.exchange()
      let (here, there) = (machines.stores[0], machines.stores[1])
      #expect(try here.news() == MergeNews(contested: [id]))
      #expect(try here.news() == MergeNews(contested: [id]))
      try here.forgetNews(try here.news())
      #expect(try here.news().isEmpty)
      try machines.at(20, 0) { try $0.settle(id, by: .winner) }
      try machines.exchange()
      #expect(try there.news().isEmpty)
      try machines.at(30, 0) { try $0.write(id, "again 0") }
      try machines.at(31, 1) { try $0.write(id, "again 1") }
      try machines.exchange()
      #expect(try here.news() == MergeNews(contested: [id]))
      #expect(try there.news() == MergeNews(contested: [id]))
    }
  }

  @Test func `an old version is written anew, also one that lost`() async throws {
    try await withShared(2) { machines in
      try machines.at(10, 0) { try $0.write(id, "from 0") }
      try machines.at(11, 1) { try $0.write(id, "from 1") }
      try machines.exchange()
      let lost = try #require(try machines.stores[0].history(of: id).first { $0.isSibling })
      try machines.at(20, 0) { store in
        let changes = try store.history(of: id).filter { $0.stamp <= lost.stamp }
          .compactMap { version in
            version.change.map { StampedChange(stamp: version.stamp, change: $0) }
          }
        let earlier = try #require(RecordState(id: id, merging: changes))
        try store.write(editing: id) { $0.reverting(to: earlier) }
      }
      try machines.exchange()
      #expect(try machines.texts(id) == ["from 0"])
      let histories = try machines.stores.map { try $0.history(of: id) }
      #expect(histories[0] == histories[1])
      #expect(histories[0].count == 4)
    }
  }

  @Test func `devices have the names of their machines`() async throws {
    try await Machines.run(2) { machines in
      let devices = try machines.stores.map { try $0.device }
      try machines.stores[1].write([try entry(1, "text")])
      #expect(try machines.stores[1].machineNames() == [devices[1]: "machine 1"])
      try machines.stores[1].write([
        RecordChange(
          record: try recordID(2), kind: .device,
          writes: [
            RegisterWrite(.name, .text("laptop")),
            RegisterWrite(RegisterName(.writes, devices[1].description), .boolean(true)),
          ])
      ])
      try machines.exchange()
      let names = [devices[0]: "machine 0", devices[1]: "laptop"]
      #expect(try machines.stores[0].machineNames() == names)
      #expect(try machines.stores[1].machineNames()[devices[1]] == "laptop")
    }
  }

  @Test(arguments: SeededGenerator.seeds)
  func `whatever was written apart, settling once settles it everywhere`(seed: UInt64) async throws
  {
    try await withShared(3) { machines in
      var generator = SeededGenerator(seed: seed)
      for round in 0..<12 {
        for number in 0..<3 where Bool.random(using: &generator) {
          let time = Int64(100 * round + Int.random(in: 0..<100, using: &generator))
          let choice = Int.random(in: 0..<6, using: &generator)
          try machines.at(time, number) { store in
            let state = try #require(try store.state(of: id))
            switch choice {
            case 0 where state.hasSiblings: try store.settle(id, by: .both)
            case 1 where state.hasSiblings: try store.settle(id, by: .winner)
            case 2: try store.write(editing: id) { $0.trashing() }
            default: try store.write(id, "\(round) from \(number)")
            }
          }
        }
        if Bool.random(using: &generator) { try machines.exchange() }
      }
      try machines.exchange()
      let settler = Int.random(in: 0..<3, using: &generator)
      try machines.at(2000, settler) { try $0.settle(id, by: .both) }
      #expect(try machines.exchange() == [[], [], []])
      #expect(try machines.texts(id).count == 1)
    }
  }
}
