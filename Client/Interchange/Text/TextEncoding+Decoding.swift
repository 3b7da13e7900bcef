extension TextEncoding {
  /// The same text in UTF-8, without a byte order mark.
  ///
  /// Bytes that mean nothing in Windows-1252, and halves of UTF-16 pairs, become U+FFFD; UTF-8 is
  /// passed on as it is, right or wrong.
  package func utf8(_ bytes: some Collection<UInt8>) -> [UInt8] {
    switch self {
    case .utf8:
      let bytes = Array(bytes)
      return bytes.starts(with: Self.utf8Mark) ? Array(bytes.dropFirst(3)) : bytes
    case .latin1:
      return Self.encoded(bytes.lazy.map { Unicode.Scalar($0) })
    case .windows1252:
      return Self.encoded(
        bytes.lazy.map { (0x80...0x9f).contains($0) ? Self.windows[Int($0) - 0x80] : .init($0) })
    case .utf16:
      return Self.fromUTF16(Array(bytes))
    }
  }

  /// The encoding that a byte order mark at the beginning names.
  package static func marked(_ beginning: some Collection<UInt8>) -> TextEncoding? {
    if beginning.starts(with: utf8Mark) { return .utf8 }
    if beginning.starts(with: [0xff, 0xfe]) || beginning.starts(with: [0xfe, 0xff]) {
      return .utf16
    }
    return nil
  }

  static let utf8Mark: [UInt8] = [0xef, 0xbb, 0xbf]

  private static func encoded(_ scalars: some Sequence<Unicode.Scalar>) -> [UInt8] {
    var utf8: [UInt8] = []
    for scalar in scalars { if let bytes = UTF8.encode(scalar) { utf8 += bytes } }
    return utf8
  }

  /// Little-endian, unless the mark says otherwise.
  private static func fromUTF16(_ bytes: [UInt8]) -> [UInt8] {
    let isBig = bytes.starts(with: [0xfe, 0xff])
    let start = isBig || bytes.starts(with: [0xff, 0xfe]) ? 2 : 0
    let units = stride(from: start, to: bytes.count - 1, by: 2).map { position in
      let (first, second) = (UInt16(bytes[position]), UInt16(bytes[position + 1]))
      return isBig ? first << 8 | second : second << 8 | first
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// 0x80 to 0x9f. Source: the Unicode Consortium's mapping `CP1252.TXT`.
  private static let windows: [Unicode.Scalar] = [
    "\u{20AC}", "\u{FFFD}", "\u{201A}", "\u{0192}", "\u{201E}", "\u{2026}", "\u{2020}", "\u{2021}",
    "\u{02C6}", "\u{2030}", "\u{0160}", "\u{2039}", "\u{0152}", "\u{FFFD}", "\u{017D}", "\u{FFFD}",
    "\u{FFFD}", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{2022}", "\u{2013}", "\u{2014}",
    "\u{02DC}", "\u{2122}", "\u{0161}", "\u{203A}", "\u{0153}", "\u{FFFD}", "\u{017E}", "\u{0178}",
  ]
}
