/// Writes the parts of dates and times as ASCII, for texts that are made by the thousand.
struct DateWriter {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  /// - Parameter capacity: at least as many bytes as are written.
  static func text(
    capacity: Int, _ write: (inout DateWriter) -> Void
  ) -> String {
    String(unsafeUninitializedCapacity: capacity) { buffer in
      var writer = DateWriter(buffer: buffer)
      write(&writer)
      return writer.count
    }
  }

  private init(buffer: UnsafeMutableBufferPointer<UInt8>) {
    self.buffer = buffer
  }

  mutating func append(_ character: Unicode.Scalar) {
    append(UInt8(ascii: character))
  }

  mutating func append(_ text: String) {
    for byte in text.utf8 { append(byte) }
  }

  mutating func twoDigits(_ number: Int) {
    append(digit(number / 10))
    append(digit(number))
  }

  /// `YYYY-MM-DD`: 10 bytes.
  mutating func append(_ day: CivilDay) {
    twoDigits(day.year / 100)
    twoDigits(day.year)
    append("-")
    twoDigits(day.month)
    append("-")
    twoDigits(day.day)
  }

  /// `HH:MM:SS`: 8 bytes.
  mutating func append(_ time: JournalDate.Time) {
    twoDigits(time.hour)
    append(":")
    twoDigits(time.minute)
    append(":")
    twoDigits(time.second)
  }

  /// `+HH:MM` or `-HH:MM`: 6 bytes.
  mutating func append(offsetMinutes minutes: Int) {
    append(minutes < 0 ? "-" : "+")
    twoDigits(abs(minutes) / 60)
    append(":")
    twoDigits(abs(minutes) % 60)
  }

  /// `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM:SS+HH:MM`: 25 bytes.
  mutating func append(_ date: JournalDate) {
    append(date.day)
    guard let time = date.time else { return }
    append("T")
    append(time)
    append(offsetMinutes: time.offsetMinutes)
  }

  private mutating func append(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  private func digit(_ number: Int) -> UInt8 {
    UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
  }
}
