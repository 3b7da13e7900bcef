import Foundation
import JournalModel
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct `A record that was shown` {
  @Test func `is changed in sight of what it said, whatever that is called by now`() async throws {
    let machine = TestMachine()
    try await withStore(machine) { store in
      try store.write([try entry(1, "Another")])
      try store.write([try entry(2, "One")])
      let id = try recordID(2)
      try store.write(editing: id, setting(.text, .text("Two")))
      let shown = try #require(try store.shown(id))
      // The last operation takes the number of the one that goes.
      _ = try store.erase([try recordID(1)])
      let change = try #require(try setting(.text, .text("Three"))(shown.state))
      try store.write([change], inSightOf: shown)
      let state = try #require(try store.state(of: id))
      #expect(state[.text] == .text("Three"))
      #expect(!state.hasSiblings)
      let seen = try #require(state.registers[.text]?.seen)
      #expect(Set(try store.history(of: id).map(\.stamp.id)).isSuperset(of: seen))
      #expect(seen.count == 1)
      try store.expectConsistent()
    }
  }

  @Test func `has not shown what a copy of the journal wrote under the same name`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let (home, other) = (
        folder.appendingPathComponent("home"), folder.appendingPathComponent("other")
      )
      let store = try machine.open(home)
      try store.write([try entry(1, "One")])
      let id = try recordID(1)
      try store.markAccepted([try store.device: .first])
      try FileManager.default.copyItem(at: home, to: other)
      let copy = try machine.open(other)
      for (journal, text) in [(store, "Mine"), (copy, "The copy's")] {
        machine.milliseconds.with { $0 += 1000 }
        try journal.write(editing: id, setting(.text, .text(text)))
      }
      let shown = try #require(try store.shown(id))
      _ = try store.fork(from: OperationID(device: try store.device, sequence: Sequence(2)))
      _ = try store.apply(try copy.everything(), bulk: false)
      machine.milliseconds.with { $0 += 1000 }
      let change = try #require(try setting(.text, .text("Mine, longer"))(shown.state))
      try store.write([change], inSightOf: shown)
      let state = try #require(try store.state(of: id))
      #expect(state[.text] == .text("Mine, longer"))
      #expect(state.registers[.text]?.siblings.map(\.value) == [.text("The copy's")])
      try store.expectConsistent()
    }
  }

  @Test func `that was erased meanwhile says that it was seen`() async throws {
    try await withStore { store in
      try store.write([try entry(1, "One")])
      try store.markAccepted([try store.device: .first])
      let id = try recordID(1)
      let shown = try #require(try store.shown(id))
      _ = try store.erase([id])
      let change = try #require(try setting(.text, .text("Two"))(shown.state))
      try store.write([change], inSightOf: shown)
      #expect(
        try store.state(of: id)?.registers[.text]?.seen
          == [OperationID(device: try store.device, sequence: .first)])
      try store.expectConsistent()
    }
  }
}
