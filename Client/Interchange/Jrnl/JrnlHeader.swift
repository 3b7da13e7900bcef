/// The beginning of an entry in jrnl's text: `[2019-07-08 05:42] Entry subject`.
///
/// Source: `Journal._parse` of jrnl 4; before jrnl 2 there were no brackets.
struct JrnlHeader: Hashable {
  var date: JrnlDate
  var hasBrackets: Bool
  /// What follows on the same line.
  var rest: String

  /// `nil` for any other line.
  init?(_ line: String) {
    if line.utf8.first == UInt8(ascii: "[") {
      // By bytes: a combining mark after the space would hide it.
      guard let end = line.utf8.firstIndex(of: UInt8(ascii: "]")),
        line.utf8[end...].starts(with: "] ".utf8),
        let date = JrnlDate(line[line.utf8.index(after: line.startIndex)..<end])
      else { return nil }
      self.init(date: date, hasBrackets: true, rest: Substring(line.utf8[end...].dropFirst(2)))
    } else {
      guard let (text, rest) = Self.bareDate(line), let date = JrnlDate(text) else { return nil }
      self.init(date: date, hasBrackets: false, rest: rest)
    }
  }

  private init(date: JrnlDate, hasBrackets: Bool, rest: Substring) {
    self.date = date
    self.hasBrackets = hasBrackets
    self.rest = String(rest)
  }

  /// `2010-06-10 15:00 ` and no other form: it was the one before jrnl 2.
  private static func bareDate(_ line: String) -> (Substring, Substring)? {
    let form = "0000-00-00 00:00 "
    let start = line.utf8.prefix(form.utf8.count)
    guard start.count == form.utf8.count,
      zip(start, form.utf8).allSatisfy({ byte, sample in
        sample == UInt8(ascii: "0") ? (0x30...0x39).contains(byte) : byte == sample
      })
    else { return nil }
    return (line[..<start.endIndex].dropLast(), line[start.endIndex...])
  }
}
