internal import JournalModel

/// The date in the brackets before an entry of jrnl's.
///
/// jrnl writes it in the format that its owner chose, which the file does not tell, and reads what
/// does not fit by guessing. Here it is read only where nothing is left to guess but the order of
/// day and month.
struct JrnlDate: Hashable {
  /// `nil` for a bare time, as in a folder whose files are named by the day.
  var day: Day?
  /// `nil` for a whole day.
  var secondOfDay: Int?
  /// `25:00`
  var isTimeImpossible = false

  enum Day: Hashable {
    case known(year: Int, month: Int, day: Int)
    /// `03/04/2019`: the first may be the day or the month.
    case either(Int, Int, year: Int)
  }

  /// Which comes first where it can be either.
  enum Order: Hashable {
    case dayFirst
    case monthFirst

    /// - Returns: `nil` if there is no such day.
    func day(_ first: Int, _ second: Int, year: Int) -> CivilDay? {
      let (day, month) = self == .dayFirst ? (first, second) : (second, first)
      return CivilDay(year: year, month: month, day: day)
    }
  }

  /// `nil` for what is no date; numbers that are out of range are left to be told.
  init?(_ text: some StringProtocol) {
    // Short ones are footnotes; jrnl has the same limit, but for its own format.
    guard (5...60).contains(text.utf8.count) else { return nil }
    var parts = Parts()
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
      // `2019-07-08T05:42`, but not `Tuesday`.
      let pieces = word.first?.isNumber == true ? word.split(separator: "T") : [word]
      for piece in pieces where !parts.take(Substring(piece)) { return nil }
    }
    guard let made = parts.date else { return nil }
    self = made
  }

  private init(day: Day?, secondOfDay: Int?, isTimeImpossible: Bool) {
    self.day = day
    self.secondOfDay = secondOfDay
    self.isTimeImpossible = isTimeImpossible
  }

  /// - Returns: `nil` if there is no such day.
  func day(_ order: Order) -> CivilDay? {
    switch day {
    case .known(let year, let month, let day): CivilDay(year: year, month: month, day: day)
    case .either(let first, let second, let year): order.day(first, second, year: year)
    case nil: nil
    }
  }
}

extension JrnlDate {
  /// What the words of a date say, one after the other.
  private struct Parts {
    private var day: Day?
    private var month: Int?
    private var numbers: [Int] = []
    private var hour: Int?
    private var minuteAndSecond = 0
    private var isTimeImpossible = false

    /// False for a word that belongs to no date.
    mutating func take(_ word: Substring) -> Bool {
      let lower = word.lowercased()
      if lower == "am" || lower == "pm" { return takeHalf(isAfternoon: lower == "pm") }
      if lower == "at" { return true }
      if word.contains(":") { return takeTime(lower) }
      if let named = Self.index(of: lower, among: Self.months) {
        defer { month = named + 1 }
        return month == nil
      }
      if Self.index(of: lower, among: Self.weekdays) != nil { return true }
      if let number = Self.number(lower) ?? Self.ordinal(lower) {
        numbers.append(number)
        return numbers.count <= 2
      }
      return takeDay(word)
    }

    var date: JrnlDate? {
      var made = day
      if let month {
        // A day and a year beside the name of a month.
        guard made == nil, numbers.count == 2, let year = numbers.max(), year >= 100,
          let number = numbers.min()
        else { return nil }
        made = .known(year: year, month: month, day: number)
      } else if !numbers.isEmpty {
        return nil
      }
      guard made != nil || hour != nil else { return nil }
      return JrnlDate(
        day: made, secondOfDay: hour.map { $0 * 3600 + minuteAndSecond },
        isTimeImpossible: isTimeImpossible)
    }

    /// `2019-07-08`, `09.06.2013`, `7/8/2019`: three numbers and one kind of separator.
    private mutating func takeDay(_ word: Substring) -> Bool {
      for separator in ["-", "/", "."] as [Character] {
        let fields = word.split(separator: separator, omittingEmptySubsequences: false)
        guard fields.count == 3, day == nil else { continue }
        let numbers = fields.compactMap { Self.number(String($0)) }
        guard numbers.count == 3 else { return false }
        if fields[0].count == 4 {
          day = .known(year: numbers[0], month: numbers[1], day: numbers[2])
        } else if fields[2].count == 4 {
          // Points are written between day, month and year, in this order, wherever they are.
          day =
            separator == "."
            ? .known(year: numbers[2], month: numbers[1], day: numbers[0])
            : .either(numbers[0], numbers[1], year: numbers[2])
        } else {
          return false
        }
        return true
      }
      return false
    }

    /// `08:15`, `08:15:30`, `8:15pm`.
    private mutating func takeTime(_ word: String) -> Bool {
      guard hour == nil else { return false }
      var text = Substring(word)
      let half = ["am", "pm"].first { text.hasSuffix($0) }
      if half != nil { text = text.dropLast(2) }
      let fields = text.split(separator: ":", omittingEmptySubsequences: false)
      let numbers = fields.compactMap { Self.number(String($0)) }
      guard numbers.count == fields.count, (2...3).contains(numbers.count) else { return false }
      isTimeImpossible = numbers[0] >= 24 || numbers.dropFirst().contains { $0 >= 60 }
      hour = numbers[0]
      minuteAndSecond = numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
      return half.map { takeHalf(isAfternoon: $0 == "pm") } ?? true
    }

    /// An hour after 12 says it already.
    private mutating func takeHalf(isAfternoon: Bool) -> Bool {
      guard let hour else { return false }
      if hour <= 12 { self.hour = hour % 12 + (isAfternoon ? 12 : 0) }
      return true
    }

    private static func number(_ text: String) -> Int? {
      guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      return Int(text)
    }

    /// `3rd`
    private static func ordinal(_ text: String) -> Int? {
      guard ["st", "nd", "rd", "th"].contains(where: text.hasSuffix) else { return nil }
      return number(String(text.dropLast(2)))
    }

    /// Whole names, and three letters of them.
    private static func index(of word: String, among names: [String]) -> Int? {
      let bare = word.hasSuffix(".") ? String(word.dropLast()) : word
      return names.firstIndex { $0 == bare || $0.prefix(3) == bare }
    }

    private static let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    private static let weekdays = [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
  }
}
