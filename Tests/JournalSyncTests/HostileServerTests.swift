import Foundation
import JournalModel
import JournalStore
import OperationLog
import ServerCore
import SwiftProtobuf
import SyncProtocol
import Testing

@testable import JournalSync

/// What a hostile server can do is to withhold, and that is noticed. It can make a client neither
/// lose nor accept anything.
struct `A server that lies` {
  @Test func `cannot change an operation`() async throws {
    try await expectHarmless { answer in
      for index in answer.operations.indices {
        var sealed = [UInt8](answer.operations[index].sealed)
        sealed[sealed.count / 2] ^= 1
        answer.operations[index].sealed = Data(sealed)
      }
    } warnings: { warnings in
      warnings.contains { if case .refused = $0 { true } else { false } }
    }
  }

  @Test func `cannot change a header`() async throws {
    try await expectHarmless { answer in
      for index in answer.operations.indices {
        // The least bit of the timestamp.
        var header = [UInt8](answer.operations[index].header)
        header[24] ^= 1
        answer.operations[index].header = Data(header)
      }
    } warnings: { warnings in
      warnings.contains { if case .refused = $0 { true } else { false } }
    }
  }

  @Test func `cannot pass one operation off as another`() async throws {
    try await expectHarmless { answer in
      guard answer.operations.count > 1 else { return }
      let sealed = answer.operations[0].sealed
      answer.operations[0].sealed = answer.operations[1].sealed
      answer.operations[1].sealed = sealed
      answer.operations.removeLast(answer.operations.count - 2)
    } warnings: { warnings in
      warnings.contains { if case .refused = $0 { true } else { false } }
    }
  }

  @Test func `cannot feed it nonsense`() async throws {
    try await expectHarmless { answer in
      answer.operations = [.with { $0.header = Data([1, 2, 3]) }]
    } warnings: { warnings in
      warnings.contains(.unreadable(count: 1))
    }
  }

  @Test func `cannot make stubs of what nobody erased`() async throws {
    try await expectHarmless { answer in
      for index in answer.operations.indices {
        answer.operations[index].sealed = Data()
      }
    } warnings: { warnings in
      warnings.contains { if case .refused = $0 { true } else { false } }
    }
  }

  @Test func `cannot withhold without being noticed`() async throws {
    try await expectHarmless { answer in
      answer.operations = []
    } warnings: { warnings in
      warnings.contains { if case .withheld = $0 { true } else { false } }
    }
  }

  @Test func `cannot hide what another machine has seen`() async throws {
    try await withServer { server, folder in
      let hidden = Hidden()
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          guard let device = hidden.device else { return }
          answer.operations.removeAll { message in
            Array(message.header[1..<9]) == device.bytes
          }
          answer.heads.removeAll { $0.device == device.rawValue }
        }
      })
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      let c = try Machine(in: folder, "c", transport: transport)
      for machine in [a, b, c] { try await machine.restore(from: server) }
      try a.write("From a")
      _ = try await a.client.sync()
      // Seen by b, whose record, a day later, says so.
      _ = try await b.client.sync()
      try b.store.setSetting(.deviceRecord, nil)
      _ = try await b.client.sync()
      hidden.device = try a.store.device
      let report = try await c.client.sync()
      #expect(
        report.warnings.contains {
          if case .hidden(let id) = $0 { (try? a.store.device) == id.device } else { false }
        })
    }
  }

  @Test func `cannot make it forget by refusing`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          answer.refusals = [
            .with {
              $0.device = 77
              $0.sequence = 1
              $0.reason = .fork
            }
          ]
        }
      })
      let a = try Machine(in: folder, "a", transport: transport)
      try await a.restore(from: server)
      try a.write("Mine")
      let device = try a.store.device
      let report = try await a.client.sync()
      #expect(report.warnings.isEmpty)
      #expect(try a.store.device == device)
    }
  }

  @Test func `that adds up to something else is noticed`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { $0.stateDigest = Data([UInt8](repeating: 3, count: 32)) }
      })
      let a = try Machine(in: folder, "a", transport: transport)
      try await a.restore(from: server)
      try a.write("Mine")
      #expect(try await a.client.sync().warnings == [.stateDiffers])
    }
  }

  @Test func `that lost one machine's operations leaves a gap that is named`() async throws {
    try await withServer { server, folder in
      let hidden = Hidden()
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          guard let device = hidden.device else { return }
          // Of that device the second operation is known to nobody.
          answer.operations.removeAll { message in
            let header = [UInt8](message.header)
            return Array(header[1..<9]) == device.bytes && header[16] == 2
          }
          for index in answer.heads.indices where answer.heads[index].device == device.rawValue {
            let last = answer.heads[index].sequence
            answer.heads[index].sequence = 1
            answer.heads[index].beyond = [3, last]
          }
        }
      })
      let a = try Machine(in: folder, "a")
      let b = try Machine(in: folder, "b", transport: transport)
      try await a.restore(from: server)
      hidden.device = try a.store.device
      for text in ["One", "Two", "Three", "Four"] { try a.write(text) }
      _ = try await a.client.sync()
      let report = try await b.restore(from: server).report
      let device = try a.store.device
      #expect(report.warnings.contains(.gap(device, Sequence(2)...Sequence(2))))
      #expect(try b.texts() == ["Four", "One", "Three"])
      hidden.device = nil
      #expect(try await b.client.sync().pulled == 1)
      _ = try await a.client.sync()
      try expectConverged(a, b)
    }
  }

  @Test func `cannot keep it busy for ever`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { $0.token = Data([1]) }
      })
      let a = try Machine(in: folder, "a", transport: transport)
      await #expect { try await a.restore(from: server) } throws: {
        ($0 as? SyncFailure)?.code == .malformedAnswer
      }
    }
  }

  @Test(arguments: [Int64.min, -1, Timestamp.millisecondsMax + 1, .max])
  func `cannot stop its clock`(serverTime: Int64) async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { $0.serverTime = serverTime }
      })
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let lied = try Machine(in: folder, "a", transport: transport, mode: .existing)
      await #expect { try await lied.client.sync() } throws: {
        ($0 as? SyncFailure)?.code == .malformedAnswer
      }
      try a.write("Still here")
      #expect(try await a.client.sync().warnings.isEmpty)
    }
  }

  @Test func `cannot make it count beyond its numbers`() {
    let answer = WireSyncResponse.with {
      $0.heads = (UInt64(1)...3).map { device in
        .with {
          $0.device = device
          $0.sequence = .max
        }
      }
    }
    #expect(answer.operationsMax > 10_000)
  }

  @Test func `cannot make it write with another key`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { route, answer in
        guard route == .createSession else { return }
        var session = try JSONDecoder().decode(
          CreateSessionResponse.self, from: Data(answer.body))
        session.keys.canary.bytes[0] ^= 1
        answer.body = Array(try JSONEncoder().encode(session))
      })
      let a = try Machine(in: folder, "a", transport: transport)
      try a.write("Mine")
      await #expect { try await a.restore(from: server) } throws: {
        ($0 as? SyncFailure)?.code == .keysRefused
      }
      #expect(!transport.exchanges.contains { $0.route == .sync })
      #expect(try a.store.serverLink() == nil)
    }
  }

  @Test func `that speaks a newer protocol is told apart`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { _, answer in answer.fields["ebb-protocol"] = "2" })
      let a = try Machine(in: folder, "a", transport: transport)
      await #expect { try await a.restore(from: server) } throws: {
        ($0 as? SyncFailure)?.code == .protocolVersion(server: 2)
      }
    }
  }
}

private final class Hidden: @unchecked Sendable {
  /// Set between syncs only.
  var device: DeviceID?
}

extension DeviceID {
  fileprivate var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: rawValue >> UInt64(56 - 8 * $0)) }
  }
}

private func changeSync(
  _ route: Route, _ answer: inout ExchangeResponse, _ change: (inout WireSyncResponse) -> Void
) throws {
  guard route == .sync, answer.status == 200 else { return }
  var message = try WireSyncResponse(decoding: answer.body)
  change(&message)
  answer.body = try message.serializedBytes()
}

/// A machine that hears a changed server stores nothing of it and says so; once it hears the true
/// one again, it has everything.
private func expectHarmless(
  _ change: @escaping @Sendable (inout WireSyncResponse) -> Void,
  warnings: ([SyncWarning]) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let told = Told()
  try await withServer { server, folder in
    let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
    try await a.restore(from: server)
    try await b.restore(from: server)
    try b.write("Kept on b")
    _ = try await b.client.sync()
    let id = try a.write("One")
    try a.edit(id, text: "Two")
    try a.write("Three")
    _ = try await a.client.sync()

    let lying = FaultyTransport(change: { route, answer in try changeSync(route, &answer, change) })
    let lied = try Machine(in: folder, "b", transport: lying, mode: .existing)
    let report = try await lied.client.sync()
    told.warnings = report.warnings
    #expect(report.pulled == 0, sourceLocation: sourceLocation)
    #expect(try lied.texts() == ["Kept on b"], sourceLocation: sourceLocation)

    let honest = try await b.client.sync()
    #expect(honest.pulled == 3, sourceLocation: sourceLocation)
    #expect(honest.warnings.isEmpty, sourceLocation: sourceLocation)
    _ = try await a.client.sync()
    try expectConverged(a, b, sourceLocation: sourceLocation)
  }
  #expect(warnings(told.warnings), sourceLocation: sourceLocation)
}

private final class Told: @unchecked Sendable {
  var warnings: [SyncWarning] = []
}
