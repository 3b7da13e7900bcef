import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import JournalSync

/// Where the server is not there, forgets or lies.
struct `An erase through faults` {
  @Test func `needs the server first`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(fault: { $0 < 3 ? nil : .loseRequest })
      let a = try Machine(in: folder, "a", transport: transport)
      try await a.restore(from: server)
      let id = try a.write(Machine.plantedWords[0])
      await #expect { try await a.client.erase([id]) } throws: {
        ($0 as? SyncFailure)?.code == .unreachable
      }
      #expect(try a.texts() == [Machine.plantedWords[0]])
    }
  }

  @Test(arguments: 0..<8, [FaultyTransport.Fault.loseRequest, .loseAnswer])
  func `reaches everybody whichever exchange is lost`(
    _ lost: Int, _ fault: FaultyTransport.Fault
  ) async throws {
    try await withServer { server, folder in
      let (b, c) = (try Machine(in: folder, "b"), try Machine(in: folder, "c"))
      for machine in [b, c] { try await machine.restore(from: server) }
      let id = try b.write(Machine.plantedWords[0])
      _ = try await b.client.sync()
      let transport = FaultyTransport(fault: { $0 == lost ? fault : nil })
      let a = try Machine(in: folder, "a", transport: transport)
      if (try? await a.restore(from: server)) == nil { try await a.restore(from: server) }
      try a.edit(id, text: Machine.plantedWords[1])
      for _ in 1...3 {
        guard try a.store.state(of: id) != nil else { break }
        _ = try? await a.client.erase([id])
      }
      for machine in [a, b, c, a, b, c] { _ = try? await machine.client.sync() }
      for machine in [a, b, c] { #expect(try machine.foundWords() == []) }
      try expectConverged(a, b, c)
      #expect(try a.unconfirmed() == [])
    }
  }

  @Test func `is known again to a server that lost everything, stubs and all`() async throws {
    try await withServer { server, folder in
      let (a, b, c) = try await Machine.three(at: server, in: folder)
      let id = try a.write(Machine.plantedWords[0])
      let other = try b.write("Stays")
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      _ = try await c.client.sync()
      _ = try await b.client.erase([id])
      _ = try await a.client.sync()
      try a.edit(id: other, "Stays too")
      _ = try await a.client.sync()
      try await withNewServer(for: a) { second in
        #expect(try await a.client.sync().warnings == [])
        let d = try Machine(in: folder, "d")
        #expect(try await d.restore(from: second).report.warnings == [])
        try expectConverged(a, d)
        // This one has not heard of it, and sends the whole operation.
        #expect(try c.foundWords() == [Machine.plantedWords[0]])
        _ = try await c.restore(from: second)
        #expect(try await c.client.sync().warnings == [])
        #expect(try c.foundWords() == [])
        _ = try await a.client.sync()
        try expectConverged(a, c)
      }
    }
  }

  /// A server that knows nothing, but what a machine has brought along.
  private func withNewServer(
    for machine: Machine, _ body: @escaping @Sendable (SyncServer) async throws -> Void
  ) async throws {
    try await SyncServer.run { second in
      try await TestPerson.ada.get().makeAccount(at: second)
      // As registering does.
      try machine.store.forgetAcceptance()
      let warnings = try await machine.restore(from: second).report.warnings
      #expect(warnings.allSatisfy { if case .broughtAlong = $0 { true } else { false } })
      try await body(second)
    }
  }

  @Test func `is known again before its stub, however many pages come first`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      for machine in [a, b] { try await machine.restore(from: server) }
      try a.write(texts: (0...SyncRun.PageSize.operations).map { "\($0)" })
      let id = try a.write(Machine.plantedWords[0])
      for machine in [a, b] { _ = try await machine.client.sync() }
      _ = try await b.client.erase([id])
      _ = try await a.client.sync()
      try await withNewServer(for: a) { second in
        let c = try Machine(in: folder, "c")
        #expect(try await c.restore(from: second).report.warnings == [])
        try expectConverged(a, c)
      }
    }
  }

  @Test func `made up by a server is not believed, and named`() async throws {
    try await withServer { server, folder in
      let lying = FaultyTransport(change: { route, answer in
        guard route == .sync, answer.status == 200 else { return }
        var message = try WireSyncResponse(decoding: answer.body)
        let account = try TestPerson.ada.get().ring.document.account
        for index in message.operations.indices {
          let id = try #require(Hexadecimal.bytes(account).flatMap { AccountID($0) })
          let header = try #require(
            OperationHeader(wireBytes: Array(message.operations[index].header), account: id))
          message.operations[index].header = Data(header.stub.wireBytes)
          message.operations[index].sealed = Data()
        }
        answer.body = try message.serializedBytes()
      })
      let a = try Machine(in: folder, "a")
      let b = try Machine(in: folder, "b")
      for machine in [a, b] { try await machine.restore(from: server) }
      let id = try a.write("One")
      try b.write("Kept on b")
      _ = try await b.client.sync()
      _ = try await a.client.sync()
      let lied = try Machine(in: folder, "b", transport: lying, mode: .existing)
      let warnings = try await lied.client.sync().warnings
      #expect(!warnings.isEmpty)
      #expect(warnings.allSatisfy { if case .unvouchedStub = $0 { true } else { false } })
      #expect(try lied.texts() == ["Kept on b"])
      #expect(try await b.client.sync().warnings == [])
      #expect(try b.texts() == ["Kept on b", "One"])
      #expect(try b.store.history(of: id).count == 1)
      try expectConverged(a, b)
    }
  }
}
