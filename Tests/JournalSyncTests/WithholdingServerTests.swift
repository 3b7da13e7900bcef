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

/// What a hostile server can do is to withhold, and that is noticed.
struct `A server that withholds` {
  /// Every answer to this machine is the one to its first request.
  @Test func `cannot play an old answer again`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      try b.write("From b")
      _ = try await b.client.sync()
      _ = try await a.client.sync()
      let first = Recorded()
      let transport = FaultyTransport(change: { route, answer in
        guard route == .sync else { return }
        answer.body = first.body(orFirst: answer.body)
      })
      let replayed = try Machine(in: folder, "a", transport: transport, mode: .existing)
      _ = try await replayed.client.sync()
      let id = try replayed.write("From a")
      let report = try await replayed.client.sync()
      let written = try #require(try a.store.history(of: id).first).stamp.id
      #expect(report.warnings.contains(.notKept(written)))
      try b.write("From b again")
      _ = try await b.client.sync()
      #expect(try a.texts() == ["From a", "From b"])

      #expect(try await a.client.sync().warnings.isEmpty)
      _ = try await b.client.sync()
      try expectConverged(a, b)
      #expect(try b.texts() == ["From a", "From b", "From b again"])
    }
  }

  /// A copy that cannot know that it is one wrote under the same names, and was first. The answers
  /// to what it sent, or the one before, are played to the original, whose words were refused.
  @Test(arguments: 0...2)
  func `cannot have words count as taken whose names a copy has`(copiesFirst: Int) async throws {
    try await withServer { server, folder in
      let recording = FaultyTransport()
      let a = try Machine(in: folder, "a", transport: recording)
      try await a.restore(from: server)
      try a.write("Before")
      _ = try await a.client.sync()
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      for number in 0..<copiesFirst {
        try a.write("On a \(number)")
        _ = try await a.client.sync()
      }
      let last = try #require(recording.exchanges.last).answerBody
      if copiesFirst == 0 {
        try a.write("On a 0")
        _ = try await a.client.sync()
      }

      let played = Recorded()
      let copy = try Machine(
        in: folder, "copy", machineName: "a",
        transport: FaultyTransport(change: { route, answer in
          if route == .sync, played.next() == 1 { answer.body = last }
        }), mode: .existing)
      let old = try copy.store.device
      try copy.write("On the copy")
      let report = try await copy.client.sync()
      #expect(try copy.store.device != old)
      #expect(!report.warnings.contains { if case .differs = $0 { true } else { false } })
      for machine in [copy, a, copy] { _ = try await machine.client.sync() }
      for machine in [a, copy] { #expect(try await machine.client.sync().warnings.isEmpty) }
      try expectConverged(a, copy)
      let texts = (0..<max(1, copiesFirst)).map { "On a \($0)" }
      #expect(try a.texts() == ["Before"] + texts + ["On the copy"])
    }
  }

  @Test func `cannot take what it is sent and throw it away`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(changeRequest: { request in
        guard request.route == .sync else { return }
        var message = try WireSyncRequest(serializedBytes: request.body)
        message.operations = []
        request.body = try message.serializedBytes()
      })
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let robbed = try Machine(in: folder, "a", transport: transport, mode: .existing)
      let id = try robbed.write("Mine")
      let report = try await robbed.client.sync()
      #expect(
        report.warnings.contains {
          if case .notKept(let id) = $0 { (try? a.store.device) == id.device } else { false }
        })
      #expect(try a.store.history(of: id).count == 1)
      // It never counted as accepted, so whoever keeps it gets it as if for the first time.
      #expect(try a.store.unsent(limitOperations: 9, limitBytes: .max).count == 2)
      let honest = try await a.client.sync()
      #expect(honest.pushed == 1 && honest.warnings.isEmpty)
      let b = try Machine(in: folder, "b")
      try await b.restore(from: server)
      #expect(try b.texts() == ["Mine"])
    }
  }

  /// It may have kept the words all the same, and show them one day.
  @Test func `cannot have anything erased that it does not show to have`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { $0.heads = [] }
      })
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let lied = try Machine(in: folder, "a", transport: transport, mode: .existing)
      let id = try lied.write("Mine")
      await expectFailure(.serverFailed) { try await lied.client.erase([id]) }
      #expect(try a.texts() == ["Mine"])
      #expect(try await a.client.erase([id]).count == 1)
      #expect(try a.texts() == [])
    }
  }

  /// More than a page, of which the first is the same each time.
  @Test func `cannot have the same sent to it without end`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport(changeRequest: { request in
        guard request.route == .sync else { return }
        var message = try WireSyncRequest(serializedBytes: request.body)
        message.operations = []
        request.body = try message.serializedBytes()
      })
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let robbed = try Machine(in: folder, "a", transport: transport, mode: .existing)
      let date = try #require(JournalDate(rfc9557: "2026-11-21[Europe/Berlin]"))
      var generator = SeededGenerator()
      let count = ProtocolLimits.pageOperationsMax / 2 + 100
      try robbed.store.write(
        try (1...count).map { number in
          try EntryDraft(date: date, text: "Entry \(number)")
            .change(record: .random(using: &generator), createdAt: 1)
        })
      #expect(try await robbed.client.sync().pushed == 0)
      #expect(transport.exchanges.count { $0.route == .sync } < 10)
      #expect(try await a.client.sync().pushed == count)
    }
  }

  @Test func `cannot withhold without being noticed`() async throws {
    try await expectHarmless { answer in
      answer.operations = []
    } warnings: { warnings in
      warnings.contains { if case .withheld = $0 { true } else { false } }
    }
  }

  /// A copy of a machine filled another server with what it wrote under the same name.
  @Test func `that has another operation behind its last is told`() async throws {
    try await withServer { first, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: first)
      try a.write("Shared")
      _ = try await a.client.sync()
      try FileCopy.copy(a.folder, to: folder.appendingPathComponent("copy").path)
      let copy = try Machine(in: folder, "copy", machineName: "a", mode: .existing)
      let id = try a.write("On a")
      _ = try await a.client.sync()
      let name = try #require(try a.store.history(of: id).first).stamp.id
      try await SyncServer.run { second in
        try await TestPerson.ada.get().makeAccount(at: second)
        try copy.write("On the copy")
        try copy.write("And one more")
        try await copy.restore(from: second)
        let report = try await a.restore(from: second).report
        #expect(report.warnings.contains(.differs(name)))
        #expect(try a.texts() == ["And one more", "On a", "Shared"])
      }
    }
  }

  @Test func `that names another operation as its last, and shows none, is told`() async throws {
    try await withServer { server, folder in
      let hidden = Hidden()
      let transport = FaultyTransport(change: { route, answer in
        try changeSync(route, &answer) { answer in
          for index in answer.heads.indices
          where answer.heads[index].device == hidden.device?.rawValue {
            answer.heads[index].digest = Data([UInt8](repeating: 3, count: 16))
          }
        }
      })
      let (a, b) = (
        try Machine(in: folder, "a"), try Machine(in: folder, "b", transport: transport)
      )
      try await a.restore(from: server)
      try await b.restore(from: server)
      try a.write("From a")
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      let device = try a.store.device
      let last = try #require(try b.store.known().first { $0.device == device }).sequences.gapless
      hidden.device = device
      let report = try await b.client.sync()
      #expect(report.warnings == [.differs(OperationID(device: device, sequence: last))])
    }
  }

  @Test func `is asked for the last that others have seen, in whatever order they name it`() {
    let device = DeviceID(rawValue: 1)
    var missing = KnownMissing()
    for sequence in [3, 5, 4] as [UInt64] {
      missing.see(OperationID(device: device, sequence: Sequence(sequence)))
    }
    #expect(missing.seen == [device: Sequence(5)])
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
      let transport = FaultyTransport(losingSecondOf: hidden)
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
}
