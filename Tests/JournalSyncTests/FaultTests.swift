import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@testable import JournalSync
import SecureTransport

struct `Whatever is lost on the way` {
  /// Every exchange of a restore and a sync fails once, before or after the server did its part.
  @Test(arguments: 0..<7, [FaultyTransport.Fault.loseRequest, .loseAnswer])
  func `asking again heals it`(lost: Int, fault: FaultyTransport.Fault) async throws {
    var limits = ServerLimits()
    limits.pageOperationsMax = 10
    try await withServer(limits: limits) { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      for number in 0..<25 { try a.write("Entry \(number)") }
      _ = try await a.client.sync()

      let transport = FaultyTransport(fault: { $0 == lost ? fault : nil })
      let b = try Machine(in: folder, "b", transport: transport)
      try b.write("From b")
      let outcome = try await b.restore(from: server)
      #expect(outcome.report.pulled == 25)
      #expect(outcome.report.warnings.isEmpty)
      try b.write("From b again")
      #expect(try await b.client.sync().warnings.isEmpty)
      _ = try await a.client.sync()
      try expectConverged(a, b)
    }
  }

  /// Of a journal of many years a restore brings first what is in force: what it replaced are gaps,
  /// if it ends there.
  @Test func `however many gaps there are, a request names no more than may be`() throws {
    let known = (1...3).map { device in
      DeviceKnowledge(
        device: DeviceID(rawValue: UInt64(device)),
        sequences: KnownSequences(
          gapless: .none,
          beyond: (1...3_000).map { Sequence(UInt64(2 * $0))...Sequence(UInt64(2 * $0)) }),
        digest: nil, isOwn: false)
    }
    var message = WireSyncRequest()
    message.have = known.messages
    let request = try #require(
      SyncRequest(message, account: TestPerson.ada.get().ring.account))
    #expect(
      request.have.reduce(0) { $0 + $1.sequences.beyond.count } == ProtocolLimits.haveRangesMax)
    #expect(request.have.first?.sequences == known[0].sequences)
    message.have[2].beyond = [2, 2]
    #expect(try SyncRequest(message, account: TestPerson.ada.get().ring.account) == nil)
  }

  @Test func `what was stored before a failure is not asked for again`() async throws {
    var limits = ServerLimits()
    limits.pageOperationsMax = 10
    try await withServer(limits: limits) { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      for number in 0..<45 { try a.write("Entry \(number)") }
      _ = try await a.client.sync()

      // Challenge, session and three pages; then the server is gone for good.
      let transport = FaultyTransport(fault: { (5..<10).contains($0) ? .loseAnswer : nil })
      let b = try Machine(in: folder, "b", transport: transport)
      await #expect(throws: SyncFailure.self) { try await b.restore(from: server) }
      let stored = try b.store.summary().operations
      #expect(stored >= 20 && stored < 46)
      let rest = try await b.client.sync()
      #expect(rest.pulled == 45 - stored || rest.pulled == 46 - stored)
      _ = try await a.client.sync()
      try expectConverged(a, b)
    }
  }

  @Test func `a wrong clock is put right and what was written is stamped anew`() async throws {
    let now = StoreEnvironment.live.wallClockMilliseconds()
    let clock = SetClock(now)
    try await withServer(clock: clock) { server, folder in
      let hour: Int64 = 3_600_000
      let a = try Machine(in: folder, "a", wallClock: { now + 24 * 365 * hour })
      let b = try Machine(in: folder, "b", wallClock: { now + 1000 })
      try await b.restore(from: server)
      let id = try a.write("From the future")
      try a.edit(id, text: "From far away")
      let report = try await a.restore(from: server).report
      #expect(report.pushed == 2)
      #expect(
        report.warnings == [
          .clockWrong(machine: "a", operations: 2, offsetMilliseconds: -24 * 365 * hour)
        ])
      _ = try await b.client.sync()
      try b.edit(id, text: "Later, and right")
      _ = try await b.client.sync()
      // Written on a after it has seen b's, so it wins; its clock still stands wrong.
      _ = try await a.client.sync()
      #expect(try a.texts() == ["Later, and right"])
      try a.edit(id, text: "Last")
      #expect(try await a.client.sync().warnings.isEmpty)
      _ = try await b.client.sync()
      #expect(try b.texts() == ["Last"])
      try expectConverged(a, b)
    }
  }

  /// Of one page, and of more than one.
  @Test(.timeLimit(.minutes(20)), arguments: [100, 3_000])
  func `a full account is told, and what came is kept`(count: Int) async throws {
    var limits = ServerLimits()
    limits.accountBytesMax = 20_000
    try await withServer(limits: limits) { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      try b.write("Fits")
      _ = try await b.client.sync()
      var generator = SeededGenerator()
      let date = try #require(JournalDate(rfc9557: "2026-11-21[Europe/Berlin]"))
      let now = a.store.environment.wallClockMilliseconds()
      try a.store.write(
        try (0..<count).map { number in
          try EntryDraft(date: date, text: "Entry \(number)")
            .change(record: .random(using: &generator), createdAt: now)
        })
      await #expect { try await a.client.sync() } throws: {
        ($0 as? SyncFailure)?.code == .storageFull
      }
      #expect(try a.texts().contains("Fits"))
      #expect(try a.store.summary().unsynced > 0)
    }
  }
}

struct `A server that lost something` {
  @Test func `gets all of it back from any one machine`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      try a.write("From a")
      _ = try await a.client.sync()
      try b.write("From b")
      _ = try await b.client.sync()
      try b.write("Never sent to the first server")

      // Another server, empty: b registers its account there again.
      try await SyncServer.run { second in
        try await TestPerson.ada.get().makeAccount(at: second)
        let outcome = try await b.restore(from: second)
        #expect(outcome.report.warnings.contains(.broughtAlong(operations: 4)))
        #expect(outcome.report.pushed == 1)

        let c = try Machine(in: folder, "c")
        try await c.restore(from: second)
        try expectConverged(b, c)

        // Under the same address, as far as a knows.
        let (address, fingerprint) = (try second.address, second.fingerprint.description)
        try a.store.updateServerLink { link in
          link.server = address
          link.fingerprint = fingerprint
        }
        await #expect { try await a.client.sync() } throws: {
          ($0 as? SyncFailure)?.code == .sessionEnded
        }
        try await a.restore(from: second)
        try expectConverged(a, b)
      }
    }
  }

  @Test func `that was put back from an older copy gets what is new since`() async throws {
    try await withServer { first, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: first)
      for number in 0..<5 { try a.write("Entry \(number)") }
      _ = try await a.client.sync()
      try await SyncServer.run { older in
        try await TestPerson.ada.get().makeAccount(at: older)
        // The older copy: a machine that knows only the first entries brings them there.
        let b = try Machine(in: folder, "b")
        try await b.restore(from: first)
        try await b.restore(from: older)
        for number in 5..<9 { try a.write("Entry \(number)") }
        _ = try await a.client.sync()
        try a.write("Unsent")
        let report = try await a.restore(from: older).report
        #expect(report.pushed == 1)
        #expect(report.warnings == [.broughtAlong(operations: 4)])
        try await settle(a, b)
        try expectConverged(a, b)
      }
    }
  }
}

struct `A copy of a journal` {
  @Test func `goes on under a new device id and loses nothing`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("Before the copy")
      _ = try await a.client.sync()
      let copyFolder = folder.appendingPathComponent("copy")
      try FileCopy.copy(a.folder, to: copyFolder.path)
      // On the same machine, so that nothing tells it apart.
      let copy = try Machine(in: folder, "copy", machineName: "a", mode: .existing)
      try a.write("On the original")
      _ = try await a.client.sync()
      let id = try copy.write("On the copy")
      try copy.edit(id, text: "On the copy, edited")
      let device = try copy.store.device

      let report = try await copy.client.sync()
      #expect(report.pushed == 2)
      #expect(report.pulled == 1)
      let newDevice = try copy.store.device
      #expect(newDevice != device)
      #expect(report.warnings == [.forked(newDevice: newDevice)])
      _ = try await a.client.sync()
      try expectConverged(a, copy)

      // A login of its own, at last.
      let shared = try a.store.installation
      try await copy.restore(from: server)
      #expect(try copy.store.installation != shared)
      #expect(try copy.client.activeLink().sharesLogin == false)
      _ = try await a.client.sync()
      #expect(try await copy.client.devices().count == 2)
    }
  }

  @Test func `and its original do not log each other out for ever`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      let copy = try Machine(in: folder, "copy", mode: .existing)
      // Both lose the session that they share, and log in again.
      try await a.client.revoke(a.store.installation)
      try await a.restore(from: server)
      await #expect { try await copy.client.sync() } throws: {
        ($0 as? SyncFailure)?.code == .sessionEnded
      }
      try await copy.restore(from: server)
      // Their first exchange shows who they are, and the second tells it.
      for machine in [a, copy] { _ = try await machine.client.sync() }
      for machine in [a, copy, a] { #expect(try await machine.client.sync().requests == 1) }
      #expect(try a.store.installation != copy.store.installation)
    }
  }

  @Test func `that only pulls what the original wrote takes a new id too`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("Before the copy")
      _ = try await a.client.sync()
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      let copy = try Machine(in: folder, "copy", machineName: "a", mode: .existing)
      try a.write("On the original")
      _ = try await a.client.sync()
      let report = try await copy.client.sync()
      #expect(report.pulled == 1)
      #expect(report.warnings == [.forked(newDevice: try copy.store.device)])
      try copy.write("On the copy")
      #expect(try await copy.client.sync().warnings.isEmpty)
      _ = try await a.client.sync()
      try expectConverged(a, copy)
    }
  }
}
