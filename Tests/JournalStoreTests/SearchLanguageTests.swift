import JournalModel
import TestSupport
import Testing

@testable import JournalStore

struct SearchLanguageTests {
  private func fill(_ store: JournalStore) throws {
    try store.write([
      try entry(1, "river and lake", date: "2026-11-19T10:00:00+01:00[Europe/Berlin]") {
        $0.tags = ["water", "two words"]; $0.isStarred = true
      },
      try entry(2, "river alone", date: "2026-11-20T10:00:00+01:00[Europe/Berlin]") {
        $0.tags = ["water"]; $0.people = ["Mara"]; $0.journal = "work"
      },
      try entry(3, "the mountain", date: "2025-05-01[Europe/Berlin]") { $0.people = ["Sam"] },
      try mood(4, score: 3, note: "tired by the river", "2026-11-18[UTC]") {
        $0.emotions = ["torn"]; $0.pull = .away
      },
      try mood(5, score: 7, note: "calm", "2026-11-21[UTC]") {
        $0.tags = ["water"]; $0.urge = 2
      },
    ])
  }

  private func mood(
    _ number: Int, score: Int, note: String, _ date: String, _ change: (inout MoodDraft) -> Void
  ) throws -> RecordChange {
    var draft = MoodDraft(date: try #require(JournalDate(rfc9557: date)))
    draft.score = score
    draft.note = note
    change(&draft)
    return try draft.change(record: try recordID(number), createdAt: 1_790_000_000_000)
  }

  @Test(
    arguments: [
      (["river"], [1, 2, 4]), (["river", "-lake"], [2, 4]), (["-river"], [3, 5]),
      (["-river", "-calm"], [3]), (["river", "OR", "calm"], [1, 2, 4, 5]),
      (["river", "lake", "OR", "alone"], [1, 2]), (["tag:water"], [1, 2, 5]),
      (["tag:water", "tag:two words"], [1]), (["-tag:water"], [3, 4]),
      (["tag:water", "river"], [1, 2]), (["tag:water", "-river"], [5]),
      (["person:Mara", "OR", "person:Sam"], [2, 3]),
      (["tag:water", "OR", "tag:two words"], [1, 2, 5]),
      (["mountain", "OR", "tag:two words"], [1, 3]), (["is:starred"], [1]),
      (["-is:starred", "kind:entry"], [2, 3]), (["kind:mood"], [4, 5]),
      (["-kind:mood"], [1, 2, 3]),
      (["kind:mood", "OR", "is:starred"], [1, 4, 5]), (["journal:work"], [2]),
      (["journal:default"], [1, 3]), (["-journal:default"], [2, 4, 5]),
      (["journal:work", "OR", "journal:default"], [1, 2, 3]), (["mood:3"], [4]),
      (["mood:1-3"], [4]),
      (["mood:<4"], [4]), (["mood:<=7"], [4, 5]), (["mood:>3"], [5]), (["mood:>=3"], [4, 5]),
      (["mood:3-1"], [4]), (["mood:>10"], []), (["-mood:3"], [1, 2, 3, 5]), (["urge:2"], [5]),
      (["emotion:torn"], [4]), (["emotion:TÖRN"], [4]), (["emotion:tor"], []), (["pull:away"], [4]),
      (["before:2026"], [3]),
      (["after:2025"], [1, 2, 4, 5]),
      (["on:2026-11-20"], [2]), (["on:2026-11"], [1, 2, 4, 5]), (["after:yesterday"], [5]),
      (["before:2026-11-19", "after:2026-11-17"], [4]), (["-on:2026-11", "-mood:3"], [3]),
      (["before:2026", "OR", "mood:7"], [3, 5]), (["river", "before:2026-11-19"], [4]),
      (["after:2027"], []), (["before:2025", "after:2026"], []), (["kind:entry", "mood:3"], []),
      (["river", "kind:mood"], [4]), (["\"foo:bar\""], []), (["…"], []),
      (["…", "tag:water"], [1, 2, 5]),
      (["OR", "river"], []), (["river", "OR"], []), (["tag:nowhere"], []),
      (["-tag:nowhere"], [1, 2, 3, 4, 5]),
    ] as [([String], [Int])])
  func `a query finds`(words: [String], expected: [Int]) async throws {
    try await withStore { store in
      try fill(store)
      var query = RecordQuery()
      query.search = try SearchQuery(SearchToken.tokens(of: words))
      let ids = try store.records(matching: query).map(\.id)
      #expect(try Set(ids) == Set(expected.map { try recordID($0) }))
      #expect(ids.count == expected.count)
      #expect(try store.count(matching: query) == expected.count)
      query.oldestFirst = true
      #expect(try store.records(matching: query).map(\.id) == ids.reversed())
      query.limit = 1
      #expect(try store.records(matching: query).map(\.id) == Array(ids.suffix(1)))
    }
  }

  @Test func `a query and filters are met together`() async throws {
    try await withStore { store in
      try fill(store)
      var query = RecordQuery()
      query.search = try SearchQuery(SearchToken.tokens(of: ["-lake", "tag:water"]))
      query.kinds = [.entry]
      query.from = CivilDay("2026-11-01")
      #expect(try store.records(matching: query).map(\.id) == [try recordID(2)])
      try store.write(editing: try recordID(2)) { $0.trashing() }
      #expect(try store.records(matching: query).isEmpty)
      query.trashed = true
      #expect(try store.records(matching: query).map(\.id) == [try recordID(2)])
    }
  }
}

struct TallyTests {
  @Test func `days are counted, by their words too`() async throws {
    try await withStore { store in
      try store.write([
        try entry(1, "Three words, here — 100%.", date: "2026-11-20[UTC]") { $0.title = "A title" },
        try entry(2, "one", date: "2026-11-20[UTC]") { $0.tags = ["x"] },
        try entry(3, "日本 ok", date: "2026-11-21[UTC]"),
      ])
      var mood = MoodDraft(date: try #require(JournalDate(rfc9557: "2026-11-21[UTC]")))
      mood.score = 4
      mood.note = "so so"
      try store.write([try mood.change(record: try recordID(4), createdAt: 1)])
      let tallies = try store.tallies(matching: RecordQuery())
      #expect(tallies.map(\.day.description) == ["2026-11-20", "2026-11-21"])
      #expect(tallies.map(\.words) == [7, 5])
      #expect(tallies.map(\.records) == [2, 2])
      #expect(tallies.map(\.scores) == [[], [4]])
      var query = RecordQuery()
      query.from = CivilDay("2026-11-20")
      #expect(try store.tallies(matching: query) == tallies)
      query.tags = ["x"]
      #expect(try store.tallies(matching: query).map(\.words) == [1])
      #expect(try store.journalCounts().map { "\($0.name) \($0.count)" } == ["default 3"])
      var generator = SeededGenerator(seed: 1)
      let random = try store.randomRecord(matching: query, using: &generator)
      #expect(try random?.id == recordID(2))
    }
  }
}
