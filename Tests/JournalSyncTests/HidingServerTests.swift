import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol
import Testing

@testable import JournalSync

/// What one machine wrote is not shown to another, which has heard of it from a third.
struct `A server that hides` {
  @Test func `cannot hide what another machine has seen`() async throws {
    try await withServer { server, folder in
      let hidden = Hidden()
      let transport = FaultyTransport(hiding: hidden)
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
          if case .hidden(let id, by: "b") = $0 {
            (try? a.store.device) == id.device
          } else {
            false
          }
        })
      let comparison = try await c.client.compare(try c.verified())
      #expect(
        comparison.findings.contains {
          if case .hidden(_, by: "b") = $0 { true } else { false }
        })
    }
  }

  /// In the middle of what another machine wrote, and it says that it never had it.
  @Test func `cannot lose what another machine has seen without being told`() async throws {
    try await withServer { server, folder in
      let hidden = Hidden()
      let transport = FaultyTransport(losingSecondOf: hidden)
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      let c = try Machine(in: folder, "c", transport: transport)
      try await a.restore(from: server)
      hidden.device = try a.store.device
      for text in ["One", "Two", "Three"] { try a.write(text) }
      _ = try await a.client.sync()
      try await b.restore(from: server)
      _ = try await b.client.sync()
      let report = try await c.restore(from: server).report
      let id = OperationID(device: try a.store.device, sequence: Sequence(2))
      #expect(report.warnings.first == .hidden(id, by: "b"))
      #expect(!report.warnings.contains { if case .gap = $0 { true } else { false } })
      #expect(report.warnings[0].description.hasPrefix("The machine b has seen change "))
      #expect(try c.texts() == ["One", "Three"])
    }
  }

  /// Though its record of today was written before, and the two writes have nothing to do with
  /// each other. To a copy with a login of its own, its original is another machine like any other.
  @Test(arguments: [false, true])
  func `cannot show what a machine wrote and hide what it had seen`(isCopy: Bool) async throws {
    try await withServer { server, folder in
      let hidden = Hidden()
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      if isCopy { try FileCopy.copy(a.folder, to: folder.appendingPathComponent("b").path) }
      let b = try Machine(in: folder, "b", mode: isCopy ? .existing : .readWrite)
      let c = try Machine(in: folder, "c", transport: FaultyTransport(hiding: hidden))
      for machine in [b, c] { try await machine.restore(from: server) }
      for machine in [a, b, c, a, b, c] { _ = try await machine.client.sync() }
      let id = try a.write("From a")
      let seen = try #require(try a.store.history(of: id).first).stamp.id
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      try b.write("From b")
      _ = try await b.client.sync()
      hidden.device = try a.store.device
      let report = try await c.client.sync()
      #expect(try c.texts() == ["From b"])
      #expect(report.warnings.contains(.hidden(seen, by: "b")))
      #expect(try await c.client.sync().warnings.contains(.hidden(seen, by: "b")))
    }
  }

  /// What a machine has seen goes along with what somebody wrote there, and never alone: two that
  /// heard of each other's records would answer for ever.
  @Test func `makes machines tell what they have seen, but once for what somebody wrote`()
    async throws
  {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      for machine in [a, b] { try await machine.restore(from: server) }
      for machine in [a, b, a, b] { _ = try await machine.client.sync() }
      func operations() throws -> Int { try a.store.known().operationCount }
      let before = try operations()
      try a.write("One")
      try a.write("Two")
      for machine in [a, b, a, b, a] { _ = try await machine.client.sync() }
      // With b's record in sight.
      #expect(try operations() == before + 3)
      // Nothing came since.
      try a.write("Three")
      for machine in [a, b, a] { _ = try await machine.client.sync() }
      #expect(try operations() == before + 4)
    }
  }

  /// Whoever replaces a text says which.
  @Test func `cannot hide a text that another machine has replaced`() async throws {
    try await withServer { server, folder in
      let hidden = Hidden()
      let transport = FaultyTransport(hiding: hidden)
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      let c = try Machine(in: folder, "c", transport: transport)
      for machine in [a, b, c] { try await machine.restore(from: server) }
      // Their records of today say nothing of it.
      for machine in [a, b, c] { _ = try await machine.client.sync() }
      hidden.device = try a.store.device
      let id = try a.write("From a")
      let seen = try #require(try a.store.history(of: id).first).stamp.id
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      try b.edit(id, text: "From a, edited on b")
      _ = try await b.client.sync()
      // Not only by the sync that brings the edit.
      for _ in 1...3 {
        #expect(try await c.client.sync().warnings.contains(.hidden(seen, by: "b")))
        let comparison = try await c.client.compare(try c.verified())
        #expect(comparison.findings.contains(.hidden(seen, by: "b")))
        #expect(try c.store.knownMissing().seen == [seen.device: seen.sequence])
      }
      hidden.device = nil
      // Fetched or not, the server shows it.
      #expect(try await c.client.compare(try c.verified()).findings.isEmpty)
      #expect(try await c.client.sync().warnings.isEmpty)
      #expect(try c.store.knownMissing() == KnownMissing())
      try expectConverged(b, c)
    }
  }

  /// What a page has brought is known from then on, and is never looked at again.
  @Test func `cannot have what it hides forgotten by breaking off after a page`() async throws {
    try await withServer { server, folder in
      let hidden = Hidden()
      let pages = Pages()
      let transport = FaultyTransport(change: { route, answer in
        guard route == .sync, let device = hidden.device else { return }
        // The third is refused, for nobody knows its token.
        let number = pages.next()
        guard number < 2 else { return }
        if number == 0 { pages.first = answer }
        answer = pages.first ?? answer
        try changeSync(route, &answer) { answer in
          answer.operations.removeAll { Array($0.header[1..<9]) == device.bytes }
          answer.token = Data([1])
        }
      })
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      let c = try Machine(in: folder, "c", transport: transport)
      for machine in [a, b, c] { try await machine.restore(from: server) }
      for machine in [a, b, c] { _ = try await machine.client.sync() }
      let id = try a.write("From a")
      let seen = try #require(try a.store.history(of: id).first).stamp.id
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      try b.edit(id, text: "From a, edited on b")
      _ = try await b.client.sync()
      hidden.device = try a.store.device
      await #expect(throws: SyncFailure.self) { try await c.client.sync() }
      #expect(try c.texts() == ["From a, edited on b"])
      #expect(try c.store.knownMissing().seen == [seen.device: seen.sequence])
    }
  }

  @Test func `is named by each sync for what it hides, until it comes`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      _ = try await a.client.sync()
      let id = OperationID(device: DeviceID(rawValue: 9), sequence: Sequence(3))
      var missing = KnownMissing()
      missing.see(id)
      try a.store.setKnownMissing(missing)
      for _ in 1...2 {
        #expect(try await a.client.sync().warnings == [.hidden(id, by: nil)])
        #expect(
          try await a.client.compare(try a.verified()).findings == [.hidden(id, by: nil)])
      }
    }
  }
}

extension [DeviceKnowledge] {
  fileprivate var operationCount: Int {
    reduce(0) { $0 + Int($1.sequences.last.rawValue) }
  }
}
