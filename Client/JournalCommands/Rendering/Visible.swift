internal import Interchange

/// Text made safe to show: nothing in it can move the cursor, change colours, reorder the line or
/// pretend to be something else.
///
/// Control characters are shown as their pictures (ESC as `␛`), the second set of controls and
/// the characters that turn the direction of writing as `<U+202E>`. The text itself is kept; JSON
/// carries it whole.
package enum Visible {
  /// Keeps line ends, shows tabs as four spaces.
  package static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    var afterReturn = false
    for scalar in text.unicodeScalars {
      // "\r\n" is one line end; a return alone would overwrite the line.
      if afterReturn && scalar != "\n" { line += picture(0x0D) }
      afterReturn = false
      switch scalar {
      case "\n":
        lines.append(line)
        line = ""
      case "\r": afterReturn = true
      case "\t": line += "    "
      default: append(scalar, to: &line)
      }
    }
    if afterReturn { line += picture(0x0D) }
    lines.append(line)
    return lines
  }

  /// One line; white space of any length and kind is one space.
  package static func line(_ text: String) -> String {
    var line = ""
    var spaceBefore = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        spaceBefore = !line.isEmpty
        continue
      }
      if spaceBefore { line += " " }
      spaceBefore = false
      append(scalar, to: &line)
    }
    return line
  }

  private static func append(_ scalar: Unicode.Scalar, to line: inout String) {
    switch scalar.value {
    case 0..<0x20: line += picture(scalar.value)
    case 0x7F: line += "\u{2421}"
    case 0x80..<0xA0, 0x2028, 0x2029: line += name(scalar)
    case _ where scalar.turnsDirection: line += name(scalar)
    default: line.unicodeScalars.append(scalar)
    }
  }

  /// Unicode's control pictures stand in the order of what they picture.
  private static func picture(_ control: UInt32) -> String {
    Unicode.Scalar(0x2400 + control).map { String(Character($0)) } ?? "\u{FFFD}"
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }
}
