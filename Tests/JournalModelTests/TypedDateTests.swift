import JournalModel
import Testing

@Suite struct TypedDateTests {
  /// 2026-11-21T00:30:00+01:00, when UTC still has the day before.
  private static let now: Int64 = 1_795_217_400_000

  private static func rules(_ zone: String) -> ZoneRules {
    ZoneRules(timeZoneVariable: zone, systemZone: { nil }, bytesOfZone: TZif.zone)
  }

  private static func typed(_ text: String, _ zone: String = "Europe/Berlin") throws -> String {
    try JournalDate.typed(text, now: now, zones: rules(zone)).rfc9557
  }

  @Test(arguments: [
    ("2026-11-21", "2026-11-21[Europe/Berlin]"),
    (" 2026-11-21\n", "2026-11-21[Europe/Berlin]"),
    ("2026-11-21 08:15", "2026-11-21T08:15:00+01:00[Europe/Berlin]"),
    ("2026-11-21 8:15", "2026-11-21T08:15:00+01:00[Europe/Berlin]"),
    ("2026-11-21  08:15:07", "2026-11-21T08:15:07+01:00[Europe/Berlin]"),
    ("2026-11-21T08:15", "2026-11-21T08:15:00+01:00[Europe/Berlin]"),
    ("2026-06-21 08:15", "2026-06-21T08:15:00+02:00[Europe/Berlin]"),
    ("today", "2026-11-21[Europe/Berlin]"),
    ("Today 23:59", "2026-11-21T23:59:00+01:00[Europe/Berlin]"),
    ("yesterday", "2026-11-20[Europe/Berlin]"),
    ("YESTERDAY 21:30", "2026-11-20T21:30:00+01:00[Europe/Berlin]"),
    ("2026-11-21T08:15:00+01:00", "2026-11-21T08:15:00+01:00[Europe/Berlin]"),
    ("2026-11-21t08:15:00.123456+01:00", "2026-11-21T08:15:00+01:00[Europe/Berlin]"),
    ("2026-11-21 08:15:00+01:00", "2026-11-21T08:15:00+01:00[Europe/Berlin]"),
    ("2026-11-21T08:15+05:45", "2026-11-21T08:15:00+05:45[+05:45]"),
    ("2026-11-21T08:15-00:00", "2026-11-21T08:15:00+00:00[+00:00]"),
    ("2026-11-21T08:15:00Z", "2026-11-21T08:15:00+00:00[UTC]"),
    ("2026-11-21T08:15z", "2026-11-21T08:15:00+00:00[UTC]"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00[UTC]"),
    ("2026-11-21T08:15:00-05:00[America/New_York]", "2026-11-21T08:15:00-05:00[America/New_York]"),
    ("2026-11-21[America/New_York]", "2026-11-21[America/New_York]"),
    ("1000-01-01", "1000-01-01[Europe/Berlin]"),
    ("9999-12-31 23:59", "9999-12-31T23:59:00+01:00[Europe/Berlin]"),
    // Skipped: moves forward. Twice: the earlier.
    ("2026-03-29 01:59", "2026-03-29T01:59:00+01:00[Europe/Berlin]"),
    ("2026-03-29 02:00", "2026-03-29T03:00:00+02:00[Europe/Berlin]"),
    ("2026-03-29 02:30", "2026-03-29T03:30:00+02:00[Europe/Berlin]"),
    ("2026-03-29 03:00", "2026-03-29T03:00:00+02:00[Europe/Berlin]"),
    ("2026-10-25 01:59", "2026-10-25T01:59:00+02:00[Europe/Berlin]"),
    ("2026-10-25 02:00", "2026-10-25T02:00:00+02:00[Europe/Berlin]"),
    ("2026-10-25 02:59", "2026-10-25T02:59:00+02:00[Europe/Berlin]"),
    ("2026-10-25 03:00", "2026-10-25T03:00:00+01:00[Europe/Berlin]"),
    // Either of both is said by its offset.
    ("2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00[Europe/Berlin]"),
  ])
  func `a typed date is read`(text: String, date: String) throws {
    #expect(try Self.typed(text) == date)
  }

  @Test(arguments: [
    ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04T02:45:00+11:00[Australia/Lord_Howe]"),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-05T01:45:00+11:00[Australia/Lord_Howe]"),
    ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31T12:00:00+14:00[Pacific/Apia]"),
    ("America/Sao_Paulo", "2018-11-04 00:15", "2018-11-04T01:15:00-02:00[America/Sao_Paulo]"),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-06-21 08:15", "2026-06-21T08:15:00+02:00[+02:00]"),
    ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-11-21", "2026-11-21[+01:00]"),
    ("UTC", "today", "2026-11-20[UTC]"),
  ])
  func `each zone has its own clocks`(zone: String, text: String, date: String) throws {
    #expect(try Self.typed(text, zone) == date)
  }

  @Test(arguments: [
    ("", TypedDateError.notUnderstood("")),
    ("todayish", .notUnderstood("todayish")),
    ("2026-11-21 x", .notUnderstood("2026-11-21 x")),
    ("2023-02-30", .noSuchDay("2023-02-30")),
    ("2023-02-29 10:00", .noSuchDay("2023-02-29 10:00")),
    ("2023-13-01", .noSuchDay("2023-13-01")),
    ("2026-11-21 24:01", .noSuchTime("2026-11-21 24:01")),
    ("2026-11-21 24:00", .noSuchTime("2026-11-21 24:00")),
    ("2026-11-21 23:60", .noSuchTime("2026-11-21 23:60")),
    ("today 12:30:61", .noSuchTime("today 12:30:61")),
    ("2026-11-21 12:30:60", .noSuchTime("2026-11-21 12:30:60")),
    ("2026-11-21T08:15:00+25:00", .noSuchOffset("2026-11-21T08:15:00+25:00")),
    ("2026-11-21T08:15:00+1", .noSuchOffset("2026-11-21T08:15:00+1")),
    ("0999-12-31", .yearOutOfRange(999)),
    ("0000-00-00", .yearOutOfRange(0)),
    ("10000-01-01", .notUnderstood("10000-01-01")),
    ("2026-11-21T", .notUnderstood("2026-11-21T")),
    ("2026-11-21T08", .notUnderstood("2026-11-21T08")),
    ("2026-11-21T08:15:00+01:00x", .notUnderstood("2026-11-21T08:15:00+01:00x")),
    ("2026-11-21T08:15:00Zx", .notUnderstood("2026-11-21T08:15:00Zx")),
    ("2026-11-21T08:15:00-05:00[No/Where]", .unknownZone("No/Where")),
    (
      "2026-11-21T08:15:00+01:00[America/New_York]",
      .offsetNotOfZone(offset: "+01:00", zone: "America/New_York")
    ),
    ("2026-11-21T08:15:00+01:00[../etc]", .notUnderstood("2026-11-21T08:15:00+01:00[../etc]")),
  ])
  func `what is no date is refused with one sentence`(text: String, error: TypedDateError) throws {
    #expect(throws: error) { try Self.typed(text) }
    #expect(error.description.hasSuffix("."))
  }
}
