internal import JournalModel

/// A whole month or a whole year.
struct CalendarSpan: Hashable {
  let days: ClosedRange<CivilDay>

  init(monthOf day: CivilDay) {
    days = Self.month(of: day)
  }

  private static func month(of day: CivilDay) -> ClosedRange<CivilDay> {
    let first = day.adding(days: 1 - day.day)
    return first...first.adding(days: CivilDay.days(inMonth: day.month, of: day.year) - 1)
  }

  /// The month or the year that the days are, or the month that one day lies in; else `nil`.
  init?(_ days: ClosedRange<CivilDay>) {
    let (first, last) = (days.lowerBound, days.upperBound)
    guard first.year == last.year else { return nil }
    let month = Self.month(of: first)
    if first == last || days == month {
      self.days = month
    } else if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) {
      self.days = days
    } else {
      return nil
    }
  }

  var isYear: Bool { days.lowerBound.month != days.upperBound.month }

  var allDays: [CivilDay] {
    (days.lowerBound.daysSinceEpoch...days.upperBound.daysSinceEpoch)
      .map(CivilDay.init(clampingDaysSinceEpoch:))
  }
}
