import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import SwiftProtobuf
import SyncProtocol
import Synchronization
import Testing

@testable import JournalSync

/// What remains of an erased operation is not sealed; only an erase that lists it vouches for it.
struct `A server that makes up erased operations` {
  @Test func `cannot make stubs of what nobody erased`() async throws {
    try await expectHarmless { answer in
      for index in answer.operations.indices {
        answer.operations[index].sealed = Data()
      }
    } warnings: { warnings in
      warnings.contains { if case .refused = $0 { true } else { false } }
    }
  }

  @Test func `cannot call erased what nobody erased`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          answer.refusals += answer.heads.map { head in
            .with {
              $0.device = head.device
              $0.sequence = 1
              $0.reason = .erased
            }
          }
        }
      })
      let a = try Machine(in: folder, "a", transport: transport)
      try await a.restore(from: server)
      let id = try a.write("Mine")
      let device = try a.store.device
      let first = OperationID(device: device, sequence: .first)
      #expect(try await a.client.sync().warnings.contains(.unvouchedStub(first)))
      #expect(try a.store.state(of: id)?[.text]?.text == "Mine")
    }
  }

  /// What remains of an erased operation is not sealed: whatever time it bears, nobody vouches for.
  @Test func `cannot put its clock forward by what was erased`() async throws {
    try await withServer { server, folder in
      let account = try TestPerson.ada.get().ring.account
      let restamping = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          for index in answer.operations.indices where answer.operations[index].sealed.isEmpty {
            var header = try #require(
              OperationHeader(wireBytes: answer.operations[index].header, account: account))
            header.timestamp = Timestamp(milliseconds: Timestamp.millisecondsMax - 1)
            answer.operations[index].header = Data(header.wireBytes)
          }
        }
      })
      let a = try Machine(in: folder, "a")
      let b = try Machine(in: folder, "b", transport: restamping)
      try await a.restore(from: server)
      let id = try a.write("Erased")
      _ = try await a.client.sync()
      _ = try await a.client.erase([id])
      try await b.restore(from: server)
      try b.write("Mine")
      let report = try await b.client.sync()
      #expect(report.pushed == 1)
      #expect(report.warnings.isEmpty)
      try await settle(a, b)
      try expectConverged(a, b)
    }
  }

  /// What remains of an erased operation is not sealed, so anybody can make up one.
  @Test func `cannot take a name from words by a stub of its own`() async throws {
    try await withServer { server, folder in
      let planted = PlantedStub()
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          guard let (refusal, stub) = planted.value.withLock({ $0 }) else { return }
          answer.refusals = [refusal]
          answer.operations.append(stub)
        }
      })
      let a = try Machine(in: folder, "a", transport: transport)
      try await a.restore(from: server)
      _ = try await a.client.sync()
      let device = try a.store.device
      try a.write("Mine")
      let header = try #require(
        try a.store.unsent(limitOperations: 1, limitBytes: .max).first?.header)
      // Another digest, so that it seems to be another operation of that name.
      var bytes = header.stub.wireBytes
      bytes[bytes.count - 1] ^= 1
      let stub = WireEnvelope.with { $0.header = Data(bytes) }
      let refusal = WireRefusal.with {
        $0.device = header.device.rawValue
        $0.sequence = header.sequence.rawValue
        $0.reason = .fork
      }
      planted.value.withLock { $0 = (refusal, stub) }
      _ = try await a.client.sync()
      #expect(try a.store.device == device)
      planted.value.withLock { $0 = nil }
      #expect(try await a.client.sync().warnings.isEmpty)
      #expect(try a.texts() == ["Mine"])
    }
  }
}

private final class PlantedStub: Sendable {
  let value = Mutex<(WireRefusal, WireEnvelope)?>(nil)
}
