private import OperationLog

extension Zone {
  /// Reads a TZif file: version 2 or later with its 64-bit times and footer, or version 1.
  ///
  /// `nil` for bytes that are none. Leap seconds are passed over. Source: RFC 9636, section 3.
  package init?(tzif bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    guard var header = TZifHeader(&reader) else { return nil }
    var timeSize = 4
    if header.version >= UInt8(ascii: "2") {
      guard reader.slice(header.blockSize(timeSize: 4)) != nil,
        let second = TZifHeader(&reader)
      else { return nil }
      header = second
      timeSize = 8
    }
    // Checked at once, so that a made-up count asks for no memory.
    guard header.typeCount > 0, reader.remaining >= header.blockSize(timeSize: timeSize) else {
      return nil
    }

    var times: [Int] = []
    for _ in 0..<header.timeCount {
      guard let time = reader.time(size: timeSize), times.last.map({ $0 < time }) ?? true else {
        return nil
      }
      times.append(time)
    }
    guard let types = reader.slice(header.timeCount).map(Array.init) else { return nil }
    var offsets: [Int] = []
    for _ in 0..<header.typeCount {
      guard let offset = reader.integer(UInt32.self).map({ Int(Int32(bitPattern: $0)) }),
        reader.slice(2) != nil, abs(offset) <= 26 * 3600
      else { return nil }
      offsets.append(offset)
    }
    guard types.allSatisfy({ Int($0) < offsets.count }),
      reader.slice(header.sizeAfterTypes(timeSize: timeSize)) != nil
    else { return nil }

    self.init(
      transitions: zip(times, types).map { (at: $0, offsetSeconds: offsets[Int($1)]) },
      initialOffsetSeconds: offsets[0],
      rule: timeSize == 8 ? Self.footer(&reader) : nil)
  }

  /// The rule between two line ends after the last block.
  private static func footer(_ reader: inout ByteReader) -> PosixZone? {
    guard let bytes = reader.slice(reader.remaining), bytes.first == 0x0a, bytes.count > 2 else {
      return nil
    }
    let text = bytes.dropFirst().prefix { $0 != 0x0a }
    return PosixZone(String(decoding: text, as: UTF8.self))
  }
}

private struct TZifHeader {
  let version: UInt8
  private let utcCount: Int
  private let standardCount: Int
  private let leapCount: Int
  let timeCount: Int
  let typeCount: Int
  private let nameBytes: Int

  init?(_ reader: inout ByteReader) {
    guard reader.slice(4).map({ Array($0) }) == Array("TZif".utf8),
      let version = reader.integer(UInt8.self), reader.slice(15) != nil
    else { return nil }
    var counts: [Int] = []
    for _ in 0..<6 {
      guard let count = reader.integer(UInt32.self), count < 1 << 20 else { return nil }
      counts.append(Int(count))
    }
    self.version = version
    utcCount = counts[0]
    standardCount = counts[1]
    leapCount = counts[2]
    timeCount = counts[3]
    typeCount = counts[4]
    nameBytes = counts[5]
  }

  func blockSize(timeSize: Int) -> Int {
    timeCount * (timeSize + 1) + typeCount * 6 + sizeAfterTypes(timeSize: timeSize)
  }

  func sizeAfterTypes(timeSize: Int) -> Int {
    nameBytes + leapCount * (timeSize + 4) + standardCount + utcCount
  }
}

extension ByteReader {
  /// A signed time of 4 or 8 bytes; times beyond some 30,000 years are cut there.
  fileprivate mutating func time(size: Int) -> Int? {
    if size == 4 { return integer(UInt32.self).map { Int(Int32(bitPattern: $0)) } }
    let far = 1_000_000_000_000
    return integer(UInt64.self).map { min(max(Int(Int64(bitPattern: $0)), -far), far) }
  }
}
