/// A date said in words: `yesterday 9pm`, `last friday`, `3 days ago`, `nov 3`, `2026-W47`, `march 2025`.
///
/// Words look back, as a journal does: `friday` is the last one there was, today included, and
/// `nov 3` the last third of November. `next friday`, `tomorrow` and `in 3 days` look ahead. Where
/// a plan is made, all words look ahead: `friday` is the next one, after today. So do times alone, and
/// on a weekday: `9pm` is the last or the next there is, and on a Friday at noon so is `friday 9pm`.
struct DatePhrase: Hashable, Sendable {
  /// One day, or the days of a week, a month or a year.
  var days: ClosedRange<CivilDay>
  var secondOfDay: Int?
  /// What is meant if that time has not come yet.
  var whenAhead = Ahead.asWritten
  /// A moment told by how long ago it was, down to the minute: Unix seconds.
  var unixSeconds: Int?
}

extension DatePhrase {
  /// What a time means that lies on the other side of now than words look.
  enum Ahead {
    /// A day is named, and that is when.
    case asWritten
    /// A time alone: the last there was, or the next there is.
    case anotherDay
    /// A weekday that is today's: the last there was, or the next there is.
    case anotherWeek
    /// A part of today: `this evening`, written in the afternoon, is at most now.
    case now
  }
}

/// Which way words without a direction of their own look.
package enum DateOutlook: Hashable, Sendable {
  case back
  case ahead
}

extension DatePhrase {
  /// - Parameters:
  ///   - today: what relative words count from.
  ///   - now: Unix seconds, for `2 hours ago`.
  /// - Throws: `notUnderstood` for other words.
  init(
    _ text: String, today: CivilDay, now: Int, looking outlook: DateOutlook = .back
  ) throws(TypedDateError) {
    var parser = DatePhraseParser(text, today: today, now: now, outlook)
    self = try parser.phrase()
  }
}

struct DatePhraseParser {
  let text: String
  let today: CivilDay
  private let now: Int
  let outlook: DateOutlook
  /// What is still to be read.
  var words: ArraySlice<String>
  /// The day was named by its weekday alone.
  var isBareWeekday = false
  /// What is wrong with a day such as `3/4`: told only if all else is a date, for it may be a
  /// fraction.
  var mistake: TypedDateError?

  init(_ text: String, today: CivilDay, now: Int, _ outlook: DateOutlook) {
    self.text = text
    self.today = today
    self.now = now
    self.outlook = outlook
    // `nov 3, 2024`, `yesterday, 9pm`
    words = text.lowercased().split { $0.isWhitespace || $0 == "," }.map(String.init)[...]
  }

  mutating func phrase() throws(TypedDateError) -> DatePhrase {
    if let moment = try moment() { return moment }
    // The time stands before the day or behind it.
    var second = try time()
    let start = words
    let days = try days()
    if days == nil { words = start }
    var isPartOfDay = false
    if second == nil, days != nil {
      let part = partOfDay()
      _ = take("at")
      // `this evening at 7pm` is as exact as `today 7pm`.
      let exact = try time()
      second = exact ?? part
      isPartOfDay = exact == nil && part != nil
    }
    guard words.isEmpty, days != nil || second != nil else { throw .notUnderstood(text) }
    if let mistake { throw mistake }
    let found = days ?? today...today
    if second != nil, found.lowerBound != found.upperBound { throw .notUnderstood(text) }
    // What another day holds is not cut off at this moment.
    let whenAhead: DatePhrase.Ahead =
      days == nil
      ? .anotherDay
      : isBareWeekday
        ? .anotherWeek : isPartOfDay && found.lowerBound == today ? .now : .asWritten
    return DatePhrase(days: found, secondOfDay: second, whenAhead: whenAhead)
  }

  mutating func take(_ word: String) -> Bool {
    guard words.first == word else { return false }
    words.removeFirst()
    return true
  }

  /// Words with a blank between them.
  mutating func take(all phrase: String) -> Bool {
    let phrase = phrase.split(separator: " ")
    guard words.starts(with: phrase, by: ==) else { return false }
    words.removeFirst(phrase.count)
    return true
  }

  mutating func take(oneOf words: Set<String>) -> String? {
    guard let first = self.words.first, words.contains(first) else { return nil }
    return self.words.popFirst()
  }
}

// How long ago, or how far ahead.
extension DatePhraseParser {
  /// `now`, `an hour ago`, `half an hour ago`, `in 20 minutes`.
  private func moment() throws(TypedDateError) -> DatePhrase? {
    if words == ["now"] || words == ["just", "now"] { return moment(0) }
    if words == ["half", "an", "hour", "ago"] { return moment(-30 * 60) }
    guard words.count == 3, let (count, unit) = try distance() else { return nil }
    switch unit {
    case "minute", "min": return try distantMoment(count * 60)
    case "hour": return try distantMoment(count * 3600)
    default: return nil
    }
  }

  private func distantMoment(_ seconds: Int) throws(TypedDateError) -> DatePhrase {
    try checkReach(of: today.adding(days: seconds / 86_400))
    return moment(seconds)
  }

  private func checkReach(of day: CivilDay) throws(TypedDateError) {
    if day.year == CivilDay.years.lowerBound || day.year == CivilDay.years.upperBound {
      throw .outOfReach(text)
    }
  }

  private func moment(_ seconds: Int) -> DatePhrase {
    DatePhrase(days: today...today, unixSeconds: now + seconds)
  }

  /// `3 days ago`, `a week ago`; `in two weeks`.
  mutating func distantDay() throws(TypedDateError) -> ClosedRange<CivilDay>? {
    guard let (count, unit) = try distance() else { return nil }
    let day =
      switch unit {
      case "day": today.adding(days: count)
      case "week": today.adding(days: 7 * count)
      case "month": today.adding(months: count)
      case "year": today.adding(months: 12 * count)
      default: throw .notUnderstood(text)
      }
    try checkReach(of: day)
    words.removeFirst(3)
    return day...day
  }

  /// How many of what; less than none is back.
  private func distance() throws(TypedDateError) -> (count: Int, unit: String)? {
    let three = Array(words.prefix(3))
    guard three.count == 3 else { return nil }
    let isBack = three[2] == "ago"
    guard isBack || three[0] == "in", let count = Self.number(three[isBack ? 0 : 1]) else {
      return nil
    }
    guard count >= 0 else { throw .notUnderstood(text) }
    let unit = three[isBack ? 1 : 2]
    // Whatever is further away than all years is clamped, and refused.
    return (
      (isBack ? -1 : 1) * min(count, 10_000_000_000),
      unit.hasSuffix("s") ? String(unit.dropLast()) : unit
    )
  }

  /// `3`, `a`, `three`.
  private static func number(_ word: String) -> Int? {
    if word == "a" || word == "an" { return 1 }
    return numbers.firstIndex(of: word).map { $0 + 1 } ?? Int(word)
  }

  private static let numbers = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
  ]
}

// Times of day.
extension DatePhraseParser {
  /// The hour by which a part of the day is known, as jrnl has it.
  static let hoursByPartOfDay = ["morning": 6, "afternoon": 13, "evening": 18, "night": 21]

  /// After a day: `yesterday evening`. Alone (`Evening: we talked`) it is a heading.
  private mutating func partOfDay() -> Int? {
    guard let hour = words.first.flatMap({ Self.hoursByPartOfDay[$0] }) else { return nil }
    words.removeFirst()
    return hour * 3600
  }

  /// `9pm`, `9:15 am`, `21:30`, `noon`.
  private mutating func time() throws(TypedDateError) -> Int? {
    if take("noon") { return 12 * 3600 }
    if take("midnight") { return 0 }
    guard let word = words.first else { return nil }
    var reader = DateReader(word)
    guard let hour = reader.number(digits: 1...2) else { return nil }
    var minute: Int?
    var second: Int?
    if reader.take(":") {
      guard let number = reader.number(digits: 2...2) else { throw .notUnderstood(text) }
      minute = number
      if reader.take(":") {
        guard let number = reader.number(digits: 2...2) else { throw .notUnderstood(text) }
        second = number
      }
    }
    var half = reader.rest.replacing(".", with: "")
    var taken = 1
    if half.isEmpty, words.count > 1 {
      let next = words[words.startIndex + 1].replacing(".", with: "")
      if next == "am" || next == "pm" {
        half = next
        taken = 2
      }
    }
    switch half {
    case "am", "pm":
      guard (1...12).contains(hour) else { throw .noSuchTime(text) }
    case "":
      // A number alone is a day of a month.
      guard minute != nil else { return nil }
    default: return nil
    }
    let hours = half.isEmpty ? hour : hour % 12 + (half == "pm" ? 12 : 0)
    guard hours < 24, minute ?? 0 < 60, second ?? 0 < 60 else { throw .noSuchTime(text) }
    words.removeFirst(taken)
    return hours * 3600 + (minute ?? 0) * 60 + (second ?? 0)
  }
}

extension CivilDay {
  /// The same day so many months later or earlier; the month's last where it has none such.
  func adding(months: Int) -> CivilDay {
    let count = min(max(year * 12 + month - 1 + months, 1000 * 12), 9999 * 12 + 11)
    let (year, month) = (count / 12, count % 12 + 1)
    let day = min(day, Self.days(inMonth: month, of: year))
    return CivilDay(year: year, month: month, day: day) ?? self
  }

  var wholeMonth: ClosedRange<CivilDay> {
    let first = adding(days: 1 - day)
    return first...first.adding(days: Self.days(inMonth: month, of: year) - 1)
  }

  var wholeYear: ClosedRange<CivilDay> {
    let first = adding(months: 1 - month).wholeMonth.lowerBound
    return first...first.adding(days: Self.isLeap(year) ? 365 : 364)
  }
}
