internal import JournalModel

/// Reads a date from where it has come to in a text.
struct NoteDateReader {
  private let scalars: [Unicode.Scalar]
  private(set) var position = 0

  init(_ text: String) {
    // A name longer than this is none; the date stands at its beginning.
    scalars = Array(text.unicodeScalars.prefix(512))
  }

  var isAtEnd: Bool { position == scalars.count }

  /// Goes on to the next word in which a date could begin; false at the end.
  mutating func skipWord() -> Bool {
    while let scalar = next, Self.isOfWord(scalar) { position += 1 }
    while let scalar = next, !Self.isOfWord(scalar) { position += 1 }
    return !isAtEnd
  }

  /// What stands before `start` and behind what was read, without what separated them.
  func words(withoutTextFrom start: Int) -> String {
    let parts = [scalars[..<start], scalars[position...]].map { part in
      let bare = part.drop { Self.separators.contains($0) }.reversed()
        .drop { Self.separators.contains($0) }.reversed()
      var text = String.UnicodeScalarView()
      text.append(contentsOf: bare)
      return String(text)
    }
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The date that begins here; nothing is taken where there is none.
  mutating func date() -> NoteDate? {
    let start = position
    if weekday() != nil { skip(" ,._-") } else { position = start }
    let written = position
    guard var date = day(), !isDigit(next) else {
      position = start
      return nil
    }
    if case .impossible = date.day {
      date.day = .impossible(String(String.UnicodeScalarView(scalars[written..<position])))
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
    let digits = takeDigits()
    switch digits.count {
    case 0: return dayAfterMonthName()
    case 1, 2: return dayFirst(digits)
    case 4: return yearFirst(digits)
    case 6 where position == 6 && isAtEnd:
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
    if take("年") {
      let month = takeDigits()
      guard (1...2).contains(month.count), take("月") else { return nil }
      let day = takeDigits()
      guard (1...2).contains(day.count), take("日") else { return nil }
      return Self.made(year, Self.number(month), Self.number(day))
    }
    guard let separator = takeSeparator() else { return nil }
    if take("W") || take("w") { return week(of: year) }
    if let month = monthName() {
      skip(" ,._-")
      let day = takeOrdinal()
      return (1...2).contains(day.count) ? Self.made(year, month, Self.number(day)) : nil
    }
    let second = takeDigits()
    if second.count == 3 && !isDigit(next) && separator == "-" {
      let ordinal = Self.number(second)
      guard (1...(CivilDay.isLeap(year) ? 366 : 365)).contains(ordinal) else { return nil }
      return CivilDay(year: year, month: 1, day: 1).map {
        NoteDate(.known($0.adding(days: ordinal - 1)))
      }
    }
    guard (1...2).contains(second.count), take(separator) else { return nil }
    let third = takeDigits()
    guard (1...2).contains(third.count) else { return nil }
    return Self.made(year, Self.number(second), Self.number(third))
  }

  /// The day of an ISO week: 1 is Monday.
  private mutating func week(of year: Int) -> NoteDate? {
    let digits = takeDigits()
    let week: Int
    let day: Int
    switch digits.count {
    case 3: (week, day) = (Self.number(digits.prefix(2)), Self.number(digits.suffix(1)))
    case 2:
      guard take("-") else { return nil }
      let last = takeDigits()
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
    let separator = takeSeparator()
    skip(" ")
    if let month = monthName() {
      skip(" ,._-")
      let year = takeDigits()
      return year.count == 4 ? Self.made(Self.number(year), month, first) : nil
    }
    let second = takeDigits()
    guard !isOrdinal, let separator, separator != " ", (1...2).contains(second.count),
      take(separator)
    else { return nil }
    let third = takeDigits()
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
    let last = Self.number(third)
    let parts = separator == "." ? (last, first) : (first, last)
    return CivilDay(year: 2000 + parts.0, month: number, day: parts.1).map { NoteDate(.known($0)) }
  }

  /// `February 29, 2024`, `Oct 26th, 2020`.
  private mutating func dayAfterMonthName() -> NoteDate? {
    guard let month = monthName() else { return nil }
    skip(" ._-")
    let day = takeOrdinal()
    guard (1...2).contains(day.count) else { return nil }
    skip(" ,._-")
    let year = takeDigits()
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

// Times.
extension NoteDateReader {
  /// `T23:10:00.5+01:00`, ` 9:15 pm`, `_2310`.
  private mutating func takeTime(_ date: inout NoteDate) {
    let start = position
    let isTight = take("T") || take("t") || take("_") || take("-")
    if !isTight { skip(" ,") }
    if !isTight, take(word: "at") { skip(" ") }
    guard position > start, let clock = clock(isTight: isTight) else {
      position = start
      return
    }
    date.secondOfDay = clock
    takeOffset(&date)
  }

  private mutating func clock(isTight: Bool) -> Int? {
    let hour = takeDigits()
    if hour.count == 4 {
      guard isTight || isAtEnd, !isLetter(next) else { return nil }
      return Self.clock(Self.number(hour.prefix(2)), Self.number(hour.suffix(2)), 0)
    }
    guard (1...2).contains(hour.count) else { return nil }
    let isPlain = take(":")
    guard isPlain || (hour.count == 2 && (take(".") || take("-") || take("h"))) else { return nil }
    let minute = takeDigits()
    guard minute.count == 2 else { return nil }
    var second = 0
    if isPlain, take(":") {
      let digits = takeDigits()
      guard digits.count == 2 else { return nil }
      second = min(Self.number(digits), 59)
      if take(".") || take(",") { _ = takeDigits() }
    }
    guard let clock = Self.clock(Self.number(hour), Self.number(minute), second) else {
      return nil
    }
    let end = position
    skip(" ")
    if take(word: "pm") { return clock < 12 * 3600 ? clock + 12 * 3600 : clock }
    if take(word: "am") { return clock >= 12 * 3600 ? clock - 12 * 3600 : clock }
    position = end
    return isPlain || !(isLetter(next) || isDigit(next) || next == "-") ? clock : nil
  }

  private mutating func takeOffset(_ date: inout NoteDate) {
    let start = position
    skip(" ")
    if take("Z") || take("z") || take(word: "utc") || take(word: "gmt") {
      date.offset = "+00:00"
    } else if let sign = next, "+-".unicodeScalars.contains(sign) {
      position += 1
      var digits = takeDigits()
      if digits.count == 2, take(":") { digits += takeDigits() }
      if digits.count == 2 { digits += ["0", "0"] }
      guard digits.count == 4 else {
        position = start
        return
      }
      let text = digits.map(String.init).joined()
      date.offset = "\(sign)\(text.prefix(2)):\(text.suffix(2))"
    } else {
      position = start
    }
    if take("[") {
      let from = position
      while let scalar = next, scalar != "]" { position += 1 }
      date.zone = String(String.UnicodeScalarView(scalars[from..<position]))
      _ = take("]")
    }
  }

  private static func clock(_ hour: Int, _ minute: Int, _ second: Int) -> Int? {
    hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : nil
  }
}

// Words.
extension NoteDateReader {
  /// January is 1; whole names and three letters of them, in English and German.
  static func month(_ word: String) -> Int? {
    index(of: word, among: months).map { $0 % 12 + 1 }
  }

  private mutating func monthName() -> Int? {
    takeName(Self.months).map { $0 % 12 + 1 }
  }

  /// Sunday is 0.
  private mutating func weekday() -> Int? {
    takeName(Self.weekdays).map { $0 % 7 }
  }

  /// The day's own name after it: `2024-02-29 (Thu)`. Another day's belongs to the title.
  private mutating func takeOwnWeekday(_ date: NoteDate) {
    let start = position
    skip(" ,._-(")
    if position > start, case .known(let day) = date.day, weekday() == day.weekday {
      _ = take(")")
    } else {
      position = start
    }
  }

  private mutating func takeName(_ names: [String]) -> Int? {
    let start = position
    while isLetter(next) { position += 1 }
    let word = String(String.UnicodeScalarView(scalars[start..<position])).lowercased()
    guard let index = Self.index(of: word, among: names) else {
      position = start
      return nil
    }
    return index
  }

  private static func index(of word: String, among names: [String]) -> Int? {
    guard word.count >= 2 else { return nil }
    return names.firstIndex { $0 == word || (word.count >= 3 && $0.prefix(3) == word) }
      ?? (word == "sept" ? names.firstIndex(of: "september") : nil)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
  ]
  private static let weekdays = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sonntag",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
  ]
}

// Scalars.
extension NoteDateReader {
  private static let separators = Array(" -_–—.,:;|/·()[]".unicodeScalars)

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private func isLetter(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.isAlphabetic == true
  }

  private func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  /// Takes a word in either case, if it ends there.
  private mutating func take(word: String) -> Bool {
    let end = position + word.unicodeScalars.count
    guard end <= scalars.count, end == scalars.count || !Self.isOfWord(scalars[end]),
      String(String.UnicodeScalarView(scalars[position..<end])).lowercased() == word
    else { return false }
    position = end
    return true
  }

  private mutating func skip(_ separators: String) {
    while let scalar = next, separators.unicodeScalars.contains(scalar) { position += 1 }
  }

  private mutating func takeSeparator() -> Unicode.Scalar? {
    guard let scalar = next, "-_./ ".unicodeScalars.contains(scalar) else { return nil }
    position += 1
    return scalar
  }

  private mutating func takeDigits() -> [Unicode.Scalar] {
    let start = position
    while isDigit(next) { position += 1 }
    return Array(scalars[start..<position])
  }

  /// `29`, `29th`
  private mutating func takeOrdinal() -> [Unicode.Scalar] {
    let digits = takeDigits()
    _ = takeOrdinalEnd()
    return digits
  }

  private mutating func takeOrdinalEnd() -> Bool {
    ["st", "nd", "rd", "th"].contains { take(word: $0) }
  }

  /// Of at most 14 digits.
  private static func number(_ digits: some Sequence<Unicode.Scalar>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
  }
}
