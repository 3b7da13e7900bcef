/// A time of day, down to the minute.
struct ClockTime: Hashable, CustomStringConvertible {
  let hour: Int
  let minute: Int

  /// `21:00`
  var description: String { Self.padded(hour) + ":" + Self.padded(minute) }

  private static func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  init(hour: Int, minute: Int) {
    self.hour = hour
    self.minute = minute
  }

  /// `21:00`, `9pm`, `9:30 pm`, `21`; `nil` for what is no time of day.
  init?(_ text: String) {
    var digits = text.lowercased().filter { $0 != " " }[...]
    var half: Int?
    if digits.hasSuffix("am") || digits.hasSuffix("pm") {
      half = digits.hasSuffix("pm") ? 12 : 0
      digits = digits.dropLast(2)
    }
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }),
      parts.allSatisfy({
        $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }),
      var hour = Int(parts[0]), let minute = parts.count == 1 ? 0 : Int(parts[1]), minute < 60
    else { return nil }
    if let half {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half
    }
    guard hour < 24 else { return nil }
    self.init(hour: hour, minute: minute)
  }
}
