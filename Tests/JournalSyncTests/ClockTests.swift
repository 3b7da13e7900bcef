import Foundation
import JournalModel
import JournalStore
import OperationLog
import ServerCore
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import JournalSync

private let now = StoreEnvironment.live.wallClockMilliseconds()
private let day: Int64 = 24 * 3_600_000
private let year = 365 * day

struct `A machine whose clock is wrong` {
  @Test(arguments: [-60, -10, -1, 1, 10, 200] as [Int64])
  func `by years is named, and neither it nor another is held up`(years: Int64) async throws {
    try await withServer(clock: SetClock(now)) { server, folder in
      let wrong = now + years * year
      let clock = SetClock(wrong)
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      let b = try Machine(in: folder, "b", wallClock: { now + 1000 })
      try await b.restore(from: server)
      let id = try a.write("Once")
      try a.edit(id, text: "Twice")
      let date = try #require(try a.store.state(of: id)?[.date])

      let report = try await a.restore(from: server).report
      #expect(report.pushed == 2)
      #expect(
        report.warnings == [
          .clockWrong(
            machine: "a", operations: years > 0 ? 2 : 0,
            offsetMilliseconds: now - max(wrong, 0))
        ])
      #expect(report.warnings[0].description.contains("This machine's clock (a) is "))
      #expect(try a.store.summary().unsynced == 0)

      // Nobody is behind or ahead for it: who writes later wins, here and there.
      let other = try await b.client.sync()
      #expect(other.warnings.isEmpty && other.requests == 1)
      try b.edit(id, text: "Three times")
      _ = try await b.client.sync()
      #expect(try await a.client.sync().warnings.isEmpty)
      #expect(try a.texts() == ["Three times"])
      try a.edit(id, text: "Four times")
      #expect(try await a.client.sync().warnings.isEmpty)
      _ = try await b.client.sync()
      #expect(try b.texts() == ["Four times"])

      // Put right, without further ado.
      clock.set(now + 2000)
      try a.edit(id, text: "Five times")
      #expect(try await a.client.sync().warnings.isEmpty)
      _ = try await b.client.sync()
      #expect(try b.texts() == ["Five times"])
      #expect(try b.store.state(of: id)?[.date] == date)
      try expectConverged(a, b)
    }
  }

  @Test func `is named though it was put right before the next sync`() async throws {
    try await withServer(clock: SetClock(now)) { server, folder in
      let clock = SetClock(now)
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      try await a.restore(from: server)
      clock.set(now + 2 * year)
      try a.write("In two years")
      clock.set(now + 1000)
      try a.write("Now")
      let report = try await a.client.sync()
      #expect(report.pushed == 2)
      #expect(report.warnings == [.clockWasWrong(machine: "a", operations: 3)])
      #expect(
        report.warnings.first?.description
          == "This machine's clock (a) was ahead when something was written here; it is right by "
          + "now. 3 changes were stamped anew. Dates are as you wrote them.")
      #expect(try await a.client.sync().warnings.isEmpty)
    }
  }

  @Test(arguments: [Int64.min, .max])
  func `beyond all bounds still writes and syncs`(wall: Int64) async throws {
    try await withServer(clock: SetClock(now)) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { wall })
      for number in 0..<5 { try a.write("Entry \(number)") }
      try await a.restore(from: server)
      try a.write("And one more")
      #expect(try await a.client.sync().pushed == 1)
      let b = try Machine(in: folder, "b", wallClock: { now })
      try await b.restore(from: server)
      #expect(try b.texts().count == 6)
      try expectConverged(a, b)
    }
  }

  @Test func `and jumps goes on, and the last word wins`() async throws {
    let serverClock = SetClock(now)
    try await withServer(clock: serverClock) { server, folder in
      let clock = SetClock(now)
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      let b = try Machine(in: folder, "b", wallClock: { serverClock.now() })
      try await a.restore(from: server)
      try await b.restore(from: server)
      let id = try a.write("0")
      for (number, jump) in [5 * year, -5 * year, day, -20 * year, 0, year, 0].enumerated() {
        // Between two words, between two syncs.
        try a.edit(id, text: "\(number) before the jump")
        clock.set(serverClock.now() + jump)
        try a.edit(id, text: "\(number)")
        let report = try await a.client.sync()
        #expect(report.pushed == (number == 0 ? 3 : 2))
        #expect(
          report.warnings.allSatisfy {
            if case .clockWrong("a", _, _) = $0 { true } else { false }
          })
        #expect(report.warnings.isEmpty == (jump == 0))
        _ = try await b.client.sync()
        #expect(try b.texts() == ["\(number)"])
        serverClock.set(serverClock.now() + 60_000)
      }
      _ = try await a.client.sync()
      try await settle(a, b)
      try expectConverged(a, b)
    }
  }

  @Test func `and stands still goes on, and is heard from day by day`() async throws {
    let serverClock = SetClock(now)
    try await withServer(clock: serverClock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { now })
      let b = try Machine(in: folder, "b", wallClock: { serverClock.now() })
      try await a.restore(from: server)
      try await b.restore(from: server)
      let id = try a.write("0")
      for days in 1...4 {
        serverClock.set(now + Int64(days) * day)
        for number in 1...30 { try a.edit(id, text: "\(days).\(number)") }
        #expect(try await a.client.sync().pushed == (days == 1 ? 31 : 30))
        _ = try await b.client.sync()
        #expect(try b.texts() == ["\(days).30"])
      }
      // Its clock follows the server's, a sync behind.
      let heard = try #require(try b.store.machines().first { $0.name == "a" }?.lastHeardFrom)
      #expect(heard >= now + 3 * day)
      _ = try await a.client.sync()
      try await settle(a, b)
      try expectConverged(a, b)
    }
  }

  @Test func `without a server writes in order, whatever the clock does`() async throws {
    try await withEmptyServer { _, folder in
      let clock = SetClock(now)
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      let id = try a.write("first")
      for (number, time) in [now + 30 * year, 0, .max, .min, now, now].enumerated() {
        clock.set(time)
        try a.edit(id, text: "\(number)")
        #expect(try a.texts() == ["\(number)"])
      }
      let stamps = try a.store.history(of: id).map(\.stamp.timestamp)
      #expect(stamps == Set(stamps).sorted(by: >))
    }
  }
}

struct `A server whose clock is wrong` {
  @Test func `by being years behind is named, and takes what is written`() async throws {
    let serverClock = SetClock(now)
    try await withServer(clock: serverClock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { now })
      let b = try Machine(in: folder, "b", wallClock: { now })
      try await a.restore(from: server)
      try await b.restore(from: server)
      let id = try b.write("Right")
      _ = try await b.client.sync()
      _ = try await a.client.sync()
      serverClock.set(now - 3 * year)
      // Beyond the second past the greatest accepted that the rule leaves.
      let later = try Machine(in: folder, "a", wallClock: { now + day }, mode: .existing)
      try later.edit(id, text: "Wrong there")
      let report = try await later.client.sync()
      #expect(report.pushed == 1)
      // The edit, and what it tells of itself a day later.
      #expect(
        report.warnings == [.serverClockWrong(operations: 2, aheadMilliseconds: -3 * year - day)])
      _ = try await b.client.sync()
      #expect(try b.texts() == ["Wrong there"])
      serverClock.set(now + day)
      try later.edit(id, text: "Right again")
      #expect(try await later.client.sync().warnings.isEmpty)
      _ = try await b.client.sync()
      try await settle(b, later)
      try expectConverged(b, later)
    }
  }

  /// Nobody's word but its own is for it.
  @Test(arguments: [true, false])
  func `by being years ahead is not followed, and is told once`(knowsBetter: Bool) async throws {
    let serverClock = SetClock(knowsBetter ? now : now + 10 * year)
    try await withServer(clock: serverClock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { now + 1000 })
      let b = try Machine(in: folder, "b", wallClock: { now + 2000 })
      let first = try await a.restore(from: server).report
      if !knowsBetter {
        #expect(
          first.warnings == [
            .clocksApart(machine: "a", aheadMilliseconds: 10 * year - 1000)
          ])
      }
      try await b.restore(from: server)
      serverClock.set(now + 10 * year)
      try a.write("One")
      let report = try await a.client.sync()
      #expect(
        report.warnings
          == (knowsBetter
            ? [.serverClockWrong(operations: 0, aheadMilliseconds: 10 * year - 1000)] : []))
      let id = try a.write("Two")
      #expect(try await a.client.sync().warnings.isEmpty)
      #expect(try a.store.history(of: id)[0].stamp.timestamp.milliseconds < now + day)

      // When somebody was last heard from stays worth knowing.
      _ = try await b.client.sync()
      let heard = try b.store.machines().first { $0.name == "a" }?.lastHeardFrom
      #expect(heard.map { $0 < now + day } == true)
      serverClock.set(now + 3000)
      #expect(try await a.client.sync().warnings.isEmpty)
      serverClock.set(now + 10 * year)
      #expect(try await a.client.sync().warnings.count == 1)
    }
  }

  @Test func `by being years ahead leaves no trace once it is right`() async throws {
    let serverClock = SetClock(now + 24 * year)
    try await withServer(clock: serverClock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { now })
      let b = try Machine(in: folder, "b", wallClock: { now })
      try await a.restore(from: server)
      let id = try a.write("In the future")
      _ = try await a.client.sync()
      serverClock.set(now)
      _ = try await a.client.sync()
      let before = try b.write("On b alone")
      #expect(try await b.restore(from: server).report.warnings.isEmpty)
      try b.edit(id, text: "On b")
      try b.edit(before, text: "On b alone, edited")
      #expect(try await b.client.sync().warnings.isEmpty)
      _ = try await a.client.sync()
      #expect(try a.texts() == ["On b", "On b alone, edited"])
      try await settle(a, b)
      try expectConverged(a, b)
    }
  }

  /// What was once written in the far future goes to an empty server, from a machine that comes
  /// first with an operation that is late only without it.
  @Test func `and lost all it took at that time gets it back`() async throws {
    let serverClock = SetClock(now + 24 * year)
    try await withServer(clock: serverClock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { now })
      let b = try Machine(in: folder, "b", wallClock: { now })
      try await a.restore(from: server)
      try await b.restore(from: server)
      let backup = try await server.storage.backup()
      _ = try await a.client.sync()
      try a.write("In the future")
      _ = try await a.client.sync()
      _ = try await b.restore(from: server)
      await server.storage.putBack(backup)
      serverClock.set(now)
      try b.write("After it")
      let report = try await b.restore(from: server).report
      #expect(report.pushed == 1)
      #expect(report.warnings.contains(.rebuilt(operations: 2)))
      let c = try Machine(in: folder, "c", wallClock: { now })
      try await c.restore(from: server)
      #expect(try c.texts() == ["After it", "In the future"])
    }
  }

  @Test func `and whose account was deleted takes what cannot be stamped anew`() async throws {
    // Both clocks, for a server that is far ahead is not followed.
    let (clock, serverClock) = (SetClock(now + 24 * year), SetClock(now + 24 * year))
    try await withServer(clock: serverClock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      try await a.restore(from: server)
      try a.write("In the future")
      _ = try await a.client.sync()
      try await a.client.deleteAccount(.recoveryCode(TestPerson.ada.get().recoveryCode))
      clock.set(now)
      serverClock.set(now)
      try await TestPerson.ada.get().makeAccount(at: server)
      try a.write("After it")
      _ = try await a.restore(from: server)
      #expect(try a.store.summary().unsynced == 0)
      let b = try Machine(in: folder, "b", wallClock: { now })
      try await b.restore(from: server)
      try expectConverged(a, b)
    }
  }

  @Test(arguments: [Int64.min, -1, 0, Timestamp.millisecondsMax, .max])
  func `beyond all bounds makes nothing trap, and nothing is lost`(time: Int64) async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("One")
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { $0.serverTime = time }
      })
      let lied = try Machine(in: folder, "a", transport: transport, mode: .existing)
      // What no clock can count is refused, the rest is followed as far as stamps go.
      _ = try? await lied.client.sync()
      try lied.write("Two")
      _ = try await a.client.sync()
      #expect(try await a.client.sync().warnings.isEmpty)
      let b = try Machine(in: folder, "b")
      try await b.restore(from: server)
      #expect(try b.texts() == ["One", "Two"])
      try expectConverged(a, b)
    }
  }

  @Test func `only as it says is found out, and nothing is stamped anew`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      _ = try await a.client.sync()
      let id = try a.write("Mine")
      let stamp = try a.store.history(of: id).map(\.stamp)
      let device = try a.store.device
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          answer.refusals = [
            .with {
              $0.device = device.rawValue
              $0.sequence = stamp[0].id.sequence.rawValue
              $0.reason = .timestamp
            }
          ]
        }
      })
      let lied = try Machine(in: folder, "a", transport: transport, mode: .existing)
      await #expect { try await lied.client.sync() } throws: {
        ($0 as? SyncFailure)?.description.contains("without a reason") == true
      }
      #expect(try await a.client.sync().warnings.isEmpty)
      #expect(try a.store.history(of: id).map(\.stamp) == stamp)
      #expect(try a.store.summary().unsynced == 0)
    }
  }
}

struct SuspectClockTests {
  /// In days from one moment of 2030: the server's clock, this machine's, the greatest time of what
  /// others have seen.
  @Test(
    arguments: [
      (0, 0, 0, .machine),
      (20, 0, -1, .machine),
      (3_650, 0, -1, .server),
      (3_650, 0, -3_000, .either),
      (3_650, -3_650, -1, .machine),
      (0, -365, -1, .machine),
      // This machine is behind, and the server is wrong all the same.
      (3_650, 0, 1, .either),
      (3_650, 0, 29, .either),
      (0, -365, -60, .either),
      (-1_000, 0, -1, .server),
      (-1_000, 0, -2_000, .machine),
    ] as [(Int64, Int64, Int64, SuspectClock)])
  func `is the one that the third witness speaks against`(
    server: Int64, here: Int64, elsewhere: Int64, suspect: SuspectClock
  ) {
    func time(_ days: Int64) -> Int64 { 1_900_000_000_000 + days * day }
    #expect(
      SuspectClock(serverTime: time(server), here: time(here), elsewhere: time(elsewhere))
        == suspect)
  }
}
