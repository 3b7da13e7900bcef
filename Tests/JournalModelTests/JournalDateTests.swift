import JournalModel
import Testing

@Suite struct JournalDateTests {
  private let zones = ZoneRules(
    timeZoneVariable: "Europe/Berlin", systemZone: { nil }, bytesOfZone: TZif.zone)

  @Test(arguments: [
    "2026-11-21T08:15:00+01:00[Europe/Berlin]", "2026-11-21[Europe/Berlin]",
    "1000-01-01T00:00:00+00:00[UTC]", "9999-12-31T23:59:59-12:00[Etc/GMT+12]",
    "2026-11-21T08:15:00+05:45[+05:45]", "2026-11-21T08:15:00-00:25[-00:25]",
    "2026-11-21[America/Argentina/ComodRivadavia]",
  ])
  func `a register's date is read and written the same`(text: String) throws {
    #expect(try #require(JournalDate(rfc9557: text)).rfc9557 == text)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T08:15:00+01:00", "2026-11-21T08:15+01:00[Europe/Berlin]",
    "2026-11-21T08:15:00Z[UTC]", "2026-11-21t08:15:00+01:00[Europe/Berlin]",
    "2026-11-21 08:15:00+01:00[Europe/Berlin]", "2026-11-21T08:15:00.5+01:00[Europe/Berlin]",
    "2026-11-21T24:00:00+01:00[Europe/Berlin]", "2026-11-21T08:15:60+01:00[Europe/Berlin]",
    "2026-02-30[Europe/Berlin]", "2026-11-21[]", "2026-11-21[../../etc/passwd]",
    "2026-11-21[Europe/../../x]", "2026-11-21[/etc/localtime]", "2026-11-21[a//b]",
    "2026-11-21[Europe/Berlin", "2026-11-21[Europe/Berlin]x", "2026-11-21[Europe/Berlin][x]",
    "2026-11-21[!Europe/Berlin]", "2026-11-21T08:15:00-00:00[UTC]",
    "2026-11-21T08:15:00+24:00[UTC]", "2026-11-21[\u{0}]", "2026-11-21[é]",
  ])
  func `what another version may have written is not read as a date`(text: String) {
    #expect(JournalDate(rfc9557: text) == nil)
  }

  @Test func `JSON has the date without its zone`() throws {
    let date = try #require(JournalDate(rfc9557: "2026-11-21T08:15:00+01:00[Europe/Berlin]"))
    #expect(date.rfc3339 == "2026-11-21T08:15:00+01:00")
    #expect(date.timeZone == "Europe/Berlin" && !date.isAllDay)
    let day = try #require(JournalDate(rfc9557: "2026-11-21[Europe/Berlin]"))
    #expect(day.rfc3339 == "2026-11-21" && day.isAllDay)
  }

  @Test(
    arguments: [
      ("2026-11-21T08:15:00+01:00[Europe/Berlin]", 1_795_245_300_000),
      ("2026-11-21[Europe/Berlin]", 1_795_215_600_000),
      ("2026-11-21[UTC]", 1_795_219_200_000),
      ("2026-11-21[+05:45]", 1_795_198_500_000),
      ("2026-11-21[Nowhere/Known]", 1_795_219_200_000),
      // Midnight is skipped: the day starts at 01:00 -02:00.
      ("2018-11-04[America/Sao_Paulo]", 1_541_300_400_000),
      // The whole day is skipped: it is where the next one starts.
      ("2011-12-30[Pacific/Apia]", 1_325_239_200_000),
      ("2011-12-31[Pacific/Apia]", 1_325_239_200_000),
      ("1000-01-01[UTC]", -30_610_224_000_000),
    ] as [(String, Int64)])
  func `a date has an instant, a whole day its start there`(text: String, instant: Int64) throws {
    #expect(try #require(JournalDate(rfc9557: text)).instantMilliseconds(zones) == instant)
  }

  @Test(
    arguments: [
      (1_795_245_300_999, "2026-11-21T08:15:00+01:00[Europe/Berlin]"),
      (0, "1970-01-01T01:00:00+01:00[Europe/Berlin]"),
      (-1, "1970-01-01T00:59:59+01:00[Europe/Berlin]"),
      // Berlin's own time, 53 minutes and 28 seconds, in whole minutes.
      (-3_000_000_000_000, "1874-12-07T19:33:00+00:53[Europe/Berlin]"),
      (.min, "1000-01-01T00:00:00+00:53[Europe/Berlin]"),
      (.max, "9999-12-31T23:59:59+01:00[Europe/Berlin]"),
    ] as [(Int64, String)])
  func `an instant is written as the clocks there show it`(instant: Int64, text: String) {
    let date = JournalDate(unixMilliseconds: instant, in: zones)
    #expect(date.rfc9557 == text)
    #expect(JournalDate(rfc9557: date.rfc9557) == date)
  }

  @Test(
    arguments: [
      (1_795_245_300_250, "2026-11-21T07:15:00.250Z"), (0, "1970-01-01T00:00:00.000Z"),
      (-1, "1969-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func `instants are told in UTC`(instant: Int64, text: String) {
    #expect(JournalDate.utcText(unixMilliseconds: instant) == text)
  }

  @Test(arguments: [Int64.min, .max])
  func `instants out of reach trap nothing`(instant: Int64) {
    #expect(JournalDate.utcText(unixMilliseconds: instant).count == 24)
  }

  @Test func `records are ordered by instant, and filtered by the day as written`() throws {
    var log = RecordLog()
    log.write(1, at: 5, RegisterWrite(.date, .text("2026-11-21T23:30:00-05:00[America/New_York]")))
    let position = try #require(log.state).timelinePosition(zones)
    #expect(position.day == CivilDay("2026-11-21"))
    #expect(position.instantMilliseconds == 1_795_321_800_000)
  }

  @Test func `steps are ordered by when they were done, else due, else created`() throws {
    var log = RecordLog()
    log.kind = .step
    log.write(1, at: 5, RegisterWrite(.created, .integer(1_795_215_600_000)))
    #expect(try #require(log.state).timelinePosition(zones).day == CivilDay("2026-11-21"))
    log.write(1, at: 6, RegisterWrite(.due, .text("2026-12-01[Europe/Berlin]")))
    #expect(try #require(log.state).timelinePosition(zones).day == CivilDay("2026-12-01"))
    log.write(1, at: 7, RegisterWrite(.doneAt, .text("2026-11-30T10:00:00+01:00[Europe/Berlin]")))
    #expect(try #require(log.state).timelinePosition(zones).day == CivilDay("2026-11-30"))
  }
}
