import Foundation
import JournalModel
import JournalStore
import OperationLog
import ServerCore
import Testing

@testable import JournalSync

/// Two operations of one name, which docs/decisions/0007 tells of: how far it goes, and how the doctor
/// brings both sides together.
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

  /// The heads tell the last operation alone: the others are found behind it.
  @Test(arguments: [(1, 1), (3, 1), (1, 4), (3, 5), (4, 4)])
  func `agree once the doctor has seen them`(lost: Int, instead: Int) async throws {
    try await withPair { server, folder, a, b, before in
      for number in 0..<lost { try a.write("X\(number)") }
      for machine in [a, b] { _ = try await machine.client.sync() }
      await server.storage.putBack(before)
      let past = try Machine(in: folder, "past", machineName: "a", mode: .existing)
      for number in 0..<instead { try past.write("Y\(number)") }
      _ = try await past.client.sync()
      let warned = try await b.client.sync()
      #expect(warned.isContested)
      let healed = try await b.client.heal()
      #expect(!healed.isContested)
      #expect(healed.warnings.contains { if case .gaveWay = $0 { true } else { false } })
      for machine in [past, a, b, past, a, b] {
        let report = try await machine.client.sync()
        if report.isContested { _ = try await machine.client.heal() }
      }
      for machine in [past, a, b] { #expect(!(try await machine.client.sync()).isContested) }
      let words = (0..<lost).map { "X\($0)" } + (0..<instead).map { "Y\($0)" }
      #expect(try b.texts() == words.sorted())
      try expectConverged(a, b, past)
      let new = try Machine(in: folder, "new")
      try await new.restore(from: server)
      try expectConverged(b, new)
      for machine in [a, b, past] { #expect(try machine.verified().findings == []) }
    }
  }

  /// Texts of one record add up to the same, whichever they are, once both sides have gone on: it is
  /// noted that they differ.
  @Test func `are told of it until the doctor has seen to it`() async throws {
    try await withPair { server, folder, a, b, _ in
      let id = try a.write("Before")
      try await settle(a, b)
      let before = try await server.storage.backup()
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("then").path)
      try a.edit(id, text: "X")
      for machine in [a, b] { _ = try await machine.client.sync() }
      await server.storage.putBack(before)
      let past = try Machine(in: folder, "then", machineName: "a", mode: .existing)
      try past.edit(id, text: "Y")
      _ = try await past.client.sync()
      try past.write("Later")
      for machine in [past, b, past] { _ = try await machine.client.sync() }
      #expect(try await b.client.sync().isContested)
      #expect(try await !b.client.compare(try b.verified()).findings.isEmpty)
      for machine in [b, past, a, b, past, a] { _ = try await machine.client.heal() }
      for machine in [a, b, past] {
        #expect(!(try await machine.client.sync()).isContested)
        let texts = try machine.store.history(of: id).compactMap {
          $0.change?.writes.first { $0.register == RegisterName("text") }?.value.text
        }
        #expect(texts.contains("X") && texts.contains("Y"))
      }
      try expectConverged(a, b, past)
    }
  }

  /// Whoever had it under its first name hears of an erase that lists its second one.
  @Test func `do not bring back what was erased after the doctor had been there`() async throws {
    try await withPair { server, folder, a, b, before in
      let id = try a.write("X")
      for machine in [a, b] { _ = try await machine.client.sync() }
      let c = try Machine(in: folder, "c")
      try await c.restore(from: server)
      await server.storage.putBack(before)
      let past = try Machine(in: folder, "past", machineName: "a", mode: .existing)
      try past.write("Y")
      _ = try await past.client.sync()
      _ = try await b.client.heal()
      _ = try await b.client.erase([id])
      try await c.restore(from: server)
      for machine in [c, b, past, c, b, past] { _ = try await machine.client.heal() }
      try expectConverged(b, c, past)
      #expect(try b.texts() == ["Y"])
      for machine in [b, c, past] { #expect(try machine.verified().findings == []) }
    }
  }

  /// What one machine has written anew, another only takes.
  @Test func `have each word once, whoever asks the doctor`() async throws {
    try await withPair { server, folder, a, b, before in
      let id = try a.write("X")
      let c = try Machine(in: folder, "c")
      for machine in [a, b] { _ = try await machine.client.sync() }
      try await c.restore(from: server)
      await server.storage.putBack(before)
      let past = try Machine(in: folder, "past", machineName: "a", mode: .existing)
      try past.write("Y")
      _ = try await past.client.sync()
      // The server had not heard of it yet.
      try await c.restore(from: server)
      for machine in [b, c, b, c] { _ = try await machine.client.heal() }
      try expectConverged(b, c)
      for machine in [b, c] { #expect(try machine.store.history(of: id).count == 1) }
    }
  }

  @Test func `do not bring back what was erased`() async throws {
    try await withPair { server, folder, a, b, before in
      let id = try a.write("X")
      for machine in [a, b] { _ = try await machine.client.sync() }
      _ = try await b.client.erase([id])
      _ = try await a.client.sync()
      await server.storage.putBack(before)
      let past = try Machine(in: folder, "past", machineName: "a", mode: .existing)
      try past.write("Y")
      _ = try await past.client.sync()
      for machine in [b, a, past, b, a, past] { _ = try await machine.client.heal() }
      try expectConverged(a, b, past)
      #expect(try b.texts() == ["Y"])
      for machine in [a, b, past] { #expect(try machine.verified().findings == []) }
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
