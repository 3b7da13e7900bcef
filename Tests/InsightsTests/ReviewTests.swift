import Insights
import JournalModel
import OperationLog
import TestSupport
import Testing

struct ReviewTests {
  private var generator = SeededGenerator()

  private mutating func entry(
    _ day: String, _ text: String, _ fill: (inout EntryDraft) -> Void = { _ in }
  ) throws -> RecordState {
    var draft = EntryDraft(date: try date(day), text: text)
    fill(&draft)
    return try SampleRecords.state(
      try draft.change(record: .random(using: &generator), createdAt: 0))
  }

  private mutating func mood(
    _ day: String, _ fill: (inout MoodDraft) -> Void
  ) throws -> RecordState {
    var draft = MoodDraft(date: try date(day))
    fill(&draft)
    return try SampleRecords.state(
      try draft.change(record: .random(using: &generator), createdAt: 0))
  }

  private mutating func step(
    _ title: String, _ fill: (inout StepDraft) -> Void
  ) throws -> RecordState {
    var draft = StepDraft(title: title)
    fill(&draft)
    return try SampleRecords.state(
      try draft.change(record: .random(using: &generator), createdAt: 0))
  }

  private func date(_ day: String) throws -> JournalDate {
    JournalDate(day: try #require(CivilDay(day)), timeZone: "UTC")
  }

  private func review(_ records: [RecordState], quotesMax: Int = 3) throws -> Review {
    let first = try #require(CivilDay("2026-11-15"))
    return Review(of: first...first.adding(days: 6), records, quotesMax: quotesMax)
  }

  @Test mutating func `counts what was written, felt and dared`() throws {
    let done = try date("2026-11-17")
    let due = try date("2026-11-25")
    let records = [
      try entry("2026-11-16", "One.") { $0.people = ["Sam"] },
      try entry("2026-11-16", "Two."),
      try mood("2026-11-15") {
        $0.score = 4
        $0.pull = .away
        $0.people = ["Sam"]
      },
      try mood("2026-11-17") {
        $0.score = 7
        $0.closeness = 3
        $0.emotions = ["calm"]
      },
      try step("Ask for help") { $0.doneAt = done },
      try step("Call Jo") { $0.due = due },
      try step("Not now") { $0.isSkipped = true },
    ]
    let review = try review(records)
    #expect(review.written.entries.count == 2)
    #expect(review.written.dayCount == 1)
    #expect(review.felt.logCount == 2)
    #expect(review.felt.score?.mean == 5.5)
    #expect(review.felt.score?.lowest == 4)
    #expect(review.felt.scoresByDay.map(\.mean) == [4, 7])
    #expect(review.felt.pullCounts == [.away: 1])
    #expect(review.dared.done.map(\.title) == ["Ask for help"])
    #expect(review.dared.planned.map(\.title) == ["Call Jo"])
    #expect(review.dared.skippedCount == 1)
    #expect(review.people.map(\.name) == ["Sam"])
    #expect(review.people.map(\.count) == [2])
  }

  @Test mutating func `scores are told by days, weeks and months, each day counting once`() throws {
    let review = try review([
      try mood("2026-11-15") { $0.score = 4 }, try mood("2026-11-15") { $0.score = 6 },
      try mood("2026-11-16") { $0.score = 7 }, try mood("2026-11-18") { $0.score = 8 },
      try mood("2027-01-31") { $0.score = 3 },
    ])
    let days = try #require(review.felt.scores(by: .day))
    #expect(days.first.description == "2026-11-15" && days.means.prefix(4) == [5, 7, nil, 8])
    let weeks = try #require(review.felt.scores(by: .week))
    #expect(weeks.first.description == "2026-11-09" && weeks.means.prefix(3) == [5, 7.5, nil])
    #expect(weeks.means.count == 12 && weeks.means.last == 3)
    let months = try #require(review.felt.scores(by: .month))
    #expect(months.first.description == "2026-11-01")
    #expect(months.means == [20.0 / 3, nil, 3])
  }

  @Test mutating func `the scores of the last days of all years come to an end`() throws {
    let review = try review([
      try mood("9999-11-30") { $0.score = 4 }, try mood("9999-12-31") { $0.score = 6 },
    ])
    #expect(review.felt.scores(by: .day)?.means.count == 32)
    #expect(review.felt.scores(by: .week)?.means == [4, nil, nil, nil, 6])
    #expect(review.felt.scores(by: .month)?.means == [4, 6])
  }

  @Test mutating func `an earlier review is no part of the next`() throws {
    let review = try review([
      try entry("2026-11-16", "Everything that was written before.") { $0.prompt = Review.prompt }
    ])
    #expect(review.written.entries.isEmpty)
    #expect(review.quotes.isEmpty)
    #expect(review.question == .anything)
  }

  @Test mutating func `quotes are whole sentences of plain text, starred ones first`() throws {
    let records = [
      try entry("2026-11-15", "# A heading that is long enough\n- a list that is long enough\nOh."),
      try entry("2026-11-16", "We sat there, e.g. by the river, for long. Then we left."),
      try entry("2026-11-18", "```\nlet code = thatIsLongEnough()\n```\nIt rained all day long!"),
      try entry("2026-11-20", "This one matters more than others.") { $0.isStarred = true },
    ]
    #expect(
      try review(records).quotes.map(\.text) == [
        "We sat there, e.g. by the river, for long.", "It rained all day long!",
        "This one matters more than others.",
      ])
    #expect(
      try review(records, quotesMax: 1).quotes.map(\.text) == ["This one matters more than others."]
    )
  }

  @Test mutating func `no sentence is quoted twice`() throws {
    let text = "The same sentence on every one of these days."
    let records = [
      try entry("2026-11-16", text), try entry("2026-11-17", text) { $0.isStarred = true },
      try mood("2026-11-18") {
        $0.score = 5
        $0.note = text
      },
    ]
    #expect(try review(records).quotes.map(\.day.description) == ["2026-11-17"])
  }

  @Test mutating func `the question comes from what the days held`() throws {
    let done = try date("2026-11-17")
    var records = [try entry("2026-11-16", "With @Jo.")]
    #expect(try review(records).question == .person(name: "Jo"))
    records.append(try step("Call Jo") { _ in })
    #expect(try review(records).question == .planned(title: "Call Jo"))
    records.append(
      try mood("2026-11-16") {
        $0.closeness = 8
        $0.pull = .torn
      })
    #expect(try review(records).question == .closeAndAway)
    records.append(
      try step("Ask for help") {
        $0.doneAt = done
        $0.fearBefore = 7
        $0.fearAfter = 2
      })
    #expect(try review(records).question == .stepWithLessFear(title: "Ask for help"))
    records.append(
      try mood("2026-11-16") {
        $0.urge = 7
        $0.said = "I need space"
        $0.meant = "hold me"
      })
    #expect(
      try review(records).question == .meant(said: "I need space", meant: "hold me"))
  }
}
