/// The part of YAML that front matter needs: scalars and lists on one line.
enum YAMLText {
  /// A text as a scalar: plain where that can mean nothing else, else in double quotes.
  static func written(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  static func written(_ texts: [String]) -> String {
    "[" + texts.map(written).joined(separator: ", ") + "]"
  }

  /// The value of a scalar on one line, without quotes; `~` and `null` are empty.
  static func scalar(_ text: String) -> String {
    // By scalars: a combining mark after a quote would hide it.
    if let first = text.unicodeScalars.first, first == "\"" || first == "'" {
      return unquoted(text)
    }
    let value = text.withoutWhiteSpaceAtEnd
    return value == "~" || value == "null" ? "" : value
  }

  /// A value on one line, and the comment behind it.
  ///
  /// Only behind quotes and lists does a mark begin one that has no space after it, though YAML has
  /// it so everywhere: in a diary `#river` is a tag, and `Song #5` a title.
  static func split(comment text: String) -> (value: String, comment: String?) {
    let scalars = text.unicodeScalars
    let end = endOfClosed(scalars)
    if let end, scalars[end...].allSatisfy(\.properties.isWhitespace) { return (text, nil) }
    var mayBegin = end == nil
    for index in scalars[(end ?? scalars.startIndex)...].indices {
      let scalar = scalars[index]
      let after = scalars.index(after: index)
      let endsWord = after == scalars.endIndex || scalars[after].properties.isWhitespace
      if scalar == "#", mayBegin, endsWord || end != nil {
        let comment = String(scalars[after...]).trimmedOfWhiteSpace
        return (String(scalars[..<index]).withoutWhiteSpaceAtEnd, comment)
      }
      mayBegin = scalar.properties.isWhitespace
      // Something else stands there: the quotes or brackets were not all of it.
      if end != nil && !mayBegin { break }
    }
    return (text, nil)
  }

  /// Where what a quote or bracket opens at the beginning has ended; `nil` for everything else.
  private static func endOfClosed(_ scalars: String.UnicodeScalarView) -> String.Index? {
    guard let first = scalars.first, "\"'[".unicodeScalars.contains(first) else { return nil }
    var quote = first == "[" ? nil : first
    var depth = first == "[" ? 1 : 0
    var isEscaped = false
    for index in scalars.indices.dropFirst() {
      let scalar = scalars[index]
      if isEscaped {
        isEscaped = false
      } else if let open = quote {
        let after = scalars.index(after: index)
        if open == "\"" ? scalar == "\\" : scalars[index...].starts(with: ["'", "'"]) {
          isEscaped = true
        } else if scalar == open {
          quote = nil
          if depth == 0 { return after }
        }
      } else if scalar == "[" {
        depth += 1
      } else if scalar == "]" {
        depth -= 1
        if depth == 0 { return scalars.index(after: index) }
      } else if scalar == "\"" || scalar == "'", startsItem(index, in: scalars) {
        quote = scalar
      }
    }
    return nil
  }

  /// An apostrophe within a word opens nothing.
  private static func startsItem(
    _ index: String.Index, in scalars: String.UnicodeScalarView
  ) -> Bool {
    let before = scalars[..<index].last { !$0.properties.isWhitespace }
    return before == "[" || before == ","
  }

  /// What stands in quotes; a text without them as it is.
  static func unquoted(_ text: String) -> String {
    guard text.unicodeScalars.count >= 2, let quote = text.unicodeScalars.first,
      quote == "\"" || quote == "'", text.unicodeScalars.last == quote
    else { return text }
    let inner = text.unicodeScalars.dropFirst().dropLast()
    if quote == "'" { return String(inner).replacing("''", with: "'") }
    return unescaped(inner)
  }

  /// The items between brackets; `nil` for lists in lists.
  static func flowList(_ text: String) -> [String]? {
    var items: [String] = []
    var item = String.UnicodeScalarView()
    var quote: Unicode.Scalar?
    var isEscaped = false
    for scalar in text.unicodeScalars.dropFirst().dropLast() {
      if let open = quote {
        item.append(scalar)
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" && open == "\"" {
          isEscaped = true
        } else if scalar == open {
          quote = nil
        }
      } else if scalar == "," {
        items.append(String(item))
        item = String.UnicodeScalarView()
      } else if scalar == "[" || scalar == "{" {
        // Obsidian's [[links]] are no lists, but no plain names either.
        return nil
      } else {
        if (scalar == "\"" || scalar == "'") && String(item).isBlankText { quote = scalar }
        item.append(scalar)
      }
    }
    guard quote == nil else { return nil }
    items.append(String(item))
    return items.map { Self.scalar($0.trimmedOfWhiteSpace) }.filter { !$0.isEmpty }
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.last != UInt8(ascii: " "),
      text.utf8.allSatisfy({ isLetter($0) || isDigit($0) || " _./-".utf8.contains($0) })
    else { return false }
    return !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
      .contains(text.lowercased())
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func quoted(_ text: String) -> String {
    var quoted = ""
    quoted.appendQuoted(text) { scalar in
      switch scalar {
      // A field may stand in an HTML comment, which ends at `-->`.
      case ">": true
      // A byte order mark, and what is no character.
      case "\u{FEFF}", "\u{FFFE}", "\u{FFFF}": true
      default: false
      }
    }
    return quoted
  }

  private static func unescaped(
    _ scalars: Substring.UnicodeScalarView
  ) -> String {
    var text = String.UnicodeScalarView()
    var rest = scalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let escape = rest.popFirst() else {
        text.append(scalar)
        continue
      }
      switch escape {
      case "n": text.append("\n")
      case "r": text.append("\r")
      case "t": text.append("\t")
      case "0": text.append("\0")
      case "x", "u", "U":
        let count = escape == "x" ? 2 : escape == "u" ? 4 : 8
        let digits = rest.prefix(count)
        if digits.count == count, let value = UInt32(String(digits), radix: 16),
          let character = Unicode.Scalar(value)
        {
          rest = rest.dropFirst(count)
          text.append(character)
        } else {
          text.append("\\")
          text.append(escape)
        }
      default: text.append(escape)
      }
    }
    return String(text)
  }
}
