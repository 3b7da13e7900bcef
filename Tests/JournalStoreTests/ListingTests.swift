import Foundation
import GRDB
import JournalModel
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

struct ListingTests {
  @Test func `lists go by instant, whatever the zone, then by id`() async throws {
    try await withStore { store in
      try store.write([
        try entry(1, "noon in Berlin", date: "2026-11-21T12:00:00+01:00[Europe/Berlin]"),
        try entry(2, "noon in Tokyo", date: "2026-11-21T12:00:00+09:00[Asia/Tokyo]"),
        try entry(3, "the whole day", date: "2026-11-21[UTC]"),
        try entry(4, "noon in New York", date: "2026-11-21T12:00:00-05:00[America/New_York]"),
        try entry(5, "same instant", date: "2026-11-21T11:00:00+00:00[UTC]"),
      ])
      let twins = try recordID(1) > recordID(5)
      let newestFirst =
        ["noon in New York"]
        + (twins ? ["noon in Berlin", "same instant"] : ["same instant", "noon in Berlin"])
        + ["noon in Tokyo", "the whole day"]
      #expect(try store.texts() == newestFirst)
      #expect(try store.texts { $0.oldestFirst = true } == newestFirst.reversed())
      #expect(try store.texts { $0.limit = 2 } == Array(newestFirst.prefix(2)))
      #expect(try store.texts { $0.limit = 0 } == [])
    }
  }

  /// A whole day begins when its zone says, and a bare machine may know of no zone.
  @Test func `a record is found under its names whatever becomes of time zones`() async throws {
    try await withTemporaryFolder { folder in
      let machine = TestMachine()
      func open(knowing zones: ZoneRules) throws -> JournalStore {
        var environment = machine.environment
        environment.zones = zones
        return try JournalStore.open(folder: folder.path, environment: environment)
      }
      let tokyo = ZoneRules(timeZoneVariable: "UTC", systemZone: { nil }) { name in
        FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name).map { Array($0) }
      }
      try open(knowing: tokyo).write([
        try entry(1, "the whole day", date: "2026-11-21[Asia/Tokyo]") { $0.tags = ["river"] }
      ])
      let bare = try open(knowing: .utc)
      try bare.write(editing: try recordID(1)) { $0.trashing() }
      #expect(try bare.texts { $0.tags = ["river"] } == [])
      try bare.write(editing: try recordID(1)) { $0.untrashing() }
      let store = try open(knowing: tokyo)
      try store.write(editing: try recordID(1), setting(.text, .text("The whole day")))
      #expect(try store.texts { $0.tags = ["river"] } == ["The whole day"])
      try store.write(editing: try recordID(1)) { $0.trashing() }
      #expect(try store.texts { $0.tags = ["river"] } == [])
    }
  }

  @Test func `when a record was made is found, whatever day it is about`() async throws {
    try await withStore { store in
      #expect(try !store.hasRecord { _ in true })
      let early = EntryDraft(
        date: try #require(JournalDate(rfc9557: "2026-11-22T10:00:00+00:00[UTC]")), text: "early")
      let created: Int64 = 1_790_000_000_000
      try store.write([
        try entry(1, "of long ago", date: "1990-01-01[UTC]"),
        try early.change(record: try recordID(2), createdAt: 5),
      ])
      #expect(try store.hasRecord { $0 == created })
      #expect(try store.hasRecord { $0 == 5 })
      #expect(try !store.hasRecord { $0 != 5 && $0 != created })
      try store.write(editing: try recordID(1)) { $0.trashing() }
      #expect(try !store.hasRecord { $0 == created })
    }
  }

  @Test func `days are compared as written`() async throws {
    try await withStore { store in
      try store.write([
        try entry(1, "a", date: "2026-01-01T00:30:00+14:00[Pacific/Kiritimati]"),
        try entry(2, "b", date: "2026-01-01T23:30:00-11:00[Pacific/Pago_Pago]"),
        try entry(3, "c", date: "2025-12-31T23:59:59+00:00[UTC]"),
        try entry(4, "d", date: "2026-01-02[UTC]"),
      ])
      let first = try #require(CivilDay("2026-01-01"))
      #expect(try Set(store.texts { $0.on = first }) == ["a", "b"])
      #expect(try Set(store.texts { $0.from = first }) == ["a", "b", "d"])
      #expect(try Set(store.texts { $0.to = first }) == ["a", "b", "c"])
      #expect(
        try store.texts {
          $0.from = first; $0.limit = 1
        } == ["b"])
    }
  }

  @Test func `filters are met together`() async throws {
    try await withStore { store in
      try store.write([
        try entry(1, "both") {
          $0.tags = ["river", "walk"]; $0.people = ["Anna"]
        },
        try entry(2, "river") {
          $0.tags = ["river"]; $0.isStarred = true
        },
        try entry(3, "work") {
          $0.journal = "work"; $0.people = ["Anna"]
        },
        try entry(4, "home") { $0.journal = "home" },
      ])
      func found(_ change: (inout RecordQuery) -> Void) throws -> Set<String> {
        var query = RecordQuery()
        change(&query)
        let states = try store.records(matching: query)
        #expect(try store.count(matching: query) == states.count)
        var visited: [RecordState] = []
        try store.forEachRecord(matching: query) { visited.append($0) }
        #expect(visited == states)
        return Set(states.compactMap { $0[.text]?.text })
      }
      #expect(try found { $0.tags = ["river"] } == ["both", "river"])
      #expect(try found { $0.tags = ["river", "walk"] } == ["both"])
      #expect(
        try found {
          $0.tags = ["walk"]; $0.starred = true
        } == [])
      #expect(try found { $0.starred = true } == ["river"])
      #expect(try found { $0.people = ["Anna"] } == ["both", "work"])
      #expect(
        try found {
          $0.people = ["Anna"]; $0.journals = ["work"]
        } == ["work"])
      #expect(try found { $0.journals = ["work", "home"] } == ["work", "home"])
      #expect(try found { $0.journals = ["default"] } == ["both", "river"])
      #expect(try found { $0.journals = ["default", "home"] } == ["both", "river", "home"])
      #expect(try found { $0.kinds = [.mood] } == [])
      #expect(try found { $0.kinds = [] } == [])
      #expect(try found { $0.tags = ["nowhere"] } == [])
      #expect(
        try found {
          $0.search = SearchQuery(parsing: ["river"]); $0.starred = true
        } == ["river"])
      #expect(try store.tagCounts().map { "\($0.name) \($0.count)" } == ["river 2", "walk 1"])
      #expect(try store.peopleCounts().map { "\($0.name) \($0.count)" } == ["Anna 2"])
      #expect(try store.peopleNames() == ["Anna"])

      try store.write(editing: try recordID(1)) { $0.trashing() }
      #expect(try found { $0.tags = ["river"] } == ["river"])
      #expect(
        try found {
          $0.tags = ["river"]; $0.trashed = true
        } == ["both"])
      #expect(try found { $0.trashed = true } == ["both"])
      #expect(try store.tagCounts().map(\.name) == ["river"])
      try store.write(editing: try recordID(2)) { state in
        var edit = RecordEdit()
        edit.remove("river", from: .tag)
        edit.add("lake", to: .tag)
        edit.set(.date, .date(try #require(JournalDate(rfc9557: "2020-02-02[UTC]"))))
        return try edit.change(of: state)
      }
      #expect(try found { $0.tags = ["river"] } == [])
      #expect(try found { $0.tags = ["lake"] } == ["river"])
      #expect(
        try found {
          $0.starred = true; $0.to = CivilDay("2020-02-02")
        } == ["river"])
    }
  }

  @Test func `names that look alike are different names`() async throws {
    try await withStore { store in
      let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
      var change = try entry(1, "one")
      change.writes += [composed, decomposed].map {
        RegisterWrite(RegisterName(.tag, $0), .boolean(true))
      }
      try store.write([change])
      for _ in 0..<5 {
        try store.write(editing: try recordID(1)) { $0.trashing() }
        try store.write(editing: try recordID(1)) { $0.untrashing() }
      }
      #expect(try store.tagCounts().map(\.count) == [1, 1])
      #expect(try store.texts { $0.tags = [decomposed] } == ["one"])
      try store.expectConsistent()
    }
  }

  @Test func `the summary counts what people wrote`() async throws {
    try await withStore { store in
      try store.write([try entry(1, "a"), try entry(2, "b")])
      try store.write(editing: try recordID(2)) { $0.trashing() }
      try store.write([
        RecordChange(
          record: try recordID(3), kind: .device,
          writes: [RegisterWrite(RegisterName("name"), .text("desk"))]),
        RecordChange(
          record: try recordID(4), kind: RecordKind(rawValue: "dream"),
          writes: [RegisterWrite(RegisterName("text"), .text("later versions know"))]),
      ])
      let summary = try store.summary()
      #expect(summary.recordsByKind == [.entry: 1, .mood: 0, .step: 0])
      #expect(summary.recordsInTrash == 1)
      #expect(summary.operations == 5)
      #expect(summary.unsynced == 5)
      #expect(summary.conflicts == 0)
      #expect(try store.texts() == ["a"])
      try store.expectConsistent()
    }
  }

  /// What SQLite does for each query, so that lists stay fast however long the journal is.
  @Test func `no list reads more of the journal than it shows`() async throws {
    try await withStore { store in
      try store.write(
        try (1...300).map { number in
          try entry(number, "word\(number)") { $0.tags = ["t\(number % 7)"] }
        })
      try store.outsideTransactions { try $0.execute(sql: "ANALYZE") }
      var queries: [RecordQuery] = []
      for change: (inout RecordQuery) -> Void in [
        { _ in }, { $0.kinds = [.mood] }, { $0.tags = ["t1"] }, { $0.starred = true },
        { $0.trashed = true }, { $0.on = CivilDay("2026-11-21") }, { $0.oldestFirst = true },
        { $0.journals = ["work", "home"] },
      ] {
        var query = RecordQuery()
        query.limit = 10
        change(&query)
        queries.append(query)
      }
      for query in queries {
        let selection = try #require(RecordSelection(query))
        let plan = try store.reading { db in try self.plan(selection, db) }
        #expect(!plan.contains("SCAN"), "\(plan)")
        #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
        #expect(plan.contains("COVERING INDEX") || plan.contains("PRIMARY KEY"), "\(plan)")
      }
      var search = RecordQuery()
      search.search = SearchQuery(parsing: ["word7"])
      let selection = try #require(RecordSelection(search))
      let plan = try store.reading { db in try self.plan(selection, db) }
      #expect(plan.contains("SCAN search VIRTUAL TABLE"))
      #expect(plan.contains("SEARCH record USING INTEGER PRIMARY KEY"))
    }
  }

  private func plan(_ selection: RecordSelection, _ db: Database) throws -> String {
    var plan: [String] = []
    try db.rows("EXPLAIN QUERY PLAN " + selection.sql, selection.values) { row in
      plan.append(row.text(3))
      return true
    }
    return plan.joined(separator: "\n")
  }
}
