internal import JournalModel

/// Reads a date from where it has come to in a text.
struct NoteDateReader {
  var text: NoteScanner

  init(_ text: String) { self.text = NoteScanner(text) }

  var position: Int { text.position }
  var isAtEnd: Bool { text.isAtEnd }

  /// Goes on to the next word in which a date could begin; false at the end.
  mutating func skipWord() -> Bool {
    while text.isInWord { text.position += 1 }
    while !text.isInWord, !isAtEnd { text.position += 1 }
    return !isAtEnd
  }

  /// What stands before `start` and behind what was read, without what separated them.
  func words(withoutTextFrom start: Int) -> String { text.words(withoutTextFrom: start) }

  /// The date that begins here; nothing is taken where there is none.
  mutating func date() -> NoteDate? {
    let start = text.position
    if weekday() != nil { text.skip(" ,._-") } else { text.position = start }
    let written = text.position
    guard var date = day(), !text.isAtDigit else {
      text.position = start
      return nil
    }
    if case .impossible = date.day {
      date.day = .impossible(text.text(written..<text.position))
      return date
    }
    takeOwnWeekday(date)
    if date.secondOfDay == nil { takeTime(&date) }
    return date
  }
}

// Days.
extension NoteDateReader {
  private mutating func day() -> NoteDate? {
    let digits = text.takeDigits()
    switch digits.count {
    case 0: return dayAfterMonthName()
    case 1, 2: return dayFirst(digits)
    case 4: return yearFirst(digits)
    case 6 where text.position == 6 && text.isAtEnd:
      return Self.known(2000 + Self.number(digits[..<2]), digits[2..<4], digits[4...])
    case 8: return Self.known(Self.number(digits[..<4]), digits[4..<6], digits[6...])
    case 12, 14:
      guard var date = Self.known(Self.number(digits[..<4]), digits[4..<6], digits[6..<8]),
        let clock = Self.clock(
          Self.number(digits[8..<10]), Self.number(digits[10..<12]),
          digits.count == 14 ? Self.number(digits[12...]) : 0)
      else { return nil }
      date.secondOfDay = clock
      return date
    default: return nil
    }
  }

  /// `2024-02-29`, `2024-W09-4`, `2024-060`, `2024 Feb 29`, `2024年2月29日`.
  private mutating func yearFirst(_ digits: [Unicode.Scalar]) -> NoteDate? {
    let year = Self.number(digits)
    if text.take("年") {
      let month = text.takeDigits()
      guard (1...2).contains(month.count), text.take("月") else { return nil }
      let day = text.takeDigits()
      guard (1...2).contains(day.count), text.take("日") else { return nil }
      return Self.made(year, Self.number(month), Self.number(day))
    }
    guard let separator = text.take(oneOf: "-_./ ") else { return nil }
    if text.take("W") || text.take("w") { return week(of: year) }
    if let month = monthName() {
      text.skip(" ,._-")
      let day = takeOrdinal()
      return (1...2).contains(day.count) ? Self.made(year, month, Self.number(day)) : nil
    }
    let second = text.takeDigits()
    if second.count == 3 && !text.isAtDigit && separator == "-" {
      let ordinal = Self.number(second)
      guard (1...(CivilDay.isLeap(year) ? 366 : 365)).contains(ordinal) else { return nil }
      return CivilDay(year: year, month: 1, day: 1).map {
        NoteDate(.known($0.adding(days: ordinal - 1)))
      }
    }
    guard (1...2).contains(second.count), text.take(separator) else { return nil }
    let third = text.takeDigits()
    guard (1...2).contains(third.count) else { return nil }
    return Self.made(year, Self.number(second), Self.number(third))
  }

  /// The day of an ISO week: 1 is Monday.
  private mutating func week(of year: Int) -> NoteDate? {
    let digits = text.takeDigits()
    let week: Int
    let day: Int
    switch digits.count {
    case 3: (week, day) = (Self.number(digits.prefix(2)), Self.number(digits.suffix(1)))
    case 2:
      guard text.take("-") else { return nil }
      let last = text.takeDigits()
      guard last.count == 1 else { return nil }
      (week, day) = (Self.number(digits), Self.number(last))
    default: return nil
    }
    guard (1...7).contains(day), let monday = CivilDay.monday(ofWeek: week, in: year) else {
      return nil
    }
    return NoteDate(.known(monday.adding(days: day - 1)))
  }

  /// `29.02.2024`, `02/29/2024`, `29 February 2024`, `24-02-29`.
  private mutating func dayFirst(_ digits: [Unicode.Scalar]) -> NoteDate? {
    let first = Self.number(digits)
    let isOrdinal = takeOrdinalEnd()
    // `29. Februar`
    let separator = text.take(oneOf: "-_./ ")
    text.skip(" ")
    if let month = monthName() {
      text.skip(" ,._-")
      let year = text.takeDigits()
      return year.count == 4 ? Self.made(Self.number(year), month, first) : nil
    }
    let second = text.takeDigits()
    guard !isOrdinal, let separator, separator != " ", (1...2).contains(second.count),
      text.take(separator)
    else { return nil }
    let third = text.takeDigits()
    let number = Self.number(second)
    if third.count == 4 {
      let year = Self.number(third)
      guard CivilDay.years.contains(year) else { return nil }
      // Points are written between day, month and year, in this order, wherever they are.
      if separator == "." { return Self.made(year, number, first) }
      guard (1...31).contains(first), (1...31).contains(number), min(first, number) <= 12 else {
        return NoteDate(.impossible(""))
      }
      return NoteDate(.either(first, number, year: year))
    }
    guard third.count == 2, digits.count == 2, second.count == 2 else { return nil }
    return shortYear(first, number, Self.number(third), separator)
  }

  /// `29.02.24` and `02/29/24` end with the year, as they do when it has four digits; between dashes
  /// it may also begin: `24-02-29`.
  private func shortYear(
    _ first: Int, _ second: Int, _ third: Int, _ separator: Unicode.Scalar
  ) -> NoteDate? {
    let dayFirst = CivilDay(year: Self.year(third), month: second, day: first)
    switch separator {
    case ".":
      return dayFirst.map { NoteDate(.known($0)) }
    case "/":
      guard (1...31).contains(first), (1...31).contains(second), min(first, second) <= 12
      else { return nil }
      return NoteDate(.either(first, second, year: Self.year(third)))
    default:
      let yearFirst = CivilDay(year: Self.year(first), month: second, day: third)
      if let yearFirst, let dayFirst {
        return NoteDate(.shortYear(first: yearFirst, last: dayFirst))
      }
      var date = (yearFirst ?? dayFirst).map { NoteDate(.known($0)) }
      date?.shortYear = yearFirst == nil ? .last : .first
      return date
    }
  }

  /// Of two digits, as POSIX has it: 1969 to 2068.
  private static func year(_ digits: Int) -> Int { digits < 69 ? 2000 + digits : 1900 + digits }

  /// `February 29, 2024`, `Oct 26th, 2020`.
  private mutating func dayAfterMonthName() -> NoteDate? {
    guard let month = monthName() else { return nil }
    text.skip(" ._-")
    let day = takeOrdinal()
    guard (1...2).contains(day.count) else { return nil }
    text.skip(" ,._-")
    let year = text.takeDigits()
    return year.count == 4 ? Self.made(Self.number(year), month, Self.number(day)) : nil
  }

  private static func made(_ year: Int, _ month: Int, _ day: Int) -> NoteDate {
    NoteDate(CivilDay(year: year, month: month, day: day).map { .known($0) } ?? .impossible(""))
  }

  /// Digits without separators are only a date where there is such a day.
  private static func known(
    _ year: Int, _ month: ArraySlice<Unicode.Scalar>, _ day: ArraySlice<Unicode.Scalar>
  ) -> NoteDate? {
    CivilDay(year: year, month: number(month), day: number(day)).map { NoteDate(.known($0)) }
  }
}

// Words and numbers.
extension NoteDateReader {
  private mutating func monthName() -> Int? { takeName(NoteDateNames.month) }

  private mutating func weekday() -> Int? { takeName(NoteDateNames.weekday) }

  private mutating func takeName(_ number: (String) -> Int?) -> Int? {
    let start = text.position
    let found = number(text.takeLetters().lowercased())
    if found == nil { text.position = start }
    return found
  }

  /// The day's own name after it: `2024-02-29 (Thu)`. Another day's belongs to the title.
  private mutating func takeOwnWeekday(_ date: NoteDate) {
    let start = text.position
    text.skip(" ,._-(")
    if text.position > start, case .known(let day) = date.day, weekday() == day.weekday {
      _ = text.take(")")
    } else {
      text.position = start
    }
  }

  /// `29`, `29th`
  private mutating func takeOrdinal() -> [Unicode.Scalar] {
    let digits = text.takeDigits()
    _ = takeOrdinalEnd()
    return digits
  }

  private mutating func takeOrdinalEnd() -> Bool {
    ["st", "nd", "rd", "th"].contains { text.take(word: $0) }
  }

  /// Of at most 14 digits.
  static func number(_ digits: some Sequence<Unicode.Scalar>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
  }
}
