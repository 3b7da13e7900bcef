import JournalModel
import JournalStore
import TestSupport
import Testing

struct MoodFactsTests {
  @Test func `the facts of mood logs are what the logs say`() async throws {
    try await withStore { store in
      var full = MoodDraft(date: try date("2026-11-21T20:15:00+01:00[Europe/Berlin]"))
      full.score = 4
      full.energy = 3
      full.closeness = 8
      full.pull = .away
      full.urge = 7
      full.technique = "breathing"
      full.scoreBefore = 2
      full.urgeBefore = 9
      full.signs = ["withdrawal", "distance"]
      full.people = ["Sam"]
      full.note = "Met @Jo and @Sam."
      var wholeDay = MoodDraft(date: try date("2026-11-20[UTC]"))
      wholeDay.urge = 0
      var trashed = MoodDraft(date: try date("2026-11-19[UTC]"))
      trashed.score = 1
      try store.write([
        try full.change(record: recordID(1), createdAt: 0),
        try wholeDay.change(record: recordID(2), createdAt: 0),
        try trashed.change(record: recordID(3), createdAt: 0),
        try entry(4, "no log"),
      ])
      _ = try store.write(editing: recordID(3)) { $0.trashing() }

      let facts = try store.moodFacts()
      #expect(facts.map(\.id) == [try recordID(2), try recordID(1)])
      #expect(facts.map(\.hour) == [nil, 20])
      #expect(facts.map(\.day.description) == ["2026-11-20", "2026-11-21"])
      var query = RecordQuery()
      query.kinds = [.mood]
      query.oldestFirst = true
      let logs = try store.records(matching: query).compactMap(MoodLog.init)
      for (facts, log) in zip(facts, logs) {
        #expect(facts.score == log.score)
        #expect(facts.closeness == log.closeness)
        #expect(facts.pull == log.pull)
        #expect(facts.urge == log.urge)
        #expect(facts.technique == log.technique)
        #expect(facts.scoreBefore == log.scoreBefore)
        #expect(facts.urgeBefore == log.urgeBefore)
        #expect(facts.signs == log.signs)
        #expect(facts.people == log.people)
      }
      #expect(facts.last?.people == ["Jo", "Sam"])
      #expect(facts.last?.signs == ["distance", "withdrawal"])
    }
  }

  private func date(_ text: String) throws -> JournalDate {
    try #require(JournalDate(rfc9557: text))
  }
}
