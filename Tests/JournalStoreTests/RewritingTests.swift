import Foundation
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct RewritingTests {
  @Test func `what the server accepted is sent no more`() async throws {
    try await withStore { store in
      let device = try store.device
      try store.write(try (1...5).map { try entry($0, "Text \($0)") })
      #expect(try store.unsent(limitOperations: 2, limitBytes: 1 << 20).count == 2)
      #expect(try store.unsent(limitOperations: 9, limitBytes: 1).count == 1)
      #expect(try store.unsent(limitOperations: 9, limitBytes: 1 << 20).count == 5)
      #expect(try store.hasAcceptedOperations == false)
      try store.markAccepted([device: Sequence(3), DeviceID(rawValue: 1): Sequence(9)])
      let rest = try store.unsent(limitOperations: 9, limitBytes: 1 << 20)
      #expect(rest.map(\.header.sequence.rawValue) == [4, 5])
      #expect(try store.summary().unsynced == 2)
      #expect(try store.hasAcceptedOperations)
      try store.forgetAcceptance()
      #expect(try store.unsent(limitOperations: 9, limitBytes: 1 << 20).count == 5)
      #expect(try store.restamp(serverTime: 5, greatest: .zero) == 2)
    }
  }

  @Test func `operations come back as accepted when their reply was lost`() async throws {
    try await withStore { store in
      try store.write(try (1...3).map { try entry($0, "Text \($0)") })
      let page = try store.everything()
      #expect(try store.apply(Array(page[..<2]), bulk: false) == ApplyOutcome())
      #expect(try store.summary().unsynced == 1)
    }
  }

  @Test func `what a backup had still to write counts as accepted when it comes back`() async throws
  {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      let store = try machine.open(folder.appendingPathComponent("home"))
      try store.write([try entry(1, "One")])
      let path = folder.appendingPathComponent("backup.ebb").path
      try store.backup(to: path)
      try store.write([try entry(2, "Two"), try entry(3, "Three")])
      let home = folder.appendingPathComponent("other")
      try JournalStore.restore(backup: path, into: home.path, environment: machine.environment)
      let restored = try machine.open(home)
      _ = try restored.apply(try store.everything(), bulk: false)
      let accepted = try restored.reading { try DeviceTable.load($0)[store.device]?.accepted }
      #expect(accepted == Sequence(3))
      try restored.expectConsistent()
    }
  }

  @Test func `restamping keeps the order and everything else`() async throws {
    let machine = TestMachine()
    try await withStore(machine) { store in
      let id = try recordID(1)
      try store.write([try entry(1, "One")])
      try store.markAccepted([try store.device: .first])
      machine.milliseconds.with { $0 += 1_000_000_000 }
      try store.write(editing: id, setting(.text, .text("Two")))
      try store.write(editing: id, setting(.text, .text("Three")))
      let released = try store.everything()[0]
      let serverTime: Int64 = 1_790_000_100_000
      let greatest = Timestamp(milliseconds: serverTime + 500)
      #expect(try store.restamp(serverTime: serverTime, greatest: greatest) == 2)
      let all = try store.everything()
      #expect(all[0] == released)
      let stamps = all.map(\.operation.header.timestamp)
      #expect(stamps == stamps.sorted() && stamps[1] > greatest)
      #expect(stamps[2] < greatest.advanced(byMilliseconds: 2))
      #expect(try store.state(of: id)?[.text] == .text("Three"))
      try store.expectConsistent()
      // The wrong clock is remembered, until it is right.
      try store.write([try entry(2, "Next")])
      let next = try #require(try store.everything().last?.operation.header.timestamp)
      #expect(next.milliseconds < serverTime + 1_000)
      machine.milliseconds.with { $0 = serverTime + 5_000 }
      #expect(try store.clockOffsetMilliseconds < -900_000_000)
      #expect(try store.adjustClock(differenceMilliseconds: 1) == false)
      #expect(try store.clockOffsetMilliseconds == 0)
      try store.write([try entry(3, "Right")])
      #expect(
        try store.everything().last?.operation.header.timestamp.milliseconds == serverTime + 5_000)
    }
  }

  @Test func `restamped words stay later than those in sight of which they were written`()
    async throws
  {
    try await withTemporaryFolder { folder in
      let other = TestMachine("laptop")
      other.milliseconds.with { $0 += 900_000 }
      let there = try other.open(folder.appendingPathComponent("there"))
      let store = try TestMachine().open(folder.appendingPathComponent("here"))
      _ = try there.join(account: try store.account, key: try store.accountKey())
      let id = try recordID(1)
      try there.write([try entry(1, "Elsewhere")])
      _ = try store.apply(try there.everything(), bulk: false)
      try store.write(editing: id, setting(.text, .text("Here")))
      // A server that was lost has accepted nothing yet.
      #expect(try store.restamp(serverTime: 1_790_000_000_000, greatest: .zero) == 1)
      #expect(try store.state(of: id)?[.text] == .text("Here"))
      try store.expectConsistent()
    }
  }

  @Test func `restamping goes by time, for an erase may have moved the last into a gap`()
    async throws
  {
    try await withStore { store in
      let id = try recordID(1)
      try store.write([try entry(1, "One")])
      try store.write([try entry(2, "Gone")])
      try store.write(editing: id, setting(.text, .text("Two")))
      try store.write(editing: id, setting(.text, .text("Three")))
      #expect(try store.erase([try recordID(2)]) == 1)
      #expect(try store.state(of: id)?[.text] == .text("Three"))
      #expect(try store.restamp(serverTime: 5, greatest: .zero) == 3)
      let state = try #require(try store.state(of: id))
      #expect(state[.text] == .text("Three") && !state.hasSiblings)
      try store.expectConsistent()
    }
  }

  @Test func `a fork renames what was not accepted, and who has seen it`() async throws {
    try await withStore { store in
      let old = try store.device
      let id = try recordID(1)
      try store.write([try entry(1, "One")])
      try store.write([try entry(2, "Other")])
      try store.markAccepted([old: .first])
      try store.write(editing: id, setting(.text, .text("Two")))
      try store.write(editing: id, setting(.text, .text("Three")))
      let before = try store.state(of: id)
      let new = try store.fork(from: OperationID(device: old, sequence: Sequence(3)))
      #expect(try store.device == new && new != old)
      let known = try store.known()
      #expect(known.first { $0.device == old }?.sequences == KnownSequences(gapless: Sequence(2)))
      #expect(known.first { $0.device == new }?.sequences == KnownSequences(gapless: Sequence(2)))
      let state = try #require(try store.state(of: id))
      #expect(state[.text] == .text("Three") && !state.hasSiblings)
      let text = try #require(state.registers[.text])
      #expect(text.stamp.id == OperationID(device: new, sequence: Sequence(2)))
      #expect(text.seen == [OperationID(device: new, sequence: .first)])
      #expect(state.modified == before?.modified)
      #expect(try store.write([try entry(3, "On")]).first?.sequence == Sequence(3))
      #expect(
        try store.unsent(limitOperations: 9, limitBytes: 1 << 20).map(\.header.id) == [
          OperationID(device: old, sequence: Sequence(2))
        ])
      try store.markAccepted([old: Sequence(2)])
      #expect(try store.unsent(limitOperations: 9, limitBytes: 1 << 20).count == 3)
      try store.expectConsistent()
    }
  }

  @Test func `a copy that wrote under the same id gives way to what the server has`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine(seed: 1)
      let first = try machine.open(folder.appendingPathComponent("a"))
      try first.write([try entry(1, "Before the copy")])
      let old = try first.device
      // A copy of the file that nothing tells apart: same machine, same ids.
      let twin = folder.appendingPathComponent("b")
      try FileManager.default.createDirectory(at: twin, withIntermediateDirectories: false)
      try FileManager.default.copyItem(
        atPath: first.path, toPath: twin.appendingPathComponent("journal.sqlite").path)
      let second = try machine.open(twin)
      try first.write([try entry(2, "By the first")])
      try first.write([try entry(3, "By the first too")])
      try second.write([try entry(4, "By the second")])
      try second.write(editing: try recordID(4), setting(.text, .text("By the second, edited")))

      let outcome = try second.apply(try first.everything(), bulk: false)
      #expect(outcome.operations == 2 && outcome.contradictions.isEmpty)
      let new = try #require(outcome.newDevice)
      #expect(try second.device == new && new != old)
      #expect(try second.texts().count == 4)
      let unsent = try second.unsent(limitOperations: 9, limitBytes: 1 << 20)
      #expect(unsent.map(\.header.device).filter { $0 == new }.count == 2)
      try second.expectConsistent()
      _ = try first.apply(try second.everything(), bulk: false)
      #expect(try first.stateDigest == second.stateDigest)
      #expect(try first.device == old)
    }
  }

  @Test func `what others have seen gives way to nothing, and is named`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine(seed: 1)
      let first = try machine.open(folder.appendingPathComponent("a"))
      try first.write([try entry(1, "Before the copy")])
      let twin = folder.appendingPathComponent("b")
      try FileManager.default.createDirectory(at: twin, withIntermediateDirectories: false)
      try FileManager.default.copyItem(
        atPath: first.path, toPath: twin.appendingPathComponent("journal.sqlite").path)
      let second = try machine.open(twin)
      let device = try second.device
      try first.write([try entry(2, "By the first")])
      try second.write([try entry(3, "By the second")])
      try second.markAccepted([device: Sequence(2)])

      let outcome = try second.apply(try first.everything(), bulk: false)
      let contested = OperationID(device: device, sequence: Sequence(2))
      #expect(outcome.contradictions == [contested] && outcome.operations == 0)
      #expect(outcome.newDevice == nil)
      #expect(try second.device == device)
      #expect(try second.texts().sorted() == ["Before the copy", "By the second"])
      try second.expectConsistent()
    }
  }

  @Test func `pulling what this store never made under its id gives it another`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine(seed: 1)
      let store = try machine.open(folder.appendingPathComponent("a"))
      try store.write([try entry(1, "One")])
      let backup = folder.appendingPathComponent("backup").path
      try store.backup(to: backup)
      try store.write([try entry(2, "Two"), try entry(3, "Three")])
      let copy = folder.appendingPathComponent("c")
      try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: false)
      try FileManager.default.copyItem(
        atPath: backup, toPath: copy.appendingPathComponent("journal.sqlite").path)
      let restored = try machine.open(copy)
      #expect(try restored.device == store.device)
      let outcome = try restored.apply(try store.everything(), bulk: false)
      #expect(outcome.newDevice == (try restored.device))
      #expect(try restored.device != store.device)
      #expect(try restored.stateDigest == store.stateDigest)
      #expect(try restored.summary().unsynced == 0)
    }
  }

  @Test func `joining an account brings along what was written before`() async throws {
    try await withTemporaryFolder { folder in
      let owner = try TestMachine("a", seed: 1).open(folder.appendingPathComponent("a"))
      try owner.write([try entry(1, "Owner's")])
      let joining = try TestMachine("b", seed: 2).open(folder.appendingPathComponent("b"))
      try joining.write([try entry(2, "Local"), try entry(3, "Local too")])
      try joining.write(editing: try recordID(2), setting(.text, .text("Edited")))
      let state = try joining.state(of: try recordID(2))
      let (account, key) = (try owner.account, try owner.accountKey())
      #expect(try joining.join(account: account, key: key) == 3)
      #expect(try joining.join(account: account, key: key) == 0)
      #expect(try joining.account == account)
      #expect(try joining.state(of: try recordID(2)) == state)
      try joining.expectConsistent()
      _ = try owner.apply(try joining.everything(), bulk: false)
      _ = try joining.apply(try owner.everything(), bulk: false)
      #expect(try owner.stateDigest == joining.stateDigest)
      let stranger = try TestMachine("c", seed: 3).open(folder.appendingPathComponent("c"))
      let other = (try stranger.account, try stranger.accountKey())
      #expect(code { try joining.join(account: other.0, key: other.1) } == .otherAccount)
      try owner.markAccepted([try owner.device: .first])
      #expect(code { try owner.join(account: other.0, key: other.1) } == .otherAccount)
      #expect(try owner.account == account)
    }
  }
}
