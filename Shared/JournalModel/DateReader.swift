/// Reads the parts of written dates from the bytes of a text.
struct DateReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { position == bytes.count }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// What has not been read yet.
  var rest: String { String(decoding: bytes[position...], as: UTF8.self) }

  /// Takes the character if it comes next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Takes the first of the characters that comes next.
  mutating func take(oneOf characters: Unicode.Scalar...) -> Unicode.Scalar? {
    for character in characters where take(character) { return character }
    return nil
  }

  /// Reads a number of so many decimal digits; takes nothing when there are fewer.
  mutating func number(digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while count < digits.upperBound, position + count < bytes.count {
      let byte = bytes[position + count]
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      count += 1
    }
    guard digits.contains(count) else { return nil }
    position += count
    return value
  }

  /// Reads `YYYY-MM-DD`, whether there is such a day or not.
  mutating func day() -> (year: Int, month: Int, day: Int)? {
    guard let year = number(digits: 4...4), take("-"), let month = number(digits: 2...2), take("-"),
      let day = number(digits: 2...2)
    else { return nil }
    return (year, month, day)
  }

  /// Reads `HH:MM` or `HH:MM:SS`, whether there is such a time or not; `H:MM` if `short`.
  mutating func time(short: Bool = false) -> (hour: Int, minute: Int, second: Int?)? {
    guard let hour = number(digits: (short ? 1 : 2)...2), take(":"),
      let minute = number(digits: 2...2)
    else { return nil }
    guard take(":") else { return (hour, minute, nil) }
    guard let second = number(digits: 2...2) else { return nil }
    return (hour, minute, second)
  }

  /// Reads `+HH:MM` or `-HH:MM`: minutes east of UTC, at most 23:59 either way.
  mutating func offset() -> Int? {
    guard let sign = take(oneOf: "+", "-"), let hours = number(digits: 2...2), take(":"),
      let minutes = number(digits: 2...2), hours < 24, minutes < 60
    else { return nil }
    return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
  }

  /// Reads a zone in square brackets, as RFC 9557 has it.
  mutating func bracketedZone() -> String? {
    guard take("["), let end = bytes[position...].firstIndex(of: UInt8(ascii: "]")) else {
      return nil
    }
    let name = String(decoding: bytes[position..<end], as: UTF8.self)
    guard ZoneName.isValid(name) else { return nil }
    position = end + 1
    return name
  }
}
