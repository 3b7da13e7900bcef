internal import JournalModel

/// Dates as people read them, always as they were lived: the clock on the wall there and then.
enum DateText {
  /// `2026-11-21 08:15`, or the day alone.
  static func short(_ date: JournalDate) -> String {
    guard let time = date.time else { return date.day.description }
    return "\(date.day) " + clock(time)
  }

  /// The width of `short` with a time.
  static let shortWidth = 16

  static func clock(_ time: JournalDate.Time) -> String {
    String(time.description.prefix(5))
  }

  static func month(_ day: CivilDay) -> String { months[day.month - 1] }

  static func weekday(_ day: CivilDay) -> String { weekdays[day.weekday] }

  /// `Saturday, 21 November 2026`
  static func long(_ day: CivilDay) -> String {
    "\(weekday(day)), \(day.day) \(months[day.month - 1]) \(day.year)"
  }

  /// `Saturday, 21 November 2026, 08:15 (Europe/Berlin)`
  static func long(_ date: JournalDate) -> String {
    let zone = Visible.line(date.timeZone)
    guard let time = date.time else { return "\(long(date.day)) (\(zone))" }
    return "\(long(date.day)), \(clock(time)) (\(zone))"
  }

  /// An instant, as clocks here show it: `2026-11-21 08:15`.
  static func local(_ unixMilliseconds: Int64, _ zones: ZoneRules) -> String {
    short(JournalDate(unixMilliseconds: unixMilliseconds, in: zones))
  }

  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
