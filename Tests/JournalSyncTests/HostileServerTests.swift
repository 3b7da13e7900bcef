import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import ServerCore
import SwiftProtobuf
import SyncProtocol
import TestSupport
import Testing

@testable import JournalSync

/// It can make a client neither lose nor accept anything, and is named for what it did.
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

  @Test func `cannot forge an operation`() async throws {
    var generator = SeededGenerator()
    let forger = JournalKeys(
      accountKey: AccountKey.random(using: &generator),
      account: try TestPerson.ada.get().ring.account)
    try await expectHarmless { answer in
      for index in answer.operations.indices {
        answer.operations[index] = try forged(like: answer.operations[index], by: forger)
      }
    } warnings: { warnings in
      warnings.contains { if case .refused = $0 { true } else { false } }
    }
  }

  /// Grace's account on the same server, with Grace's key.
  @Test func `cannot mix in another account's operations`() async throws {
    var generator = SeededGenerator()
    let grace = JournalKeys(
      accountKey: AccountKey.random(using: &generator),
      account: try #require(AccountID([UInt8](repeating: 9, count: 16))))
    try await expectHarmless { answer in
      for index in answer.operations.indices {
        answer.operations[index] = try forged(like: answer.operations[index], by: grace)
      }
    } warnings: { warnings in
      warnings.contains { if case .refused = $0 { true } else { false } }
    }
  }

  /// The tags of two operations of one device, each as many as the other.
  @Test func `cannot swap registers`() async throws {
    try await expectHarmless { answer in
      let account = try TestPerson.ada.get().ring.account
      var headers = answer.operations.compactMap {
        OperationHeader(wireBytes: $0.header, account: account)
      }
      for index in headers.indices {
        headers[index].tags = headers[(index + 1) % headers.count].tags
        answer.operations[index].header = Data(headers[index].wireBytes)
      }
    } warnings: { warnings in
      warnings.contains { if case .refused = $0 { true } else { false } }
    }
  }

  /// Neither the order nor the number of times means anything, so there is nothing to notice.
  @Test func `changes nothing by another order, nor by sending all of it twice`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      let id = try a.write("0")
      for number in 1...9 { try a.edit(id, text: "\(number)") }
      _ = try await a.client.sync()
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { $0.operations = $0.operations.reversed() + $0.operations }
      })
      let mixed = try Machine(in: folder, "mixed", transport: transport)
      let report = try await mixed.restore(from: server).report
      #expect(report.pulled == 10 && report.warnings.isEmpty)
      try await b.restore(from: server)
      try expectConverged(a, b, mixed)
      #expect(try mixed.texts() == ["9"])
    }
  }

  @Test func `cannot fill the screen`() async throws {
    var generator = SeededGenerator()
    let forger = JournalKeys(
      accountKey: AccountKey.random(using: &generator),
      account: try TestPerson.ada.get().ring.account)
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          for device in 1...3_000 as ClosedRange<UInt64> {
            answer.operations.append(try forgery(of: DeviceID(rawValue: device), by: forger))
            answer.heads.append(
              .with {
                $0.device = ~device
                $0.sequence = 1
                $0.digest = Data([UInt8](repeating: 1, count: 16))
              })
          }
        }
      })
      let lied = try Machine(in: folder, "a", transport: transport, mode: .existing)
      let warnings = try await lied.client.sync().warnings
      #expect(warnings.contains(.more(.refused, count: 2_996)))
      #expect(warnings.contains(.more(.withheld, count: 2_996)))
      #expect(warnings.count == 10)
    }
  }

  /// A number that no sequence can have, on a later page.
  @Test func `cannot make it trap with numbers beyond all bounds`() async throws {
    var limits = ServerLimits()
    limits.pageOperationsMax = 2
    try await withServer(limits: limits) { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      for number in 0..<9 { try a.write("Entry \(number)") }
      _ = try await a.client.sync()
      let count = Recorded()
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          answer.greatestTimestamp = .max
          guard count.next() > 1 else { return }
          for device in 1...3 as ClosedRange<UInt64> {
            answer.heads.append(
              .with {
                $0.device = device
                $0.sequence = .max
                $0.beyond = [.max, .max]
              })
          }
        }
      })
      let b = try Machine(in: folder, "b", transport: transport)
      await #expect { try await b.restore(from: server) } throws: {
        ($0 as? SyncFailure)?.code == .malformedAnswer
      }
      // What came is there, and the rest follows.
      let honest = try Machine(in: folder, "b", mode: .existing)
      _ = try await honest.client.sync()
      _ = try await a.client.sync()
      try expectConverged(a, honest)
    }
  }

  @Test func `cannot feed it nonsense`() async throws {
    try await expectHarmless { answer in
      answer.operations = [.with { $0.header = Data([1, 2, 3]) }]
    } warnings: { warnings in
      warnings.contains(.unreadable(count: 1))
    }
  }

  /// Neither by refusing its words for another's of their names, nor by another head.
  @Test(arguments: [true, false])
  func `cannot make it take its journal for a copy`(byRefusing: Bool) async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          for index in answer.heads.indices where !byRefusing {
            answer.heads[index].digest = Data([UInt8](repeating: 3, count: 16))
          }
          guard byRefusing else { return }
          answer.refusals += answer.heads.map { head in
            .with {
              $0.device = head.device
              $0.sequence = head.sequence
              $0.reason = .fork
            }
          }
        }
      })
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("First")
      _ = try await a.client.sync()
      let device = try a.store.device
      let lied = try Machine(in: folder, "a", transport: transport, mode: .existing)
      for number in 1...2 {
        try lied.write("Mine \(number)")
        let report = try await lied.client.sync()
        #expect(report.warnings.contains { if case .unfounded = $0 { true } else { false } })
        #expect(try lied.store.device == device)
      }
      let right = try Machine(in: folder, "a", mode: .existing)
      #expect(try await right.client.sync().warnings.isEmpty)
      #expect(try right.store.device == device)
      #expect(try right.store.summary().unsynced == 0)
      let b = try Machine(in: folder, "b")
      try await b.restore(from: server)
      #expect(try b.texts() == ["First", "Mine 1", "Mine 2"])
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
