import JournalModel
import Testing

@Suite struct CivilDayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-11-21", 20_778),
    ("1000-01-01", -354_285), ("9999-12-31", 2_932_896),
  ])
  func `days are counted from 1970`(text: String, days: Int) throws {
    let day = try #require(CivilDay(text))
    #expect(day.daysSinceEpoch == days)
    #expect(CivilDay(clampingDaysSinceEpoch: days) == day)
    #expect(day.description == text)
  }

  @Test func `every day of nine millennia follows the one before`() {
    var expected = (year: 1000, month: 1, day: 1)
    var wrong = 0
    for days in -354_285...2_932_896 {
      let day = CivilDay(clampingDaysSinceEpoch: days)
      if (day.year, day.month, day.day) != expected || day.daysSinceEpoch != days { wrong += 1 }
      expected.day += 1
      if expected.day > CivilDay.days(inMonth: expected.month, of: expected.year) {
        expected = (expected.year, expected.month + 1, 1)
        if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
      }
    }
    #expect(wrong == 0)
    #expect(expected.year == 10_000)
  }

  @Test(arguments: [
    (1, 2024, "2024-01-01"), (9, 2024, "2024-02-26"), (1, 2026, "2025-12-29"),
    (53, 2020, "2020-12-28"), (53, 2025, nil), (54, 2020, nil), (0, 2024, nil),
  ])
  func `weeks are counted as in ISO 8601`(week: Int, year: Int, monday: String?) {
    let found = CivilDay.monday(ofWeek: week, in: year)
    #expect(found?.description == monday)
    #expect(found.map(\.placeInWeek) ?? 0 == 0)
    #expect(found?.adding(days: 6).monday == found)
  }

  @Test(arguments: [
    "", "2023-02-29", "1900-02-29", "2023-04-31", "2023-00-10", "2023-13-01", "2023-01-00",
    "2023-01-32", "0999-12-31", "10000-01-01", "2023-1-1", "2023-01-01 ", " 2023-01-01",
    "2023/01/01", "-2023-01-01", "٢٠٢٣-٠١-٠١", "2023-01-01T",
  ])
  func `what is no day is refused`(text: String) {
    #expect(CivilDay(text) == nil)
  }

  @Test func `days beyond the calendar are its ends`() {
    #expect(CivilDay(clampingDaysSinceEpoch: .min).description == "1000-01-01")
    #expect(CivilDay(clampingDaysSinceEpoch: .max).description == "9999-12-31")
    #expect(CivilDay(clampingDaysSinceEpoch: 0).adding(days: .max).description == "9999-12-31")
  }

  @Test(arguments: [("2026-11-21", 6), ("1970-01-01", 4), ("1582-10-15", 5), ("1000-01-01", 3)])
  func `weekdays count from Sunday`(text: String, weekday: Int) throws {
    #expect(try #require(CivilDay(text)).weekday == weekday)
  }

  @Test func `days are in order`() throws {
    let days = try ["1999-12-31", "2000-01-01", "2000-01-02", "2000-02-01"].map {
      try #require(CivilDay($0))
    }
    #expect(days.shuffled().sorted() == days)
  }
}
