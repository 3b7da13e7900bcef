/// Text in HTML, where nothing of it means anything but itself.
enum HTMLText {
  /// Controls, which HTML forbids, become their pictures: U+2400 and on.
  static func escaped(_ text: some StringProtocol) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t": escaped.append(scalar)
      default: escaped.append(harmless(scalar))
      }
    }
    return String(escaped)
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
