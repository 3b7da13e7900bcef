extension NoteDateReader {
  /// `T23:10:00.5+01:00`, ` 9:15 pm`, `_2310`.
  mutating func takeTime(_ date: inout NoteDate) {
    let start = text.position
    let isTight = text.take("T") || text.take("t") || text.take("_") || text.take("-")
    if !isTight { text.skip(" ,") }
    if !isTight, text.take(word: "at") { text.skip(" ") }
    guard text.position > start, let clock = clock(isTight: isTight) else {
      text.position = start
      return
    }
    date.secondOfDay = clock
    takeOffset(&date)
  }

  private mutating func clock(isTight: Bool) -> Int? {
    let hour = text.takeDigits()
    if hour.count == 4 {
      guard isTight || text.isAtEnd, !text.isAtLetter else { return nil }
      return Self.clock(Self.number(hour.prefix(2)), Self.number(hour.suffix(2)), 0)
    }
    guard (1...2).contains(hour.count) else { return nil }
    let isPlain = text.take(":")
    guard isPlain || (hour.count == 2 && (text.take(".") || text.take("-") || text.take("h")))
    else { return nil }
    let minute = text.takeDigits()
    guard minute.count == 2 else { return nil }
    var second = 0
    if isPlain, text.take(":") {
      let digits = text.takeDigits()
      guard digits.count == 2 else { return nil }
      second = min(Self.number(digits), 59)
      if text.take(".") || text.take(",") { _ = text.takeDigits() }
    }
    guard let clock = Self.clock(Self.number(hour), Self.number(minute), second) else {
      return nil
    }
    let end = text.position
    text.skip(" ")
    if text.take(word: "pm") { return clock < 12 * 3600 ? clock + 12 * 3600 : clock }
    if text.take(word: "am") { return clock >= 12 * 3600 ? clock - 12 * 3600 : clock }
    text.position = end
    return isPlain || !(text.isAtLetter || text.isAtDigit || text.next == "-") ? clock : nil
  }

  private mutating func takeOffset(_ date: inout NoteDate) {
    let start = text.position
    text.skip(" ")
    if text.take("Z") || text.take("z") || text.take(word: "utc") || text.take(word: "gmt") {
      date.offset = "+00:00"
    } else if let sign = text.take(oneOf: "+-") {
      var digits = text.takeDigits()
      if digits.count == 2, text.take(":") { digits += text.takeDigits() }
      if digits.count == 2 { digits += ["0", "0"] }
      guard digits.count == 4 else {
        text.position = start
        return
      }
      let offset = digits.map(String.init).joined()
      date.offset = "\(sign)\(offset.prefix(2)):\(offset.suffix(2))"
    } else {
      text.position = start
    }
    if text.take("[") {
      let from = text.position
      while let scalar = text.next, scalar != "]" { text.position += 1 }
      date.zone = text.text(from..<text.position)
      _ = text.take("]")
    }
  }

  static func clock(_ hour: Int, _ minute: Int, _ second: Int) -> Int? {
    hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : nil
  }
}
