/// A rule for every year, as POSIX writes it in `$TZ` and TZif files at their end:
/// `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: POSIX.1-2024, 8.3; RFC 9636, section 3.3.1 (hours from -167 to 167).
struct PosixZone: Sendable {
  let standardOffsetSeconds: Int
  private let summer: Summer?

  private struct Summer {
    let offsetSeconds: Int
    let start: YearlyTime
    let end: YearlyTime
  }

  /// One offset all year.
  init(offsetSeconds: Int) {
    standardOffsetSeconds = offsetSeconds
    summer = nil
  }

  /// `nil` for a text that is no rule.
  init?(_ text: String) {
    var reader = PosixZoneReader(text)
    guard reader.name(), let west = reader.clock(hoursMax: 24) else { return nil }
    standardOffsetSeconds = -west
    if reader.isAtEnd {
      summer = nil
      return
    }
    guard reader.name() else { return nil }
    var offset = standardOffsetSeconds + 3600
    if !reader.isAtEnd, reader.next != "," {
      guard let west = reader.clock(hoursMax: 24) else { return nil }
      offset = -west
    }
    if reader.isAtEnd { reader = PosixZoneReader(",M3.2.0,M11.1.0") }
    guard reader.take(","), let start = reader.yearlyTime(), reader.take(","),
      let end = reader.yearlyTime(), reader.isAtEnd
    else { return nil }
    summer = Summer(offsetSeconds: offset, start: start, end: end)
  }

  func offsetSeconds(atUnixSeconds seconds: Int) -> Int {
    guard let summer else { return standardOffsetSeconds }
    let day = (seconds + standardOffsetSeconds).flooredDivision(by: 86_400)
    let year = CivilDay(clampingDaysSinceEpoch: day).year
    let start = summer.start.localSeconds(in: year) - standardOffsetSeconds
    let end = summer.end.localSeconds(in: year) - summer.offsetSeconds
    // South of the equator the year begins and ends in summer.
    let isSummer =
      start < end ? start <= seconds && seconds < end : !(end <= seconds && seconds < start)
    return isSummer ? summer.offsetSeconds : standardOffsetSeconds
  }
}

/// A time that comes once a year.
private struct YearlyTime {
  let day: Day
  /// May be before or after that day.
  let second: Int

  enum Day {
    /// `Jn`: 1 to 365, February 29 is never counted.
    case julian(Int)
    /// `n`: 0 to 365, February 29 is counted.
    case zeroBased(Int)
    /// `Mm.w.d`: weekday `d` (0 is Sunday) of week `w` (5 is the last) of month `m`.
    case weekday(month: Int, week: Int, weekday: Int)
  }

  func localSeconds(in year: Int) -> Int {
    let newYear = daysSinceEpoch(year, 1)
    let days =
      switch day {
      case .zeroBased(let index):
        newYear + index
      case .julian(let index):
        newYear + index - 1 + (CivilDay.isLeap(year) && index >= 60 ? 1 : 0)
      case .weekday(let month, let week, let weekday):
        nth(week, weekday, daysSinceEpoch(year, month), CivilDay.days(inMonth: month, of: year))
      }
    return days * 86_400 + second
  }

  private func nth(_ week: Int, _ weekday: Int, _ firstOfMonth: Int, _ length: Int) -> Int {
    let firstWeekday = ((firstOfMonth + 4) % 7 + 7) % 7
    let first = (weekday - firstWeekday + 7) % 7
    let index = first + (week - 1) * 7
    return firstOfMonth + (index < length ? index : index - 7)
  }

  private func daysSinceEpoch(_ year: Int, _ month: Int) -> Int {
    CivilDay(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0
  }
}

private struct PosixZoneReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { position == bytes.count }

  var next: Unicode.Scalar? { position < bytes.count ? Unicode.Scalar(bytes[position]) : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == character else { return false }
    position += 1
    return true
  }

  /// `CET`, or `<+0330>`.
  mutating func name() -> Bool {
    let isQuoted = take("<")
    let start = position
    while let next, isQuoted ? next != ">" : next.isLetter { position += 1 }
    return isQuoted ? position > start && take(">") : position >= start + 3
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func clock(hoursMax: Int) -> Int? {
    let sign = take("-") ? -1 : 1
    if sign == 1 { _ = take("+") }
    guard let hours = number(), hours <= hoursMax else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where take(":") {
      guard let part = number(), part < 60 else { return nil }
      seconds += part * unit
    }
    return sign * seconds
  }

  mutating func yearlyTime() -> YearlyTime? {
    guard let day = yearlyDay() else { return nil }
    guard take("/") else { return YearlyTime(day: day, second: 2 * 3600) }
    return clock(hoursMax: 167).map { YearlyTime(day: day, second: $0) }
  }

  private mutating func yearlyDay() -> YearlyTime.Day? {
    if take("J") {
      return number().flatMap { (1...365).contains($0) ? .julian($0) : nil }
    }
    guard take("M") else {
      return number().flatMap { $0 <= 365 ? .zeroBased($0) : nil }
    }
    guard let month = number(), (1...12).contains(month), take("."),
      let week = number(), (1...5).contains(week), take("."),
      let weekday = number(), weekday <= 6
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }

  /// At most four digits.
  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while let next, ("0"..."9").contains(next), position < start + 4 {
      value = value * 10 + Int(next.value) - 0x30
      position += 1
    }
    return position > start ? value : nil
  }
}

extension Unicode.Scalar {
  fileprivate var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}
