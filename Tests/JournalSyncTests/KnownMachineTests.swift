import Foundation
import JournalStore
import OperationLog
import ServerCore
import SyncProtocol
import TestSupport
import Testing

@testable import JournalSync

private let now = StoreEnvironment.live.wallClockMilliseconds()

struct `What a machine knows of the others` {
  /// Not in the future, however far ahead it stamps; nor later than it wrote.
  @Test(arguments: [(ahead: 400, heard: 0), (ahead: 0, heard: 0), (ahead: -3, heard: -3)])
  func `was heard from by its own clock or this one's, whichever is earlier`(
    ahead: Int64, heard: Int64
  ) throws {
    let day: Int64 = 24 * 3_600_000
    let make = SampleOperations(account: try #require(AccountID(Array(repeating: 1, count: 16))))
    let envelope = make.envelope(device: 7, sequence: 1, milliseconds: now + ahead * day)
    var devices = HeardDevices()
    devices.note(envelope.header, now: now)
    #expect(devices.millisecondsByDevice == [DeviceID(rawValue: 7): now + heard * day])
  }

  @Test func `is their names, and when each was last heard from`() async throws {
    let clock = SetClock(now)
    try await withServer(clock: clock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      let b = try Machine(in: folder, "b", wallClock: { clock.now() })
      #expect(try a.store.machines().map(\.name) == ["a"])
      try await a.restore(from: server)
      try await b.restore(from: server)
      _ = try await a.client.sync()
      clock.set(now + 60_000)
      try a.write("A minute later")
      _ = try await a.client.sync()
      clock.set(now + 3_600_000)
      _ = try await b.client.sync()
      let machines = try b.store.machines()
      #expect(machines.map(\.name) == ["b", "a"])
      #expect(machines.map(\.isCurrent) == [true, false])
      #expect(machines.map(\.installation) == [try b.store.installation, try a.store.installation])
      #expect(machines[1].devices == [try a.store.device])
      #expect(machines[1].lastHeardFrom == now + 60_000)

      // Reading alone, too, once a day.
      clock.set(now + 90_000_000)
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      #expect(try b.store.machines()[1].lastHeardFrom == now + 90_000_000)
    }
  }

  /// As `ebb devices` has it: a backup that is put back writes under an id of its own.
  @Test func `is one machine, under however many ids it has written`() async throws {
    try await withServer { server, folder in
      let before = try Machine(in: folder, "before", machineName: "a")
      try before.write("Before")
      let backup = folder.appendingPathComponent("backup").path
      try before.store.backup(to: backup)
      try JournalStore.restore(
        backup: backup, into: folder.appendingPathComponent("a").path,
        environment: before.store.environment)
      let a = try Machine(in: folder, "a", mode: .existing)
      try a.write("After")
      let ids = try [before.store.device, a.store.device].sorted()
      #expect(Set(ids).count == 2)
      #expect(try a.store.machines().map(\.devices) == [ids])
      try await a.restore(from: server)
      _ = try await a.client.sync()
      #expect(try a.store.machines().map(\.devices) == [ids])
      #expect(try await a.client.devices().count == 1)
    }
  }

  @Test func `is whether one was revoked, until it is heard from again`() async throws {
    let clock = SetClock(now)
    try await withServer(clock: clock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      let b = try Machine(in: folder, "b", wallClock: { clock.now() })
      func isRevoked() throws -> Bool? {
        try a.store.machines().first { $0.name == "b" }?.isRevoked
      }
      for machine in [a, b, a] { try await machine.restore(from: server) }
      _ = try await b.client.sync()
      _ = try await a.client.sync()
      #expect(try isRevoked() == false)
      clock.set(now + 1000)
      try await a.client.revoke(b.store.installation)
      #expect(try isRevoked() == true)
      #expect(try a.store.machines().first { $0.isCurrent }?.isRevoked == false)
      clock.set(now + 2000)
      try await b.restore(from: server)
      try b.write("Here again")
      _ = try await b.client.sync()
      _ = try await a.client.sync()
      #expect(try isRevoked() == false)
    }
  }

  /// The last words are gone, and their time with them.
  @Test func `outlives an erase of the last that was heard`() async throws {
    let clock = SetClock(now)
    try await withServer(clock: clock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      let b = try Machine(in: folder, "b", wallClock: { clock.now() })
      for machine in [a, b] { try await machine.restore(from: server) }
      _ = try await b.client.sync()
      clock.set(now + 1000)
      let id = try b.write("Gone")
      _ = try await b.client.sync()
      _ = try await a.client.sync()
      _ = try await a.client.erase([id])
      #expect(try a.store.machines().first { $0.name == "b" }?.lastHeardFrom == now + 1000)
      let c = try Machine(in: folder, "c", wallClock: { clock.now() })
      try await c.restore(from: server)
      #expect(try c.store.machines().first { $0.name == "b" }?.lastHeardFrom == now)
    }
  }

  /// All that can be known of a machine whose every word is withheld.
  @Test func `stays as it was while a server withholds every word`() async throws {
    let clock = SetClock(now)
    try await withServer(clock: clock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      let b = try Machine(in: folder, "b", wallClock: { clock.now() })
      try await a.restore(from: server)
      try await b.restore(from: server)
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      let backup = try await server.storage.backup()
      clock.set(now + 900_000_000)
      try a.write("Withheld")
      _ = try await a.client.sync()
      // For b the server is what it was before.
      await server.storage.putBack(backup)
      #expect(try await b.client.sync().warnings.isEmpty)
      #expect(try b.store.machines().first { $0.name == "a" }?.lastHeardFrom == now)
    }
  }

  @Test func `and what was noticed in the background is told at the next sync`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { $0.stateDigest = Data([UInt8](repeating: 3, count: 32)) }
      })
      let lied = try Machine(in: folder, "a", transport: transport, mode: .existing)
      try lied.write("Mine")
      _ = try await lied.client.syncInBackground()
      let sentence = SyncWarning.stateDiffers.description
      #expect(try a.client.untoldWarnings() == [sentence])
      #expect(try await a.client.sync().warnings == [.earlier(sentence)])
      #expect(try a.client.untoldWarnings() == [])
      #expect(try await a.client.sync().warnings.isEmpty)
    }
  }
}
