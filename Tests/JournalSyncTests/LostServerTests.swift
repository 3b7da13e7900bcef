import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import ServerCore
import Testing

@testable import JournalSync

struct `A server put back from an old backup` {
  private func settledPair(
    at server: SyncServer, in folder: URL, wallClock: (@Sendable () -> Int64)? = nil
  ) async throws -> (Machine, Machine) {
    let a = try Machine(in: folder, "a", wallClock: wallClock)
    let b = try Machine(in: folder, "b", wallClock: wallClock)
    for machine in [a, b] { try await machine.restore(from: server) }
    try await settle(a, b)
    return (a, b)
  }

  /// Whichever machine comes first brings all there is, whoever wrote it.
  @Test(arguments: 0..<3, [true, false])
  func `has everything after the next sync of any one machine`(
    first: Int, isEmpty: Bool
  ) async throws {
    try await withServer { server, folder in
      let machines = try ["a", "b", "c"].map { try Machine(in: folder, $0) }
      let empty = try await server.storage.backup()
      for machine in machines { try await machine.restore(from: server) }
      let id = try machines[0].write("Before the backup")
      for machine in machines { _ = try await machine.client.sync() }
      let backup = try await server.storage.backup()
      // The last has all.
      let kept = try machines[2].store.summary().operations

      for (index, machine) in machines.enumerated() {
        try machine.write("After the backup, on \(index)")
        _ = try await machine.client.sync()
        try machine.edit(id, text: "Edited on \(index)")
        _ = try await machine.client.sync()
      }
      for machine in machines { _ = try await machine.client.sync() }
      await server.storage.putBack(isEmpty ? empty : backup)

      let chosen = machines[first]
      let report =
        isEmpty
        ? try await chosen.restore(from: server).report : try await chosen.client.sync()
      let lost = try chosen.store.summary().operations - (isEmpty ? 0 : kept)
      #expect(report.warnings == [.rebuilt(operations: lost)])
      #expect(try await chosen.client.sync().warnings.isEmpty)

      let new = try Machine(in: folder, "new")
      try await new.restore(from: server)
      try expectConverged(chosen, new)
      #expect(try new.store.history(of: id).count == 4)
      #expect(try new.store.summary().operations == chosen.store.summary().operations)
      for machine in machines where machine.folder != chosen.folder {
        if isEmpty {
          await expectFailure(.sessionEnded) { try await machine.client.sync() }
          #expect(try await machine.restore(from: server).report.warnings.isEmpty)
        } else {
          #expect(try await machine.client.sync().warnings.isEmpty)
        }
        try expectConverged(machine, new)
      }
    }
  }

  @Test func `hears again who was revoked since`() async throws {
    try await withServer { server, folder in
      let (a, b) = try await settledPair(at: server, in: folder)
      let backup = try await server.storage.backup()
      try await a.client.revoke(b.store.installation)
      try a.write("Not for b")
      _ = try await a.client.sync()
      await server.storage.putBack(backup)
      let report = try await a.client.sync()
      #expect(report.warnings == [.rebuilt(operations: 2), .revokedAgain(machine: "b")])
      await expectFailure(.sessionEnded) { try await b.client.sync() }
      #expect(try await a.client.sync().warnings.isEmpty)
      // With the passphrase it may come back.
      try await b.restore(from: server)
      #expect(try await b.client.sync().warnings.isEmpty)
      #expect(try await a.client.sync().warnings.isEmpty)
    }
  }

  @Test func `hears again who was revoked since, though that machine came first`() async throws {
    try await withServer { server, folder in
      let (a, b) = try await settledPair(at: server, in: folder)
      let backup = try await server.storage.backup()
      try await a.client.revoke(b.store.installation)
      await server.storage.putBack(backup)
      try b.write("From the thief")
      _ = try await b.client.sync()
      #expect(try await a.client.devices().allSatisfy { !$0.isRevoked })
      #expect(try await a.client.sync().warnings == [.revokedAgain(machine: "b")])
      #expect(try a.store.machines().filter(\.isRevoked).map(\.name) == ["b"])
      await expectFailure(.sessionEnded) { try await b.client.sync() }
    }
  }

  @Test func `hears again within a day who was revoked, where no word was lost`() async throws {
    let clock = SetClock(1_700_000_000_000)
    try await withServer(clock: clock) { server, folder in
      let (a, b) = try await settledPair(at: server, in: folder) { clock.now() }
      let backup = try await server.storage.backup()
      try await a.client.revoke(b.store.installation)
      #expect(try await a.client.sync().warnings.isEmpty)
      await server.storage.putBack(backup)
      #expect(try await a.client.sync().requests == 1)
      clock.set(clock.now() + 24 * 60 * 60 * 1000)
      #expect(try await a.client.sync().warnings == [.revokedAgain(machine: "b")])
      await expectFailure(.sessionEnded) { try await b.client.sync() }
    }
  }

  @Test func `leaves in peace who was revoked and has registered again`() async throws {
    try await withServer { server, folder in
      let (a, b) = try await settledPair(at: server, in: folder)
      try await a.client.revoke(b.store.installation)
      _ = try await b.client.register(
        Registration(
          server: SyncClient.Server(address: try server.address, fingerprint: server.fingerprint),
          accountName: "ada", invite: nil, passphrase: Passphrase("two rivers meet")))
      _ = try await b.client.sync()
      let backup = try await server.storage.backup()
      try a.write("Lost by the server")
      _ = try await a.client.sync()
      await server.storage.putBack(backup)
      #expect(try await a.client.sync().warnings == [.rebuilt(operations: 2)])
      #expect(try await b.client.sync().warnings.isEmpty)
    }
  }

  @Test func `while somebody had words to send gets them too`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      let backup = try await server.storage.backup()
      try a.write("Lost by the server")
      _ = try await a.client.sync()
      await server.storage.putBack(backup)
      // Its own earlier operations are missing there: a gap before this one.
      try a.write("Not sent yet")
      let report = try await a.client.sync()
      #expect(report.pushed == 1)
      #expect(report.warnings == [.rebuilt(operations: 2)])
      _ = try await b.client.sync()
      try await settle(a, b)
      try expectConverged(a, b)
    }
  }
}
