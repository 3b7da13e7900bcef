/// The clock changes in a TZif file: version 2 or later with 64-bit times, or version 1.
///
/// Looked up in the file's own bytes: reading all of them first would take longer than writing a
/// record does. Leap seconds are passed over. Source: RFC 9636, section 3.
struct TZifTable: Sendable {
  private let bytes: [UInt8]
  private let header: Header
  /// Of each time: 4 or 8 bytes.
  private let timeSize: Int
  /// Where the block of times, their types, and the types' offsets begins.
  private let start: Int

  private static let offsetSecondsMax = 26 * 3600

  /// `nil` for bytes that are none.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard let first = Header(bytes, at: 0) else { return nil }
    if first.version >= UInt8(ascii: "2") {
      let second = Header.size + first.blockSize(timeSize: 4)
      guard let header = Header(bytes, at: second) else { return nil }
      self.header = header
      timeSize = 8
      start = second + Header.size
    } else {
      header = first
      timeSize = 4
      start = Header.size
    }
    guard header.typeCount > 0, bytes.count - start >= header.blockSize(timeSize: timeSize) else {
      return nil
    }
    for index in 0..<header.timeCount
    where Int(bytes[typeIndexStart + index]) >= header.typeCount { return nil }
    for index in 0..<header.typeCount
    where abs(offsetSeconds(ofType: index)) > Self.offsetSecondsMax { return nil }
  }

  /// `nil` after the last change.
  func offsetSeconds(atUnixSeconds seconds: Int) -> Int? {
    var low = 0
    var high = header.timeCount
    while low < high {
      let middle = (low + high) / 2
      if time(middle) <= seconds { low = middle + 1 } else { high = middle }
    }
    if low == header.timeCount { return nil }
    return low == 0 ? offsetSeconds(ofType: 0) : offsetSeconds(afterChange: low - 1)
  }

  var lastOffsetSeconds: Int {
    header.timeCount == 0
      ? offsetSeconds(ofType: 0) : offsetSeconds(afterChange: header.timeCount - 1)
  }

  /// The rule between two line ends after the last block.
  var footer: String? {
    guard timeSize == 8 else { return nil }
    let rest = bytes[(start + header.blockSize(timeSize: timeSize))...]
    guard rest.first == 0x0a else { return nil }
    return String(decoding: rest.dropFirst().prefix { $0 != 0x0a }, as: UTF8.self)
  }

  private var typeIndexStart: Int { start + header.timeCount * timeSize }

  private func time(_ index: Int) -> Int {
    let position = start + index * timeSize
    let high = bytes.signed32(at: position)
    return timeSize == 4 ? high : high << 32 | bytes.signed32(at: position + 4) & 0xffff_ffff
  }

  private func offsetSeconds(afterChange index: Int) -> Int {
    offsetSeconds(ofType: Int(bytes[typeIndexStart + index]))
  }

  private func offsetSeconds(ofType index: Int) -> Int {
    bytes.signed32(at: typeIndexStart + header.timeCount + index * 6)
  }
}

extension TZifTable {
  /// `TZif`, a version, 15 unused bytes, and six counts.
  private struct Header {
    static let size = 44
    let version: UInt8
    let timeCount: Int
    let typeCount: Int
    private let utcCount: Int
    private let standardCount: Int
    private let leapCount: Int
    private let nameBytes: Int

    init?(_ bytes: [UInt8], at position: Int) {
      guard bytes.count - position >= Self.size,
        bytes[position..<(position + 4)].elementsEqual("TZif".utf8)
      else { return nil }
      version = bytes[position + 4]
      utcCount = bytes.signed32(at: position + 20)
      standardCount = bytes.signed32(at: position + 24)
      leapCount = bytes.signed32(at: position + 28)
      timeCount = bytes.signed32(at: position + 32)
      typeCount = bytes.signed32(at: position + 36)
      nameBytes = bytes.signed32(at: position + 40)
      let counts = [utcCount, standardCount, leapCount, timeCount, typeCount, nameBytes]
      guard counts.allSatisfy({ (0...bytes.count).contains($0) }) else { return nil }
    }

    func blockSize(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + nameBytes + leapCount * (timeSize + 4)
        + standardCount + utcCount
    }
  }
}

extension [UInt8] {
  /// A big-endian number of four bytes that are there.
  fileprivate func signed32(at position: Int) -> Int {
    let first = Int(Int8(bitPattern: self[position]))
    return first << 24 | Int(self[position + 1]) << 16 | Int(self[position + 2]) << 8
      | Int(self[position + 3])
  }
}

extension Zone {
  /// Reads a TZif file; `nil` for bytes that are none.
  package init?(tzif bytes: [UInt8]) {
    guard let table = TZifTable(bytes) else { return nil }
    self.init(table: table, rule: table.footer.flatMap(PosixZone.init))
  }
}
