/// Text in HTML, where nothing of it means anything but itself.
enum HTMLText {
  /// Controls, which HTML forbids, become their pictures: U+2400 and on.
  static func escaped(_ text: some StringProtocol) -> String {
    // Bytes, for appending to scalars counts all that are there.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes.append(contentsOf: "&amp;".utf8)
      case "<": bytes.append(contentsOf: "&lt;".utf8)
      case ">": bytes.append(contentsOf: "&gt;".utf8)
      case "\"": bytes.append(contentsOf: "&quot;".utf8)
      case "'": bytes.append(contentsOf: "&#39;".utf8)
      case "\n", "\t": bytes.append(contentsOf: scalar.utf8)
      default: bytes.append(contentsOf: harmless(scalar).utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Each line of the text on its own line.
  static func withBreaks(_ text: String) -> String {
    text.lines.map { escaped($0) }.joined(separator: "<br>\n")
  }

  private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0: "\u{FFFD}"
    // Ends of lines and paragraphs, which a browser does not show and a printing program fails at.
    case 0x2028, 0x2029: "\u{2424}"
    // Not characters in HTML.
    case 0xFDD0...0xFDEF: "\u{FFFD}"
    case let value where value & 0xFFFE == 0xFFFE: "\u{FFFD}"
    default: scalar
    }
  }
}
