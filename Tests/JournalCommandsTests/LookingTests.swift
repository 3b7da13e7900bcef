import JournalModel
import JournalStore
import Testing

@testable import JournalCommands

struct SparklineTests {
  @Test(
    arguments: [
      ([1, 10], "▁█"), ([nil, 5.5], "·▅"), ([0, 11], "▁█"), ([], ""),
    ] as [([Double?], String)])
  func `numbers rise, what is missing is a dot`(values: [Double?], text: String) {
    #expect(Sparkline.text(values, in: 1...10) == text)
  }

  @Test(arguments: [(6.0, "6"), (6.5, "6.5"), (6.04, "6"), (9.96, "10"), (1.25, "1.3")])
  func `a mean has one digit at most`(mean: Double, text: String) {
    #expect(mean.withOneDigit == text)
  }
}

private func day(_ text: String) throws -> CivilDay { try #require(CivilDay(text)) }

private func tally(
  _ text: String, _ kinds: [RecordKind] = [.entry], words: Int = 0, scores: [Int] = []
) throws -> DayTally {
  var tally = DayTally(day: try day(text))
  for kind in kinds { tally.countsByKind[kind, default: 0] += 1 }
  tally.words = words
  tally.scores = scores
  return tally
}

struct JournalStatisticsTests {
  private func statistics(_ days: [String], today: String) throws -> JournalStatistics {
    JournalStatistics(try days.map { try tally($0, words: 2) }, today: try day(today))
  }

  @Test(
    arguments: [
      (["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-03"], 3, nil),
      (["2026-11-18", "2026-11-20", "2026-11-21"], 2, 2), (["2026-11-20"], 1, 1),
      (["2026-11-19"], 1, nil), ([], nil, nil),
    ] as [([String], Int?, Int?)])
  func `days in a row are counted, over leap days and months`(
    days: [String], longest: Int?, present: Int?
  ) throws {
    let statistics = try statistics(days, today: "2026-11-21")
    #expect(statistics.longestRun?.length == longest)
    #expect(statistics.presentRun?.length == present)
    #expect(statistics.days == days.count)
  }

  @Test func `days that are still to come are no days of writing, but their words count`() throws {
    let statistics = try statistics(
      ["2026-11-20", "2026-11-21", "2026-11-22", "2066-11-22"], today: "2026-11-21")
    let days = try day("2026-11-20")...(try day("2026-11-21"))
    #expect(statistics.presentRun == days)
    #expect(statistics.longestRun == days)
    #expect(statistics.days == 2)
    #expect(statistics.lastDay == days.upperBound)
    #expect(statistics.words == 8)
    #expect(statistics.countsByKind[.entry] == 4)
  }

  @Test func `a step's day is no day of writing, but its words count`() throws {
    let tallies = [
      try tally("2025-12-31", [.entry, .mood], words: 10),
      try tally("2026-01-01", [.step], words: 3),
    ]
    let statistics = JournalStatistics(tallies, today: try day("2026-01-02"))
    #expect(statistics.words == 13)
    #expect(statistics.days == 1)
    #expect(statistics.years.map(\.year) == [2025, 2026])
    #expect(statistics.years.map(\.days) == [1, 0])
    #expect(statistics.lastDay == (try day("2025-12-31")))
  }
}

struct CalendarPageTests {
  private func page(_ span: String...) throws -> CalendarPage {
    let tallies = [
      try tally("2024-02-01", words: 1), try tally("2024-02-05", [.mood], scores: [10]),
      try tally("2024-02-29", words: 100, scores: [4, 5]), try tally("2024-12-31", words: 51),
    ]
    let days = try #require(CalendarSpan(try day(span[0])...(try day(span[1]))))
    return CalendarPage(
      span: days, tallies: tallies, showsMood: span.count > 2, style: Style(isOn: false))
  }

  @Test func `a month has its weeks, Monday first`() throws {
    #expect(
      try page("2024-02-29", "2024-02-29").lines.joined(separator: "\n") == """
        February 2024

         Mo    Tu    We    Th    Fr    Sa    Su
                           1 ░   2 ·   3 ·   4 ·
         5 ░   6 ·   7 ·   8 ·   9 ·  10 ·  11 ·
        12 ·  13 ·  14 ·  15 ·  16 ·  17 ·  18 ·
        19 ·  20 ·  21 ·  22 ·  23 ·  24 ·  25 ·
        26 ·  27 ·  28 ·  29 █

        3 days: 2 entries, 1 mood log, 101 words.
        · nothing, ░ up to 25, ▒ 50, ▓ 75, █ 100 words
        """)
  }

  @Test(arguments: [
    (1, "· nothing, ░ no words, █ 1 word"), (2, "· nothing, ░ no words, ▒ 1, █ 2 words"),
    (4, "· nothing, ░ up to 1, ▒ 2, ▓ 3, █ 4 words"),
  ])
  func `the legend names no number twice`(words: Int, legend: String) throws {
    let day = try day("2024-02-05")
    let span = try #require(CalendarSpan(day...day))
    let page = CalendarPage(
      span: span, tallies: [try tally("2024-02-05", words: words)], showsMood: false,
      style: Style(isOn: false))
    #expect(page.lines.last == legend)
  }

  @Test func `a year has its months, and a mood of ten is one sign`() throws {
    let lines = try page("2024-01-01", "2024-12-31", "mood").lines
    #expect(lines[2] == "     1   5    10   15   20   25   30")
    #expect(lines[4] == "Feb  ····X·······················5    3 days, 101 words")
    #expect(lines[14] == "Dec  ·······························  1 day, 51 words")
    #expect(lines.last == "Numbers are a day's mean mood, X is 10; · is none.")
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 64 })
  }

  @Test(arguments: [
    ("2024-02-10", "2024-03-01"), ("2023-12-31", "2024-12-31"), ("2024-01-01", "2024-12-30"),
    ("2024-02-05", "2024-02-11"), ("2024-02-01", "2024-02-28"),
  ])
  func `what is neither month nor year is no calendar`(first: String, last: String) throws {
    #expect(CalendarSpan(try day(first)...(try day(last))) == nil)
  }

  @Test func `the last month there is ends`() throws {
    let last = try day("9999-12-05")
    #expect(CalendarSpan(monthOf: last).allDays.count == 31)
  }
}
