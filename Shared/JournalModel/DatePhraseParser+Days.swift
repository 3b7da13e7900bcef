// Days, weeks, months, years.
extension DatePhraseParser {
  mutating func days() throws(TypedDateError) -> ClosedRange<CivilDay>? {
    if let day = try distantDay() { return day }
    _ = take("on")
    if take("tonight") {
      words = ["night"] + words
      return today...today
    }
    let names = [
      ("today", 0), ("yesterday", -1), ("tomorrow", 1), ("day before yesterday", -2),
      ("the day before yesterday", -2), ("day after tomorrow", 2), ("the day after tomorrow", 2),
    ]
    for (name, offset) in names where take(all: name) {
      let day = today.adding(days: offset)
      return day...day
    }
    let direction = take(oneOf: ["this", "last", "next"])
    if direction != "next", direction != nil, let part = words.first,
      Self.hoursByPartOfDay[part] != nil
    {
      let day = today.adding(days: direction == "last" ? -1 : 0)
      return day...day
    }
    if let unit = take(oneOf: ["week", "month", "year"]) {
      guard let direction else { throw .notUnderstood(text) }
      return period(unit, direction == "this" ? 0 : direction == "last" ? -1 : 1)
    }
    if let weekday = weekday() {
      isBareWeekday = direction == nil
      return self.weekday(weekday, direction)
    }
    if direction != nil, words.first.flatMap(Self.month) == nil { throw .notUnderstood(text) }
    if let range = try dayOfMonth(direction) { return range }
    return direction == nil ? try numbers() : nil
  }

  private func period(_ unit: String, _ offset: Int) -> ClosedRange<CivilDay> {
    switch unit {
    case "week":
      // Weeks begin on Monday, as in ISO 8601.
      let monday = today.monday.adding(days: 7 * offset)
      return monday...monday.adding(days: 6)
    case "month": return today.adding(months: offset).wholeMonth
    default: return today.adding(months: 12 * offset).wholeYear
    }
  }

  private mutating func weekday() -> Int? {
    guard let word = words.first, word.count >= 3,
      let index = Self.weekdays.firstIndex(where: { $0.hasPrefix(word == "weds" ? "wed" : word) })
    else { return nil }
    words.removeFirst()
    return index
  }

  private func weekday(_ weekday: Int, _ direction: String?) -> ClosedRange<CivilDay> {
    let back = (today.weekday - weekday + 7) % 7
    let day =
      switch (direction, outlook) {
      case ("last", _): today.adding(days: -(back == 0 ? 7 : back))
      case ("next", _), (nil, .ahead): today.adding(days: back == 0 ? 7 : 7 - back)
      case (_, .ahead): today.adding(days: back == 0 ? 0 : 7 - back)
      default: today.adding(days: -back)
      }
    return day...day
  }

  /// `nov 3`, `3 nov 2024`, `3rd of november`, `november`, `march 2025`.
  private mutating func dayOfMonth(_ direction: String?) throws(TypedDateError)
    -> ClosedRange<CivilDay>?
  {
    let start = words
    var number = ordinal()
    _ = number == nil ? false : take("of")
    guard let month = words.first.flatMap(Self.month) else {
      words = start
      return nil
    }
    words.removeFirst()
    if number == nil { number = ordinal() }
    let year = try year()
    guard let number else {
      return try wholeMonth(month, year: year, direction)
    }
    guard direction == nil else { throw .notUnderstood(text) }
    return try day(year, month, number)
  }

  /// Of the days of that name the last there was, or the next there is.
  private func nearest(_ month: Int, _ number: Int) throws(TypedDateError) -> ClosedRange<CivilDay>
  {
    // Not every year has a 29th of February: eight years are enough, also around 1900 and 2100.
    for years in 0...8 {
      let year = today.year + (outlook == .back ? -years : years)
      guard let day = CivilDay(year: year, month: month, day: number) else { continue }
      if outlook == .back ? day <= today : day >= today { return day...day }
    }
    throw .noSuchDay(text)
  }

  private func wholeMonth(
    _ month: Int, year: Int?, _ direction: String?
  ) throws(TypedDateError) -> ClosedRange<CivilDay> {
    if year != nil, direction != nil { throw .notUnderstood(text) }
    let isOver = month < today.month
    let isPresent = month == today.month
    let guess =
      switch direction {
      case "last": isOver ? today.year : today.year - 1
      case "next": isOver || isPresent ? today.year + 1 : today.year
      case "this": today.year
      default:
        switch outlook {
        case .back: isOver || isPresent ? today.year : today.year - 1
        case .ahead: isOver ? today.year + 1 : today.year
        }
      }
    return try day(inYear: year ?? guess, month, 1).lowerBound.wholeMonth
  }

  /// `2026-11-21`, `2026-11`, `2026`, `2026-W47`; with slashes too where they can only mean one day,
  /// with a year or without: `21/11/2026`, `21/11`.
  private mutating func numbers() throws(TypedDateError) -> ClosedRange<CivilDay>? {
    guard let word = words.first, word.first?.isNumber == true else { return nil }
    let parts = word.split(omittingEmptySubsequences: false) { "-/.".contains($0) }.map(String.init)
    let numbers = parts.compactMap(Int.init)
    words.removeFirst()
    if parts.count == 2, parts[1].hasPrefix("w"), let year = Int(parts[0]),
      let week = Int(parts[1].dropFirst())
    {
      return try isoWeek(year, week)
    }
    // `24.12.`, as German has it.
    if parts.count == 3, parts[2].isEmpty, numbers.count == 2,
      !word.contains(where: { "-/".contains($0) })
    {
      return try nearest(numbers[1], numbers[0])
    }
    guard numbers.count == parts.count else { throw .notUnderstood(text) }
    switch (numbers.count, parts[0].count) {
    case (1, 4): return try day(inYear: numbers[0], 1, 1).lowerBound.wholeYear
    case (2, 4): return try day(inYear: numbers[0], numbers[1], 1).lowerBound.wholeMonth
    case (3, 4): return try day(inYear: numbers[0], numbers[1], numbers[2])
    case (3, 1...2) where parts[2].count == 4:
      return try turned(numbers[0], numbers[1], year: numbers[2], dots: word.contains("."))
    // Between dashes the year could also stand first.
    case (3, 1...2) where parts[2].count == 2 && !word.contains("-"):
      return try turned(
        numbers[0], numbers[1], year: century(of: numbers[2]), dots: word.contains("."))
    case (2, 1...2) where parts[1].count <= 2 && word.contains("/"):
      do throws(TypedDateError) {
        return try turned(numbers[0], numbers[1], year: nil, dots: false)
      } catch {
        mistake = error
        return today...today
      }
    default: throw .notUnderstood(text)
    }
  }

  /// `21.11.2026` is the 21st; `21/11/2026` too, for there is no 21st month; `3/4/2026` is anybody's
  /// guess, and `3/4` too.
  ///
  /// - Parameter year: `nil` for the last there was, or the next there is.
  private func turned(
    _ first: Int, _ second: Int, year: Int?, dots: Bool
  ) throws(TypedDateError) -> ClosedRange<CivilDay> {
    if dots || first > 12 || first == second { return try day(year, second, first) }
    if second > 12 { return try day(year, first, second) }
    throw .ambiguous(
      text, try day(year, second, first).lowerBound, try day(year, first, second).lowerBound)
  }

  private func day(
    _ year: Int?, _ month: Int, _ number: Int
  ) throws(TypedDateError) -> ClosedRange<CivilDay> {
    guard let year else { return try nearest(month, number) }
    return try day(inYear: year, month, number)
  }

  /// Of a year of two digits: this one or the last, and not years ahead.
  private func century(of year: Int) -> Int {
    let thisCentury = today.year - today.year % 100 + year
    return thisCentury <= today.year + 10 ? thisCentury : thisCentury - 100
  }

  private func isoWeek(_ year: Int, _ week: Int) throws(TypedDateError) -> ClosedRange<CivilDay> {
    guard CivilDay.years.contains(year) else { throw .yearOutOfRange(year) }
    guard let monday = CivilDay.monday(ofWeek: week, in: year) else { throw .noSuchDay(text) }
    return monday...monday.adding(days: 6)
  }

  private func day(
    inYear year: Int, _ month: Int, _ number: Int
  ) throws(TypedDateError) -> ClosedRange<CivilDay> {
    guard CivilDay.years.contains(year) else { throw .yearOutOfRange(year) }
    guard let day = CivilDay(year: year, month: month, day: number) else { throw .noSuchDay(text) }
    return day...day
  }

  /// `3`, `3.`, `3rd`.
  private mutating func ordinal() -> Int? {
    guard let word = words.first else { return nil }
    var reader = DateReader(word)
    guard let number = reader.number(digits: 1...2),
      ["", ".", "st", "nd", "rd", "th"].contains(reader.rest)
    else { return nil }
    words.removeFirst()
    return number
  }

  private mutating func year() throws(TypedDateError) -> Int? {
    guard let word = words.first, word.count == 4, word.allSatisfy(\.isASCII), let year = Int(word)
    else { return nil }
    words.removeFirst()
    return year
  }

  private static let weekdays = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// 1 to 12, by three letters or more.
  private static func month(_ word: String) -> Int? {
    let word = word.hasSuffix(".") ? String(word.dropLast()) : word
    guard word.count >= 3 else { return nil }
    return months.firstIndex { $0.hasPrefix(word == "sept" ? "sep" : word) }.map { $0 + 1 }
  }
}
