extension JournalDate {
  /// The form that the register keeps: `2026-11-21T08:15:00+01:00[Europe/Berlin]`.
  package var rfc9557: String {
    DateWriter.text(capacity: 27 + timeZone.utf8.count) { writer in
      writer.append(self)
      writer.append("[")
      writer.append(timeZone)
      writer.append("]")
    }
  }

  /// The form in JSON: `2026-11-21T08:15:00+01:00`, or `2026-11-21` for a whole day.
  package var rfc3339: String { DateWriter.text(capacity: 25) { $0.append(self) } }

  /// Reads what a register holds, in exactly the form that `rfc9557` writes; `nil` for anything
  /// else, which a later version may have written.
  package init?(rfc9557 text: String) {
    var reader = DateReader(text)
    guard let written = reader.day(),
      let day = CivilDay(year: written.year, month: written.month, day: written.day)
    else { return nil }
    var time: Time?
    if reader.take("T") {
      guard let clock = reader.time(), let second = clock.second, clock.hour < 24,
        clock.minute < 60, second < 60, let offset = reader.offset()
      else { return nil }
      time = Time(
        secondOfDay: clock.hour * 3600 + clock.minute * 60 + second, offsetMinutes: offset)
    }
    guard let zone = reader.bracketedZone(), reader.isAtEnd else { return nil }
    self.init(day: day, time: time, timeZone: zone)
    guard rfc9557 == text else { return nil }
  }

  /// An instant for JSON, in UTC: `2026-11-21T07:15:00.250Z`; clamped to the years 1000 to 9999.
  package static func utcText(unixMilliseconds: Int64) -> String {
    let seconds = unixMilliseconds.flooredDivision(by: 1000)
    let utc = JournalDate(unixSeconds: Int(seconds), offsetMinutes: 0, timeZone: "UTC")
    let milliseconds = (unixMilliseconds % 1000 + 1000) % 1000
    let clock = utc.time.map(\.description) ?? ""
    return "\(utc.day)T\(clock)." + String(String(1000 + milliseconds).dropFirst()) + "Z"
  }
}

extension JournalDate.Time: CustomStringConvertible {
  /// `08:15:00`
  package var description: String { DateWriter.text(capacity: 8) { $0.append(self) } }
}
