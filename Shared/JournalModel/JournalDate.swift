/// When something happened, as lived: the clock on the wall there, or just the day.
///
/// Written in RFC 9557 form: `2026-11-21T08:15:00+01:00[Europe/Berlin]`, or for a whole day
/// `2026-11-21[Europe/Berlin]`. Offsets are whole minutes, years 1000 to 9999.
package struct JournalDate: Hashable, Sendable {
  package let day: CivilDay
  /// `nil` for a whole day.
  package let time: Time?
  /// An IANA name, `UTC`, or an offset such as `+01:00` where no name is known.
  package let timeZone: String

  /// The clock's time, and its offset.
  package struct Time: Hashable, Sendable {
    /// 0 to 86,399.
    package let secondOfDay: Int
    /// Minutes east of UTC.
    package let offsetMinutes: Int

    package var hour: Int { secondOfDay / 3600 }
    package var minute: Int { secondOfDay / 60 % 60 }
    package var second: Int { secondOfDay % 60 }

    init(secondOfDay: Int, offsetMinutes: Int) {
      self.secondOfDay = secondOfDay
      self.offsetMinutes = offsetMinutes
    }
  }

  package var isAllDay: Bool { time == nil }

  /// The years 1000 to 9999 in UTC, in Unix milliseconds.
  package static let instants: ClosedRange<Int64> = -30_610_224_000_000...253_402_300_799_999

  init(day: CivilDay, time: Time?, timeZone: String) {
    self.day = day
    self.time = time
    self.timeZone = timeZone
  }

  /// A whole day.
  package init(day: CivilDay, timeZone: String) {
    self.init(day: day, time: nil, timeZone: timeZone)
  }

  /// An instant as the clocks of the local zone show it, cut to whole seconds.
  package init(unixMilliseconds: Int64, in zones: ZoneRules) {
    let seconds = Int(unixMilliseconds.flooredDivision(by: 1000))
    let local = zones.local
    let offset = local.offsetMinutes(atUnixSeconds: seconds)
    self.init(
      unixSeconds: seconds, offsetMinutes: offset,
      timeZone: local.name ?? ZoneName.offset(minutes: offset))
  }

  /// An instant as clocks with that offset show it; clamped to the years 1000 to 9999.
  init(unixSeconds: Int, offsetMinutes: Int, timeZone: String) {
    let first = CivilDay(clampingDaysSinceEpoch: .min).daysSinceEpoch * 86_400
    let last = CivilDay(clampingDaysSinceEpoch: .max).daysSinceEpoch * 86_400 + 86_399
    let bounded = min(max(unixSeconds, first - 90_000), last + 90_000)
    let local = min(max(bounded + offsetMinutes * 60, first), last)
    let day = local.flooredDivision(by: 86_400)
    self.init(
      day: CivilDay(clampingDaysSinceEpoch: day),
      time: Time(secondOfDay: local - day * 86_400, offsetMinutes: offsetMinutes),
      timeZone: timeZone)
  }
}

extension JournalDate {
  /// Unix milliseconds; of a whole day, its start there. A zone without rules counts as UTC.
  package func instantMilliseconds(_ zones: ZoneRules) -> Int64 {
    guard let time else {
      return Int64(zones.zone(timeZone).unixSeconds(ofLocal: day, secondOfDay: 0).seconds) * 1000
    }
    let local = day.daysSinceEpoch * 86_400 + time.secondOfDay
    return Int64(local - time.offsetMinutes * 60) * 1000
  }
}

extension FixedWidthInteger {
  /// Rounded down, also below zero.
  func flooredDivision(by divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
