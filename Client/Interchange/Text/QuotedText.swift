extension String {
  /// Appends a text in double quotes, by the escapes that JSON and YAML share: controls and what
  /// ends a line never stand as they are.
  ///
  /// - Parameter isEscaped: says what else is escaped, of the characters below U+10000.
  mutating func appendQuoted(_ text: String, escaping isEscaped: (Unicode.Scalar) -> Bool) {
    self += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": self += "\\\""
      case "\\": self += "\\\\"
      case "\n": self += "\\n"
      case "\r": self += "\\r"
      case "\t": self += "\\t"
      case _ where scalar.isControlOrLineEnd || isEscaped(scalar):
        let digits = String(scalar.value, radix: 16)
        self += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: unicodeScalars.append(scalar)
      }
    }
    self += "\""
  }
}

extension Unicode.Scalar {
  fileprivate var isControlOrLineEnd: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }
}
