import JournalModel
import Testing

/// Today is Saturday, 21 November 2026, 15:42.
@Suite struct DatePhraseTests {
  private static let now: Int64 = 1_795_272_120_000

  private static let berlin = ZoneRules(
    timeZoneVariable: "Europe/Berlin", systemZone: { nil }, bytesOfZone: TZif.zone)

  private static func date(_ text: String) throws -> String {
    let date = try JournalDate.typed(text, now: now, zones: berlin).rfc9557
    return date.replacing("[Europe/Berlin]", with: "").replacing(":00+01:00", with: "")
  }

  private static func range(_ text: String) throws -> String {
    let days = try CivilDay.typedRange(text, now: now, zones: berlin)
    return "\(days.lowerBound) \(days.upperBound)"
  }

  @Test(arguments: [
    ("yesterday 9pm", "2026-11-20T21:00"), ("yesterday at 9:15 a.m.", "2026-11-20T09:15"),
    ("Yesterday, 9 PM", "2026-11-20T21:00"), ("9pm yesterday", "2026-11-20T21:00"),
    ("12am", "2026-11-21T00:00"), ("12 pm", "2026-11-21T12:00"), ("noon", "2026-11-21T12:00"),
    ("07:30", "2026-11-21T07:30"), ("tomorrow", "2026-11-22"),
    ("friday", "2026-11-20"), ("last friday", "2026-11-20"), ("fri 18:00", "2026-11-20T18:00"),
    ("saturday", "2026-11-21"), ("last saturday", "2026-11-14"), ("next saturday", "2026-11-28"),
    ("on monday", "2026-11-16"), ("next monday", "2026-11-23"), ("Thurs", "2026-11-19"),
    ("3 days ago", "2026-11-18"), ("a week ago", "2026-11-14"), ("2 weeks ago", "2026-11-07"),
    ("one month ago", "2026-10-21"),
    ("in 3 days", "2026-11-24"), ("9 months ago", "2026-02-21"), ("1 year ago", "2025-11-21"),
    ("an hour ago", "2026-11-21T14:42"), ("20 minutes ago", "2026-11-21T15:22"),
    ("16 hours ago", "2026-11-20T23:42"), ("0 days ago", "2026-11-21"),
    ("now", "2026-11-21T15:42"), ("two days ago", "2026-11-19"), ("in two weeks", "2026-12-05"),
    ("twelve minutes ago", "2026-11-21T15:30"), ("2 days ago at 9pm", "2026-11-19T21:00"),
    ("this morning", "2026-11-21T06:00"), ("this afternoon", "2026-11-21T13:00"),
    ("yesterday evening", "2026-11-20T18:00"), ("last night", "2026-11-20T21:00"),
    ("friday night", "2026-11-20T21:00"), ("tomorrow morning", "2026-11-22T06:00"),
    ("nov 3", "2026-11-03"), ("3 nov", "2026-11-03"), ("november 3rd", "2026-11-03"),
    ("3rd of November", "2026-11-03"), ("3. november 2024", "2024-11-03"),
    ("nov 3, 2024 at 7pm", "2024-11-03T19:00"), ("dec 24", "2025-12-24"), ("nov 21", "2026-11-21"),
    ("nov 22", "2025-11-22"), ("feb 29", "2024-02-29"), ("sept 1", "2026-09-01"),
    ("21.11.2026", "2026-11-21"), ("21/11/2026", "2026-11-21"), ("11/21/2026", "2026-11-21"),
    ("4/4/2026", "2026-04-04"), ("2024/02/29 23:10", "2024-02-29T23:10"),
    ("2026-1-5", "2026-01-05"), ("weds", "2026-11-18"), ("just now", "2026-11-21T15:42"),
    ("half an hour ago", "2026-11-21T15:12"), ("the day before yesterday", "2026-11-19"),
    ("day after tomorrow at 9am", "2026-11-23T09:00"), ("24.12.", "2025-12-24"),
    ("3.11. 21:30", "2026-11-03T21:30"), ("29.2.", "2024-02-29"), ("24.12.24", "2024-12-24"),
    ("21/11/24", "2024-11-21"), ("29.2.72", "1972-02-29"), ("1.1.36", "2036-01-01"),
    ("21/11", "2026-11-21"), ("11/22", "2025-11-22"), ("4/4", "2026-04-04"),
    ("25/12 9pm", "2025-12-25T21:00"), ("29/2", "2024-02-29"),
  ])
  func `words say a day, a time, or both`(text: String, date: String) throws {
    #expect(try Self.date(text) == date)
  }

  /// It is 15:42.
  @Test(arguments: [
    ("15:41", "2026-11-21T15:41"), ("15:42", "2026-11-21T15:42"), ("15:43", "2026-11-20T15:43"),
    ("9pm", "2026-11-20T21:00"), ("today 9pm", "2026-11-21T21:00"),
    ("tonight", "2026-11-21T15:42"), ("this evening", "2026-11-21T15:42"),
    ("saturday 9pm", "2026-11-14T21:00"), ("saturday evening", "2026-11-14T18:00"),
    ("sat 15:00", "2026-11-21T15:00"), ("this saturday 9pm", "2026-11-21T21:00"),
    ("this evening at 7pm", "2026-11-21T19:00"), ("last night at 23:30", "2026-11-20T23:30"),
  ])
  func `a time that has not come yet is not meant`(text: String, date: String) throws {
    #expect(try Self.date(text) == date)
  }

  @Test(arguments: [
    ("yesterday", "2026-11-20 2026-11-20"), ("2026-11-05", "2026-11-05 2026-11-05"),
    ("this week", "2026-11-16 2026-11-22"), ("last week", "2026-11-09 2026-11-15"),
    ("2026-W47", "2026-11-16 2026-11-22"), ("2026-w01", "2025-12-29 2026-01-04"),
    ("2020-W53", "2020-12-28 2021-01-03"),
    ("this month", "2026-11-01 2026-11-30"), ("last month", "2026-10-01 2026-10-31"),
    ("2024-02", "2024-02-01 2024-02-29"), ("february", "2026-02-01 2026-02-28"),
    ("november", "2026-11-01 2026-11-30"), ("december", "2025-12-01 2025-12-31"),
    ("march 2025", "2025-03-01 2025-03-31"), ("last november", "2025-11-01 2025-11-30"),
    ("2026", "2026-01-01 2026-12-31"), ("2024", "2024-01-01 2024-12-31"),
    ("last year", "2025-01-01 2025-12-31"), ("next month", "2026-12-01 2026-12-31"),
  ])
  func `a week, a month or a year is all of its days`(text: String, days: String) throws {
    #expect(try Self.range(text) == days)
  }

  @Test(arguments: [
    ("friday", "2026-11-27"), ("next friday", "2026-11-27"), ("this friday", "2026-11-27"),
    ("saturday", "2026-11-28"), ("this saturday", "2026-11-21"), ("last friday", "2026-11-20"),
    ("friday 18:00", "2026-11-27T18:00"), ("tomorrow", "2026-11-22"), ("today", "2026-11-21"),
    ("in 3 days", "2026-11-24"), ("in a week", "2026-11-28"), ("in 2 months", "2027-01-21"),
    ("in an hour", "2026-11-21T16:42"), ("nov 30", "2026-11-30"), ("nov 21", "2026-11-21"),
    ("nov 3", "2027-11-03"), ("feb 29", "2028-02-29"), ("next week", "2026-11-29"),
    ("december", "2026-12-31"), ("october", "2027-10-31"), ("2026-12-24", "2026-12-24"),
    ("yesterday", "2026-11-20"), ("9am", "2026-11-22T09:00"), ("9pm", "2026-11-21T21:00"),
    ("tonight", "2026-11-21T21:00"), ("tomorrow evening", "2026-11-22T18:00"),
    ("saturday 9pm", "2026-11-21T21:00"), ("saturday evening", "2026-11-21T18:00"),
    ("saturday 15:42", "2026-11-28T15:42"), ("saturday 9am", "2026-11-28T09:00"),
    ("next saturday 9pm", "2026-11-28T21:00"), ("sunday 9am", "2026-11-22T09:00"),
    ("25/12", "2026-12-25"), ("20/11", "2027-11-20"),
  ])
  func `words of a plan look ahead`(text: String, date: String) throws {
    let due = try JournalDate.typed(
      text, now: Self.now, zones: Self.berlin, looking: .ahead
    ).rfc9557
    #expect(
      due.replacing("[Europe/Berlin]", with: "").replacing(":00+01:00", with: "") == date)
  }

  @Test func `what can be two days is told`() {
    let error = #expect(throws: TypedDateError.self) { try Self.date("3/4/2026") }
    #expect(error?.description == "“3/4/2026” can be 2026-04-03 or 2026-03-04: write which.")
  }

  @Test func `a day and a month alone can be two days, too`() {
    let error = #expect(throws: TypedDateError.self) { try Self.date("11/3") }
    #expect(error?.description == "“11/3” can be 2026-03-11 or 2026-11-03: write which.")
    let range = #expect(throws: TypedDateError.self) { try Self.range("12/1") }
    #expect(range?.description == "“12/1” can be 2026-01-12 or 2025-12-01: write which.")
    let evening = #expect(throws: TypedDateError.self) { try Self.date("11/3 9pm") }
    #expect(evening?.description == "“11/3 9pm” can be 2026-03-11 or 2026-11-03: write which.")
  }

  @Test(arguments: ["9/10 would recommend", "1/2 cup", "30/2 cups"])
  func `a fraction before other words is no date`(text: String) {
    #expect(throws: TypedDateError.notUnderstood(text)) { try Self.date(text) }
  }

  @Test(arguments: [
    ("feb 30", TypedDateError.noSuchDay("feb 30")), ("feb 29 2025", .noSuchDay("feb 29 2025")),
    ("31 april", .noSuchDay("31 april")), ("2026-W54", .noSuchDay("2026-W54")),
    ("2025-W53", .noSuchDay("2025-W53")), ("1944-13", .noSuchDay("1944-13")),
    ("13pm", .noSuchTime("13pm")), ("0am", .noSuchTime("0am")), ("25:00", .noSuchTime("25:00")),
    ("yesterday 24:00", .noSuchTime("yesterday 24:00")),
    ("5000 years ago", .outOfReach("5000 years ago")), ("0999", .yearOutOfRange(999)),
    ("9999999 hours ago", .outOfReach("9999999 hours ago")),
    ("in 99999999 hours", .outOfReach("in 99999999 hours")),
    ("9999999999 minutes ago", .outOfReach("9999999999 minutes ago")),
    ("ju. 3", .notUnderstood("ju. 3")), ("j. 3", .notUnderstood("j. 3")),
    ("sometime", .notUnderstood("sometime")), ("last", .notUnderstood("last")),
    ("9", .notUnderstood("9")), ("ago", .notUnderstood("ago")),
    ("-3 days ago", .notUnderstood("-3 days ago")),
    ("3 moons ago", .notUnderstood("3 moons ago")),
    ("in 9000 years", .outOfReach("in 9000 years")),
    ("in spring soon", .notUnderstood("in spring soon")),
    ("9pm 9pm", .notUnderstood("9pm 9pm")), ("evening", .notUnderstood("evening")),
    ("next morning", .notUnderstood("next morning")),
    ("9pm tonight", .notUnderstood("9pm tonight")),
    ("last week morning", .notUnderstood("last week morning")),
    ("friday monday", .notUnderstood("friday monday")), ("week", .notUnderstood("week")),
    ("last nov 3", .notUnderstood("last nov 3")), ("2026 9pm", .notUnderstood("2026 9pm")),
    ("last week", .notUnderstood("last week")), ("5/6/", .notUnderstood("5/6/")),
    ("31/2", .noSuchDay("31/2")), ("13/20", .noSuchDay("13/20")), ("5-6", .notUnderstood("5-6")),
    ("31.2.", .noSuchDay("31.2.")), ("5.6", .notUnderstood("5.6")),
    ("5/6.", .notUnderstood("5/6.")), ("the day before", .notUnderstood("the day before")),
    ("99999999999999999999 days ago", .notUnderstood("99999999999999999999 days ago")),
  ])
  func `what is no date of an entry is refused with one sentence`(
    text: String, error: TypedDateError
  ) {
    #expect(throws: error) { try Self.date(text) }
    #expect(error.description.hasSuffix("."))
  }

  @Test(arguments: ["yesterday 9pm", "2 hours ago", "noon", "2026-11-21 08:15"])
  func `a range has no time of day`(text: String) {
    #expect(throws: TypedDateError.notUnderstood(text)) { try Self.range(text) }
  }
}
