import JournalModel
import JournalStore
import OperationLog
import ServerCore
import Testing

@testable import JournalSync

struct `Two machines and a server` {
  @Test func `converge after both wrote and edited the same entry offline`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      let shared = try a.write("The river was high")
      _ = try await a.client.sync()
      _ = try await b.client.sync()

      try a.write("On a alone")
      try b.write("On b alone")
      try a.edit(shared, text: "The river was high, says a")
      try b.edit(shared, text: "The river was high, says b")
      let pushed = try await a.client.sync()
      let merged = try await b.client.sync()
      _ = try await a.client.sync()

      #expect(pushed.pushed == 2)
      #expect(merged.pushed == 2)
      #expect(merged.pulled == 2)
      #expect(merged.conflicts == 1)
      #expect(try a.texts().count == 3)
      try expectConverged(a, b)
    }
  }

  @Test func `sync in one request when there is little to say`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("One")
      let first = try await a.client.sync()
      #expect(first.requests == 1)
      #expect(first.pushed == 1)
      let quiet = try await a.client.sync()
      #expect(quiet == quiet.quiet)
      #expect(quiet.requests == 1)
      #expect(quiet.bytesSent > 0 && quiet.bytesSent < 3_000)
      #expect(quiet.bytesReceived > 0 && quiet.bytesReceived < 3_000)
      #expect(a.client.lastSync() != nil)
    }
  }

  @Test func `bring along what a machine wrote before it had the account`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try a.write("From a")
      _ = try await a.client.sync()
      let id = try b.write("From b, before")
      let outcome = try await b.restore(from: server)
      #expect(outcome.joined == 1)
      #expect(outcome.report.pushed == 1)
      #expect(outcome.report.pulled == 1)
      _ = try await a.client.sync()
      #expect(try a.store.state(of: id) != nil)
      try expectConverged(a, b)
    }
  }

  @Test func `restore an empty machine, page by page`() async throws {
    var limits = ServerLimits()
    limits.pageOperationsMax = 7
    try await withServer(limits: limits) { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      let ids = try (0..<40).map { try a.write("Entry \($0)") }
      for id in ids.prefix(10) { try a.edit(id, text: "Edited \(id)") }
      _ = try await a.client.sync()
      let outcome = try await b.restore(from: server)
      #expect(outcome.report.pulled == 50)
      #expect(outcome.report.warnings.isEmpty)
      // Challenge and session apart: 51 operations and none more than once.
      #expect(outcome.report.requests == 8)
      try expectConverged(a, b)
      let words = SearchQuery(parsing: ["entry", "39"])
      var query = RecordQuery()
      query.search = words
      #expect(try b.store.count(matching: query) == 1)
    }
  }

  @Test func `never count or list the device records`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      #expect(try await a.client.sync().pushed == 0)
      let report = try await b.client.sync()
      #expect(report.pulled == 0)
      #expect(try b.texts().isEmpty)
      let devices = try await b.client.devices()
      #expect(Set(devices.map(\.name)) == ["a", "b"])
      #expect(devices.count { $0.isCurrent } == 1)
    }
  }

  @Test func `may sync at the same time from one machine`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let again = try Machine(in: folder, "a", mode: .existing)
      for number in 0..<20 { try a.write("Entry \(number)") }
      async let first = a.client.sync()
      async let second = again.client.sync()
      let (one, two) = try await (first, second)
      #expect(one.pushed + two.pushed == 20)
      let b = try Machine(in: folder, "b")
      try await b.restore(from: server)
      try expectConverged(a, b)
    }
  }
}

extension SyncReport {
  /// The same with nothing done.
  var quiet: SyncReport {
    var report = SyncReport()
    report.requests = requests
    report.bytesSent = bytesSent
    report.bytesReceived = bytesReceived
    return report
  }
}
