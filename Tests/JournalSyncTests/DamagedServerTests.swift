import Foundation
import JournalModel
import JournalStore
import OperationLog
import ServerCore
import ServerSQLite
import Testing

@testable import JournalSync

/// Bits that turn on the server's disk, and the machines that have the right ones.
struct `A server whose disk damages what it keeps` {
  /// The first of its device's operations, one between, the last.
  @Test(arguments: 0..<3)
  func `gets it back from the next machine that syncs, once it was checked`(
    index: Int
  ) async throws {
    try await withDamage(to: index) { server, a, b, new, id in
      #expect(try await server.storage.setAsideDamaged() == [])
      let findings = try await server.storage.read { try JournalCheck.findings(in: $0) }
      #expect(findings.count == 1)
      #expect(findings.first?.contains("1 operation is damaged") == true)
      // Not only the one that wrote it.
      #expect(try await b.client.sync().warnings == [.rebuilt(operations: 1)])
      #expect(try await a.client.sync().warnings.isEmpty)
      #expect(try await new.restore(from: server).report.warnings.isEmpty)
      #expect(try new.texts() == ["One", "Three", "Two"])
      try await settle(a, b, new)
      try expectConverged(a, b, new)
    }
  }

  @Test(arguments: 0..<3)
  func `notices it by itself when somebody asks for it`(index: Int) async throws {
    try await withDamage(to: index) { server, a, b, new, id in
      let report = try await new.restore(from: server).report
      #expect(report.warnings == [.damagedThere(id)])
      #expect(try new.texts().count == 2)
      #expect(
        try await new.client.compare(try new.verified()).findings.contains(.damagedThere(id)))
      #expect(try await a.client.sync().warnings == [.rebuilt(operations: 1)])
      #expect(try await new.client.sync().warnings.isEmpty)
      #expect(try await b.client.sync().warnings.isEmpty)
      #expect(try await new.client.compare(try new.verified()).findings.isEmpty)
      try await settle(a, b, new)
      try expectConverged(a, b, new)
    }
  }

  /// The machine that wrote it was put back from before, and writes under the same name.
  @Test func `takes other words of that name under another one`() async throws {
    let data = FileManager.default.temporaryDirectory
      .appendingPathComponent("ebb-damage-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: data) }
    try await withServer(storage: SQLiteStorage(folder: data.path)) { server, folder in
      let copy = folder.appendingPathComponent("copy").path
      let id: OperationID
      do {
        let a = try Machine(in: folder, "a")
        try await a.restore(from: server)
        try a.write("One")
        _ = try await a.client.sync()
        try FileCopy.copy(a.folder, to: copy)
        let two = try a.write("Two")
        id = try #require(try a.store.history(of: two).first).stamp.id
        _ = try await a.client.sync()
      }
      try await server.damage(id, isNoticeable: true)
      // The only machine that had it goes back to what it was before.
      try FileManager.default.removeItem(atPath: folder.appendingPathComponent("a").path)
      try FileManager.default.moveItem(
        atPath: copy, toPath: folder.appendingPathComponent("a").path)
      let a = try Machine(in: folder, "a", mode: .existing)
      try a.write("Other")
      #expect(try await a.client.sync().warnings == [.damagedThere(id)])
      #expect(try a.store.summary().unsynced == 0)
      let b = try Machine(in: folder, "b")
      try await b.restore(from: server)
      #expect(try b.texts() == ["One", "Other"])
      try await settle(a, b)
      try expectConverged(a, b)
    }
  }

  /// It was damaged before it came to the disk, or the server lies.
  @Test func `and does not know it makes nobody believe that all is well`() async throws {
    try await withDamage(to: 1, isNoticeable: false) { server, a, b, new, id in
      #expect(try await server.storage.setAsideDamaged() == [])
      #expect(try await server.storage.read { try JournalCheck.findings(in: $0) } == [])
      let report = try await new.restore(from: server).report
      #expect(report.warnings.contains(.refused(id)))
      #expect(try await new.client.compare(try new.verified()).findings.contains(.refused(id)))
      // Those who have the words miss nothing.
      #expect(try await a.client.compare(try a.verified()).findings.isEmpty)
    }
  }

  /// Two machines have what `a` wrote, three entries, of which the server's copy of one is then
  /// damaged. `new` has not been there yet.
  private func withDamage(
    to index: Int, isNoticeable: Bool = true,
    _ body:
      @Sendable @escaping (SyncServer, Machine, Machine, Machine, OperationID) async throws -> Void
  ) async throws {
    let data = FileManager.default.temporaryDirectory
      .appendingPathComponent("ebb-damage-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: data) }
    try await withServer(storage: SQLiteStorage(folder: data.path)) { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      let ids = try ["One", "Two", "Three"].map { try a.write($0) }
      let id = try #require(try a.store.history(of: ids[index]).first).stamp.id
      try await a.restore(from: server)
      try await b.restore(from: server)
      try expectConverged(a, b)
      try await server.damage(id, isNoticeable: isNoticeable)
      try await body(server, a, b, try Machine(in: folder, "new"), id)
    }
  }
}

extension SyncServer {
  fileprivate func damage(_ id: OperationID, isNoticeable: Bool) async throws {
    try await storage.write { transaction in
      for account in try transaction.accounts() {
        for device in try transaction.devices(of: account.slot) where device.id == id.device {
          let key = OperationKey(device.slot, id.sequence)
          let operation = try #require(try transaction.operation(key))
          var envelope = operation.envelope
          envelope[envelope.count - 20] ^= 1
          let good = StoredOperation(
            timestamp: operation.timestamp, digest: operation.digest,
            heldCount: operation.heldCount, envelope: envelope, at: key)
          try transaction.removeOperation(key)
          try transaction.addOperation(
            StoredOperation(
              timestamp: operation.timestamp, digest: operation.digest,
              heldCount: operation.heldCount, envelope: envelope,
              checksum: isNoticeable ? operation.checksum : good.checksum),
            at: key)
        }
      }
    }
  }
}
