internal import JournalModel

/// What all dates of a source show together of those that could be read in more than one way: the
/// order of day and month, and where a year of two digits stands.
struct NoteDateOrder {
  /// A diary knows nothing of later days.
  private let tomorrow: CivilDay
  private var days: JrnlDate.Order?
  private var yearCanStandFirst = true
  private var yearCanStandLast = true

  /// - Parameter dates: as far as something shows it, or all.
  init(_ dates: some Sequence<NoteDate>, _ settings: ImportSettings) {
    tomorrow = JournalDate(unixMilliseconds: settings.now, in: settings.zones).day.adding(days: 1)
    for date in dates { see(date) }
  }

  mutating func see(_ date: NoteDate) {
    days = days ?? date.order
    switch date.day {
    case .known where date.shortYear == .first: yearCanStandLast = false
    case .known where date.shortYear == .last: yearCanStandFirst = false
    case .shortYear(let first, let last):
      if first > tomorrow { yearCanStandFirst = false }
      if last > tomorrow { yearCanStandLast = false }
    default: break
    }
  }

  /// `nil` if there is no such day. What had to be assumed is noted.
  func day(_ date: NoteDate, _ place: SourcePlace, _ report: inout ImportReport) -> CivilDay? {
    if date.isAmbiguous && days == nil { report.note(.dateOrderAssumed, place) }
    if case .shortYear = date.day, yearCanStandFirst == yearCanStandLast {
      report.note(.shortYearAssumed, place)
    }
    return day(date)
  }

  func day(_ date: NoteDate) -> CivilDay? {
    if case .shortYear(_, let last) = date.day, yearCanStandLast, !yearCanStandFirst { return last }
    return date.civilDay(days ?? .monthFirst)
  }
}
