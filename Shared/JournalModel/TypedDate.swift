/// Why a typed date is none.
package enum TypedDateError: Error, Hashable, Sendable {
  /// None of the forms that are understood.
  case notUnderstood(String)
  case noSuchDay(String)
  case noSuchTime(String)
  case noSuchOffset(String)
  case yearOutOfRange(Int)
  /// So far from today that it has no year.
  case outOfReach(String)
  /// Two days it could be.
  case ambiguous(String, CivilDay, CivilDay)
  /// The zone in brackets is not known here.
  case unknownZone(String)
  /// The offset is not the one that the zone in brackets has then.
  case offsetNotOfZone(offset: String, zone: String)
}

extension JournalDate {
  /// Reads a date as people and scripts type it.
  ///
  /// RFC 3339 and RFC 9557 (`2026-11-21T08:15:00+01:00[Europe/Berlin]`, seconds optional, a space
  /// for the `T`), `YYYY-MM-DD`, and words: `today`, `yesterday 9pm`, `last friday`, `3 days ago`,
  /// `nov 3`, `this morning`, a bare time: the last there was. A bare day is the whole day. Without an offset the time is of the
  /// local zone: one that occurs twice is the earlier, one that is skipped moves forward.
  ///
  /// - Parameters:
  ///   - now: Unix milliseconds, for what is relative.
  ///   - outlook: `.ahead` for plans: `friday` is the next one, and of a week, a month or a year the
  ///     last day is meant.
  package static func typed(
    _ text: String, now: Int64, zones: ZoneRules, looking outlook: DateOutlook = .back
  ) throws(TypedDateError) -> JournalDate {
    var parser = TypedDateParser(text, now: now, zones: zones)
    do throws(TypedDateError) {
      return try parser.date()
    } catch .notUnderstood {
      let phrase = try DatePhrase(text, now: now, zones: zones, looking: outlook)
      if let seconds = phrase.unixSeconds {
        return JournalDate(unixMilliseconds: Int64(seconds) * 1000, in: zones)
      }
      guard outlook == .ahead || phrase.days.lowerBound == phrase.days.upperBound else {
        throw .notUnderstood(text)
      }
      let day = phrase.days.upperBound
      guard let second = phrase.secondOfDay else { return parser.wholeDay(day) }
      let date = parser.local(day, second)
      let isAhead = date.instantMilliseconds(zones) > now
      switch (phrase.whenAhead, outlook) {
      case (.anotherDay, .back) where isAhead: return parser.local(day.adding(days: -1), second)
      case (.anotherDay, .ahead) where !isAhead: return parser.local(day.adding(days: 1), second)
      case (.anotherWeek, .back) where isAhead: return parser.local(day.adding(days: -7), second)
      case (.anotherWeek, .ahead):
        // Today is the next there is, as long as that time has not come.
        let before = parser.local(day.adding(days: -7), second)
        return before.instantMilliseconds(zones) > now ? before : date
      case (.now, .back) where isAhead: return JournalDate(unixMilliseconds: now, in: zones)
      default: return date
      }
    }
  }
}

extension CivilDay {
  /// Reads a day, or a week, month or year, as people type it: as dates, but without a time, and
  /// `2026-W47`, `2026-11`, `november`, `2026`, `last week`.
  package static func typedRange(
    _ text: String, now: Int64, zones: ZoneRules
  ) throws(TypedDateError) -> ClosedRange<CivilDay> {
    var parser = TypedDateParser(text, now: now, zones: zones)
    do throws(TypedDateError) {
      let date = try parser.date()
      guard date.isAllDay else { throw TypedDateError.notUnderstood(text) }
      return date.day...date.day
    } catch .notUnderstood {
      let phrase = try DatePhrase(text, now: now, zones: zones)
      guard phrase.secondOfDay == nil, phrase.unixSeconds == nil else {
        throw .notUnderstood(text)
      }
      return phrase.days
    }
  }
}

extension DatePhrase {
  fileprivate init(
    _ text: String, now: Int64, zones: ZoneRules, looking outlook: DateOutlook = .back
  ) throws(TypedDateError) {
    try self.init(
      text, today: JournalDate(unixMilliseconds: now, in: zones).day,
      now: Int(now.quotientAndRemainder(dividingBy: 1000).quotient), looking: outlook)
  }
}

/// One reading of one typed date: a day, then perhaps a time, then perhaps an offset and a zone.
private struct TypedDateParser {
  private let text: String
  private let now: Int64
  private let zones: ZoneRules
  private var reader: DateReader

  init(_ text: String, now: Int64, zones: ZoneRules) {
    self.text = text
    self.now = now
    self.zones = zones
    reader = DateReader(text.trimmedOfSpaces)
  }

  mutating func date() throws(TypedDateError) -> JournalDate {
    let day = try day()
    guard let secondOfDay = try time() else {
      // A whole day may name its zone, as the journal itself writes it.
      if let zone = reader.bracketedZone(), reader.isAtEnd {
        guard zones.knownZone(zone) != nil else { throw .unknownZone(zone) }
        return JournalDate(day: day, timeZone: zone)
      }
      guard reader.isAtEnd else { throw .notUnderstood(text) }
      return wholeDay(day)
    }
    if reader.isAtEnd { return local(day, secondOfDay) }
    return try withOffset(day, secondOfDay)
  }

  private mutating func day() throws(TypedDateError) -> CivilDay {
    for (word, daysAgo) in [("today", 0), ("yesterday", 1)] where reader.take(word: word) {
      return JournalDate(unixMilliseconds: now, in: zones).day.adding(days: -daysAgo)
    }
    guard let written = reader.day() else { throw .notUnderstood(text) }
    guard CivilDay.years.contains(written.year) else { throw .yearOutOfRange(written.year) }
    guard
      let day = CivilDay(year: written.year, month: written.month, day: written.day)
    else { throw .noSuchDay(text) }
    return day
  }

  /// The second of the day, if a time follows.
  private mutating func time() throws(TypedDateError) -> Int? {
    guard reader.takeSeparator() else { return nil }
    guard let clock = reader.time(short: true) else { throw .notUnderstood(text) }
    reader.skipFraction()
    let second = clock.second ?? 0
    guard clock.hour < 24, clock.minute < 60, second <= 60 else { throw .noSuchTime(text) }
    // A leap second (RFC 3339 has them) is told as the second before it.
    if second == 60, clock.minute != 59 { throw .noSuchTime(text) }
    return clock.hour * 3600 + clock.minute * 60 + min(second, 59)
  }

  private mutating func withOffset(
    _ day: CivilDay, _ secondOfDay: Int
  ) throws(TypedDateError) -> JournalDate {
    let isUTC = reader.take(oneOf: "Z", "z") != nil
    guard reader.isSignOrUTC(isUTC) else { throw .notUnderstood(text) }
    guard let offset = isUTC ? 0 : reader.offset() else { throw .noSuchOffset(text) }
    let seconds = day.daysSinceEpoch * 86_400 + secondOfDay - offset * 60
    let zone = try zone(isUTC: isUTC, offset: offset, unixSeconds: seconds)
    guard reader.isAtEnd else { throw .notUnderstood(text) }
    return JournalDate(
      day: day, time: .init(secondOfDay: secondOfDay, offsetMinutes: offset), timeZone: zone)
  }

  /// The zone in brackets; else the local one, if that is its offset then; else the offset.
  private mutating func zone(
    isUTC: Bool, offset: Int, unixSeconds: Int
  ) throws(TypedDateError) -> String {
    if reader.next == UInt8(ascii: "[") {
      guard let name = reader.bracketedZone() else { throw .notUnderstood(text) }
      guard let zone = zones.knownZone(name) else { throw .unknownZone(name) }
      guard zone.offsetMinutes(atUnixSeconds: unixSeconds) == offset else {
        throw .offsetNotOfZone(offset: ZoneName.offset(minutes: offset), zone: name)
      }
      return name
    }
    if isUTC { return "UTC" }
    let local = zones.local
    let isLocal = local.offsetMinutes(atUnixSeconds: unixSeconds) == offset
    return isLocal ? local.name(atOffsetMinutes: offset) : ZoneName.offset(minutes: offset)
  }

  func wholeDay(_ day: CivilDay) -> JournalDate {
    JournalDate(day: day, timeZone: localZoneName(day, 0))
  }

  func local(_ day: CivilDay, _ secondOfDay: Int) -> JournalDate {
    let local = zones.local
    let (seconds, offset) = local.zone.unixSeconds(ofLocal: day, secondOfDay: secondOfDay)
    return JournalDate(
      unixSeconds: seconds, offsetMinutes: offset,
      timeZone: local.name(atOffsetMinutes: offset))
  }

  private func localZoneName(_ day: CivilDay, _ secondOfDay: Int) -> String {
    let local = zones.local
    let (_, offset) = local.zone.unixSeconds(ofLocal: day, secondOfDay: secondOfDay)
    return local.name(atOffsetMinutes: offset)
  }
}

extension DateReader {
  /// Takes a word of ASCII letters in either case, if it comes next and ends there.
  fileprivate mutating func take(word: String) -> Bool {
    var ahead = self
    for letter in word.unicodeScalars {
      guard let byte = ahead.next, byte | 0x20 == UInt8(ascii: letter), ahead.take(byte: byte)
      else { return false }
    }
    if let byte = ahead.next, byte != UInt8(ascii: " ") { return false }
    self = ahead
    return true
  }

  private mutating func take(byte: UInt8) -> Bool {
    take(Unicode.Scalar(byte))
  }

  /// Takes a `T`, or spaces.
  fileprivate mutating func takeSeparator() -> Bool {
    if take(oneOf: "T", "t") != nil { return true }
    guard take(" ") else { return false }
    while take(" ") {}
    return true
  }

  /// Takes the fraction of a second: the journal keeps whole ones.
  fileprivate mutating func skipFraction() {
    var ahead = self
    guard ahead.take("."), ahead.number(digits: 1...1) != nil else { return }
    while ahead.number(digits: 1...1) != nil {}
    self = ahead
  }

  fileprivate func isSignOrUTC(_ isUTC: Bool) -> Bool {
    isUTC || next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
  }
}

extension String {
  fileprivate var trimmedOfSpaces: String {
    let spaces: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
    var rest = Substring(self)
    while let first = rest.first, spaces(first) { rest.removeFirst() }
    while let last = rest.last, spaces(last) { rest.removeLast() }
    return String(rest)
  }
}

extension TypedDateError: CustomStringConvertible {
  /// One plain sentence.
  package var description: String {
    switch self {
    case .notUnderstood(let text):
      "“\(text.excerpt)” is not a date Ebb knows: write 2026-11-21, “2026-11-21 08:15”, today, "
        + "“yesterday 9pm”, “last friday”, “3 days ago”, “nov 3” or 2026-11-21T08:15:00+01:00."
    case .noSuchDay(let text):
      "There is no such day as in “\(text.excerpt)”."
    case .noSuchTime(let text):
      "There is no such time as in “\(text.excerpt)”: the day goes from 00:00 to 23:59."
    case .noSuchOffset(let text):
      "The offset in “\(text.excerpt)” is none: it is written +01:00."
    case .ambiguous(let text, let first, let second):
      "“\(text.excerpt)” can be \(first) or \(second): write which."
    case .yearOutOfRange(let year):
      "The year \(year) is out of reach: Ebb keeps dates from 1000 to 9999."
    case .outOfReach(let text):
      "“\(text.excerpt)” is out of reach: Ebb keeps dates from 1000 to 9999."
    case .unknownZone(let zone):
      "This machine knows no time zone “\(zone.excerpt)”."
    case .offsetNotOfZone(let offset, let zone):
      "The offset \(offset.excerpt) is not the one \(zone.excerpt) has then."
    }
  }
}
