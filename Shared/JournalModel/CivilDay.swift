/// A day of the Gregorian calendar as written, in no time zone: years 1000 to 9999.
///
/// Printed as `YYYY-MM-DD`.
package struct CivilDay: Hashable, Sendable {
  package let year: Int
  package let month: Int
  package let day: Int

  /// `nil` for a day that does not exist.
  package init?(year: Int, month: Int, day: Int) {
    guard Self.years.contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  package static let years = 1000...9999

  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }
}

extension CivilDay: Comparable {
  package static func < (left: CivilDay, right: CivilDay) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CivilDay {
  /// Days since 1970-01-01.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  package var daysSinceEpoch: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day so many days after 1970-01-01; beyond the years 1000 to 9999, their first or last.
  ///
  /// Source: as above, `civil_from_days`.
  package init(clampingDaysSinceEpoch days: Int) {
    let shifted = min(max(days, Self.first), Self.last) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// 1000-01-01 and 9999-12-31.
  private static let first = -354_285
  private static let last = 2_932_896

  /// The day so many days later, or earlier; stops at the first and the last.
  package func adding(days: Int) -> CivilDay {
    CivilDay(clampingDaysSinceEpoch: daysSinceEpoch + min(max(days, -4_000_000), 4_000_000))
  }

  /// 0 is Sunday.
  package var weekday: Int { (place(among: 7) + 4) % 7 }
}

// What comes again and again.
extension CivilDay {
  /// 0 is Monday, with which weeks begin.
  package var placeInWeek: Int { (weekday + 6) % 7 }

  /// The Monday of its week.
  package var monday: CivilDay { adding(days: -placeInWeek) }

  /// The place in a list that is walked through, one a day, again and again.
  ///
  /// - Parameter count: at least 1.
  package func place(among count: Int) -> Int {
    let place = daysSinceEpoch % count
    return place < 0 ? place + count : place
  }

  /// The Monday of a week as ISO 8601 counts them: week 1 holds January 4th. `nil` where the year has
  /// no such week.
  package static func monday(ofWeek week: Int, in year: Int) -> CivilDay? {
    guard (1...53).contains(week), let fourth = CivilDay(year: year, month: 1, day: 4) else {
      return nil
    }
    let monday = fourth.monday.adding(days: 7 * (week - 1))
    return monday.adding(days: 3).year == year ? monday : nil
  }
}

extension CivilDay: CustomStringConvertible {
  package var description: String { DateWriter.text(capacity: 10) { $0.append(self) } }

  /// Reads exactly `YYYY-MM-DD`; `nil` for anything else and for days that do not exist.
  package init?(_ text: String) {
    var reader = DateReader(text)
    guard let day = reader.day(), reader.isAtEnd else { return nil }
    self.init(year: day.year, month: day.month, day: day.day)
  }
}
