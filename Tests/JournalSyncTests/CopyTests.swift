import Foundation
import JournalModel
import JournalStore
import OperationLog
import ServerCore
import SyncProtocol
import Testing

@testable import JournalSync

struct `A journal that was copied` {
  /// The answer refuses nothing of what the copy sent. Its heads end with a change of the name of
  /// the copy's own, or behind that.
  @Test(arguments: 1...2)
  func `and hears an answer that the original had keeps its words`(count: Int) async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("Shared")
      _ = try await a.client.sync()
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      let recorded = Recorded()
      let original = try Machine(
        in: folder, "a",
        transport: FaultyTransport(change: { route, answer in
          if route == .sync { _ = recorded.body(orFirst: answer.body) }
        }), mode: .existing)
      for number in 1...count { try original.write("On a, \(number)") }
      _ = try await original.client.sync()
      let copy = try Machine(
        in: folder, "copy", machineName: "a",
        transport: FaultyTransport(change: { route, answer in
          guard route == .sync, recorded.next() == 1 else { return }
          answer.body = recorded.body(orFirst: answer.body)
        }), mode: .existing)
      try copy.write("On the copy")
      for _ in 1...3 {
        _ = try await copy.client.sync()
        _ = try await a.client.sync()
      }
      try expectConverged(a, copy)
      #expect(
        try a.texts() == (1...count).map { "On a, \($0)" } + ["On the copy", "Shared"])
      #expect(try copy.store.unsent(limitOperations: 1, limitBytes: .max).isEmpty)
      #expect(try await copy.client.sync().warnings.isEmpty)
    }
  }

  /// Both join the account on their own.
  @Test func `before there was an account has a login of its own, and so has the original`()
    async throws
  {
    try await withServer { server, folder in
      let original = try Machine(in: folder, "j")
      try original.write("Both")
      try FileCopy.copy(original.folder, to: folder.appendingPathComponent("k").path)
      let copy = try Machine(in: folder, "k", machineName: "j", mode: .existing)
      try original.write("Of the one")
      try copy.write("Of the other")
      try await original.restore(from: server)
      _ = try await original.client.sync()
      let report = try await copy.restore(from: server).report
      #expect(report.warnings == [.parted(newDevice: try copy.store.device)])
      for machine in [copy, original, copy, original] {
        #expect(try await machine.client.sync().warnings.isEmpty)
      }
      try expectConverged(original, copy)
      #expect(try original.texts() == ["Both", "Of the one", "Of the other"])
      #expect(try original.store.installation != copy.store.installation)
      for machine in [original, copy] {
        let ids = try await machine.client.devices().map(\.id)
        #expect(try ids.count == 2 && ids.contains(machine.store.installation))
        #expect(try machine.store.machines().count == 2)
      }
    }
  }

  /// Neither takes the place of the other, for each holds the words.
  @Test func `after it had logged out is waited for by an erase, and so is the original`()
    async throws
  {
    try await withServer { server, folder in
      let (third, original, copy, id) = try await Machine.copiedAfterLogout(at: server, in: folder)
      for machine in [original, copy] {
        try machine.write("Of its own")
        try await machine.restore(from: server)
        _ = try await machine.client.sync()
      }
      _ = try await original.client.sync()
      _ = try await third.client.sync()
      _ = try third.store.erase([id])
      _ = try await third.client.sync()
      #expect(try third.unconfirmed() == ["b", "b", "c"])
      _ = try await copy.client.sync()
      _ = try await third.client.sync()
      #expect(try third.unconfirmed() == ["b", "c"])
      #expect(try await original.client.devices().count { $0.name == "b" } == 2)
    }
  }

  /// What names another operation as seen must still be able to follow it to another name.
  @Test func `sends what it wrote only after what it had seen has kept its name`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      _ = try await a.client.sync()
      func copied(_ name: String, machineName: String) throws -> Machine {
        try FileCopy.copy(a.folder, to: folder.appendingPathComponent(name).path)
        return try Machine(in: folder, name, machineName: machineName, mode: .existing)
      }
      let twin = try copied("twin", machineName: "a")
      let id = try a.write("Not sent yet")
      let copy = try copied("copy", machineName: "copy")
      try copy.edit(id, text: "Edited on the copy")
      // Takes the name of what was not sent yet.
      try twin.write("On the twin")
      _ = try await twin.client.sync()
      for _ in 1...3 {
        for machine in [copy, a, twin] { _ = try await machine.client.sync() }
      }
      for machine in [copy, a, twin] {
        #expect(try await machine.client.sync().warnings == [])
        #expect(try machine.texts() == ["Edited on the copy", "On the twin"])
        #expect(try machine.store.summary().conflicts == 0)
      }
      try expectConverged(a, copy, twin)
    }
  }

  /// Each with words that were sent by none of those before it: one fork for each id it has had.
  @Test func `of a copy of a copy settles in one sync`() async throws {
    try await withServer { server, folder in
      let first = try Machine(in: folder, "0")
      try await first.restore(from: server)
      _ = try await first.client.sync()
      var machines = [first]
      for number in 1...4 {
        let last = machines[number - 1]
        try FileCopy.copy(last.folder, to: folder.appendingPathComponent("\(number)").path)
        try last.write("On \(number - 1)")
        let copy = try Machine(in: folder, "\(number)", mode: .existing)
        try copy.write("Before \(number)")
        machines.append(copy)
      }
      for machine in machines {
        let forks = try await machine.client.sync().warnings.count {
          if case .forked = $0 { true } else { false }
        }
        #expect(forks <= 1)
      }
      for machine in machines { _ = try await machine.client.sync() }
      for machine in machines { _ = try await machine.client.sync() }
      #expect(try first.texts().count == 8)
      for machine in machines.dropFirst() { try expectConverged(first, machine) }
    }
  }

  /// Another machine, and words that the original had not sent; either may be the first to sync.
  @Test(arguments: [true, false])
  func `to another machine is another device and another installation`(
    originalFirst: Bool
  ) async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let shared = try a.write("Sent before")
      _ = try await a.client.sync()
      let unsent = try a.write("Not sent before")
      try a.edit(unsent, text: "Not sent before, edited")
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      let copy = try Machine(in: folder, "copy", mode: .existing)
      try a.write("On a")
      try copy.write("On the copy")
      try copy.edit(shared, text: "Sent before, edited on the copy")

      let (original, installation) = (try a.store.device, try a.store.installation)
      let device = try copy.store.device
      #expect(device != original)
      #expect(try copy.store.installation != installation)
      let own = SyncWarning.copied(newDevice: device)
      if originalFirst {
        #expect(try await a.client.sync().warnings.isEmpty)
        #expect(try await copy.client.sync().warnings == [own])
      } else {
        #expect(try await copy.client.sync().warnings == [own])
        #expect(try await a.client.sync().warnings.isEmpty)
      }
      #expect(try await copy.client.sync().warnings.isEmpty)
      #expect(try await a.client.sync().warnings.isEmpty)
      #expect(try copy.store.device == device)
      #expect(try a.store.device == original)
      try expectConverged(a, copy)
      #expect(
        try a.texts() == [
          "Not sent before, edited", "On a", "On the copy", "Sent before, edited on the copy",
        ])
      // What was unsent in both is one operation, not two.
      #expect(try a.store.history(of: unsent).count == 2)
      #expect(try a.store.summary().operations == copy.store.summary().operations)

      #expect(try copy.client.activeLink().sharesLogin)
      try await copy.restore(from: server)
      #expect(try copy.client.activeLink().sharesLogin == false)
      #expect(try await a.client.devices().count == 2)
    }
  }

  /// Both had the same unsent words, and one had to stamp them anew.
  @Test func `with unsent words of a wrong clock loses none and has none twice`() async throws {
    let now = StoreEnvironment.live.wallClockMilliseconds()
    try await withServer(clock: SetClock(now)) { server, folder in
      let wrong: @Sendable () -> Int64 = { now + 400 * 24 * 3_600_000 }
      let a = try Machine(in: folder, "a", wallClock: wrong)
      try await a.restore(from: server)
      let id = try a.write("Unsent")
      try a.edit(id, text: "Unsent, edited")
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      let copy = try Machine(
        in: folder, "copy", machineName: "a", wallClock: wrong, mode: .existing)
      try a.write("On a")
      try copy.edit(id, text: "Unsent, edited on the copy")
      _ = try await a.client.sync()
      let report = try await copy.client.sync()
      #expect(report.warnings.contains(.forked(newDevice: try copy.store.device)))
      _ = try await a.client.sync()
      _ = try await copy.client.sync()
      try await settle(a, copy)
      try expectConverged(a, copy)
      #expect(try a.texts() == ["On a", "Unsent, edited on the copy"])
      #expect(try a.store.summary().conflicts == 0)
    }
  }

  @Test func `and copied again is told apart each time`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      var machines = [a]
      for number in 1...3 {
        try machines[number - 1].write("Before copy \(number)")
        let name = "copy\(number)"
        try FileCopy.copy(
          machines[number - 1].folder, to: folder.appendingPathComponent(name).path)
        machines.append(try Machine(in: folder, name, machineName: "a", mode: .existing))
        for (index, machine) in machines.enumerated() {
          try machine.write("After copy \(number) on \(index)")
        }
        for machine in machines + machines { _ = try await machine.client.sync() }
      }
      for machine in machines { #expect(try await machine.client.sync().warnings.isEmpty) }
      #expect(Set(try machines.map { try $0.store.device }).count == 4)
      #expect(Set(try machines.map { try $0.store.installation }).count == 4)
      for machine in machines { try expectConverged(a, machine) }
      let texts = try a.texts()
      #expect(texts.count == 3 + 2 + 3 + 4 && Set(texts).count == texts.count)
    }
  }

  @Test func `does not take the original's name`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      let witness = try Machine(in: folder, "witness")
      try await a.restore(from: server)
      _ = try await a.client.sync()
      // A snapshot of a virtual machine, which then got another name.
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      let copy = try Machine(
        in: folder, "copy", machineName: "a", hostName: "twin", mode: .existing)
      try a.write("On a")
      _ = try await a.client.sync()
      try copy.write("On the copy")
      for machine in [copy, a, copy, a] { _ = try await machine.client.sync() }
      try await witness.restore(from: server)
      let machines = try witness.store.machines()
      #expect(machines.first { $0.installation == (try? a.store.installation) }?.name == "a")
      #expect(machines.first { $0.installation == (try? copy.store.installation) }?.name == "twin")
    }
  }
}

struct `A journal put back from a backup` {
  /// The newer database is gone, with its name for what comes next.
  @Test(arguments: [true, false])
  func `over a newer one goes on beside what it had been`(writesFirst: Bool) async throws {
    try await withServer { server, folder in
      let b = try Machine(in: folder, "b")
      try await b.restore(from: server)
      let backup = folder.appendingPathComponent("backup").path
      do {
        let a = try Machine(in: folder, "a")
        try await a.restore(from: server)
        try a.write("1")
        _ = try await a.client.sync()
        try a.write("2")
        try a.store.backup(to: backup)
        try a.write("3")
        _ = try await a.client.sync()
      }
      let file = folder.appendingPathComponent("a/journal.sqlite").path
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.copyItem(atPath: backup, toPath: file)

      let a = try Machine(in: folder, "a", mode: .existing)
      let old = try a.store.device
      if writesFirst { try a.write("4") }
      let report = try await a.client.sync()
      #expect(report.warnings == [.forked(newDevice: try a.store.device)])
      #expect(try a.store.device != old)
      if !writesFirst { try a.write("4") }
      #expect(try await a.client.sync().warnings.isEmpty)
      _ = try await b.client.sync()
      try await settle(a, b)
      try expectConverged(a, b)
      #expect(try b.texts() == ["1", "2", "3", "4"])
      #expect(try a.store.summary().unsynced == 0)
    }
  }

  @Test func `elsewhere while the first goes on has nothing twice`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("Sent")
      _ = try await a.client.sync()
      try a.write("Unsent")
      let backup = folder.appendingPathComponent("backup").path
      try a.store.backup(to: backup)
      try JournalStore.restore(
        backup: backup, into: folder.appendingPathComponent("again").path,
        environment: a.store.environment)
      // On the same machine, in another folder.
      let again = try Machine(in: folder, "again", machineName: "a", mode: .existing)
      try a.write("On a")
      try again.write("On the restored one")
      let report = try await again.client.sync()
      #expect(report.pushed == 2)
      #expect(report.warnings == [.copied(newDevice: try again.store.device)])
      #expect(try await a.client.sync().warnings.isEmpty)
      #expect(try await again.client.sync().warnings.isEmpty)
      try expectConverged(a, again)
      #expect(try a.texts() == ["On a", "On the restored one", "Sent", "Unsent"])
    }
  }
}
