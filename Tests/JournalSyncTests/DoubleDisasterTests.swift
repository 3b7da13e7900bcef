import Foundation
import JournalModel
import JournalStore
import OperationLog
import ServerCore
import Testing

@testable import JournalSync

/// What docs/decisions/0007 calls not healed, and how far that goes: two operations of one name.
struct `A machine and the server that are both put back` {
  /// What was written under names that another machine has used too. It is the first that collides;
  /// the machine hears of it from the other, and goes on under another id.
  @Test func `disagree over no more than the first words`() async throws {
    try await withPair { server, folder, a, b, before in
      for number in 1...3 { try a.write("X\(number)") }
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      await server.storage.putBack(before)
      let past = try Machine(in: folder, "past", machineName: "a", mode: .existing)
      try past.write("Y1")
      for machine in [past, b, past, b] { _ = try await machine.client.sync() }
      #expect(try past.store.device != a.store.device)
      for number in 1...3 {
        try past.write("U\(number)")
        for machine in [past, b] { _ = try await machine.client.sync() }
      }
      _ = try await past.client.sync()
      // With Y1 its record went out, and has the name of X2.
      let later = ["U1", "U2", "U3", "X3"]
      #expect(try past.texts() == later + ["Y1"])
      #expect(try b.texts() == ["U1", "U2", "U3", "X1", "X2", "X3"])
      let new = try Machine(in: folder, "new")
      try await new.restore(from: server)
      #expect(try new.texts() == past.texts())
    }
  }

  /// The copy of the past had written more than what the server then knows again of the other line.
  @Test(arguments: [(2, 3, 1), (2, 5, 3), (1, 1, 1), (3, 1, 1), (5, 2, 3)])
  func `let what was not sent out under another id`(
    lost: Int, instead: Int, unsent: Int
  ) async throws {
    try await withPair { server, folder, a, b, before in
      for number in 0..<lost { try a.write("X\(number)") }
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      await server.storage.putBack(before)
      let past = try Machine(in: folder, "past", machineName: "a", mode: .existing)
      for number in 0..<instead { try past.write("Y\(number)") }
      _ = try await past.client.sync()
      for number in 0..<unsent { try past.write("U\(number)") }
      await server.storage.putBack(before)
      _ = try await b.client.sync()
      for machine in [past, b, past, b] { _ = try await machine.client.sync() }
      #expect(try past.store.summary().unsynced == 0)
      let words = try b.texts()
      for number in 0..<unsent { #expect(words.contains("U\(number)")) }
    }
  }

  /// Two machines; what `a` was then is kept in the folder `past`, and what the server was is given.
  private func withPair(
    _ body:
      @Sendable @escaping (SyncServer, URL, Machine, Machine, InMemoryStorage) async throws
      -> Void
  ) async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      for machine in [a, b] { try await machine.restore(from: server) }
      try await settle(a, b)
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("past").path)
      try await body(server, folder, a, b, try await server.storage.backup())
    }
  }
}
