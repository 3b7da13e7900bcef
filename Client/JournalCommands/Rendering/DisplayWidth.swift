/// How many columns of a terminal text takes.
///
/// East Asian wide characters and emoji take two, combining and invisible ones none. Terminals
/// differ in corners; being one column off there is harmless.
package enum DisplayWidth {
  package static func of(_ text: String) -> Int {
    text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + of($1) }
  }

  /// Of text with escape codes for styles in it, which take no columns.
  static func of(_ text: String, withStyles: Bool) -> Int {
    guard text.utf8.contains(0x1B) else { return of(text) }
    let parts = text.split(separator: "\u{1B}[", omittingEmptySubsequences: false)
    return parts.enumerated().reduce(0) { width, part in
      let shown = part.offset == 0 ? part.element : part.element.drop { $0 != "m" }.dropFirst()
      return width + of(String(shown))
    }
  }

  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.value < 0x300 && scalars.count == 1 { return 1 }
    if isWide(first) || first.properties.isEmojiPresentation { return 2 }
    if scalars.contains("\u{FE0F}") && first.properties.isEmoji { return 2 }
    let spacing = scalars.dropFirst().count(where: \.takesColumnBehindLetter)
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return spacing
    default: return 1 + spacing
    }
  }

  /// Cut to at most `columns`, with an ellipsis if anything is missing.
  package static func cut(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    guard columns > 0 else { return "" }
    return prefix(text, columns: columns - 1).trimmingTrailingSpaces + "…"
  }

  /// As much of the beginning as fits.
  static func prefix(_ text: String, columns: Int) -> Substring {
    var end = text.startIndex
    var width = 0
    while end < text.endIndex {
      width += of(text[end])
      if width > columns { break }
      text.formIndex(after: &end)
    }
    return text[..<end]
  }

  /// As much of the end as fits.
  static func suffix(_ text: String, columns: Int) -> Substring {
    var start = text.endIndex
    var width = 0
    while start > text.startIndex {
      let before = text.index(before: start)
      width += of(text[before])
      if width > columns { break }
      start = before
    }
    return text[start...]
  }

  /// Filled with spaces on the right.
  package static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - of(text)))
  }

  /// The ranges of width W and F in Unicode's EastAsianWidth.txt, neighbours joined.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Whether it has a column of its own though it belongs to the letter before it, as `wcwidth` of
  /// glibc has it: vowel signs of Indian scripts, and of Thai and Lao those that are letters.
  fileprivate var takesColumnBehindLetter: Bool {
    properties.generalCategory == .spacingMark || self == "\u{E33}" || self == "\u{EB3}"
  }
}
