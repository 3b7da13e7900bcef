/// Goes through the text of a note, taking what it is asked for where it has come to.
struct NoteScanner {
  private let scalars: [Unicode.Scalar]
  var position = 0

  init(_ text: String) {
    // A name longer than this is none; the date stands at its beginning.
    scalars = Array(text.unicodeScalars.prefix(512))
  }

  var isAtEnd: Bool { position == scalars.count }
  var next: Unicode.Scalar? { isAtEnd ? nil : scalars[position] }
  var isAtLetter: Bool { next?.properties.isAlphabetic == true }
  var isAtDigit: Bool { next.map { ("0"..."9").contains($0) } ?? false }
  /// Whether a word goes on here.
  var isInWord: Bool { next.map(Self.isOfWord) ?? false }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  func text(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(scalars[range]))
  }

  /// What stands before `start` and behind what was read, without what separated them.
  func words(withoutTextFrom start: Int) -> String {
    let parts = [scalars[..<start], scalars[position...]].map { part in
      let bare = part.drop { Self.separators.contains($0) }.reversed()
        .drop { Self.separators.contains($0) }.reversed()
      return String(String.UnicodeScalarView(bare))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static let separators = Array(" -_–—.,:;|/·()[]".unicodeScalars)
}

// Taking.
extension NoteScanner {
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  /// Takes a word in either case, if it ends there.
  mutating func take(word: String) -> Bool {
    let end = position + word.unicodeScalars.count
    guard end <= scalars.count, end == scalars.count || !Self.isOfWord(scalars[end]),
      text(position..<end).lowercased() == word
    else { return false }
    position = end
    return true
  }

  /// One of these, whichever it is.
  mutating func take(oneOf scalars: String) -> Unicode.Scalar? {
    guard let scalar = next, scalars.unicodeScalars.contains(scalar) else { return nil }
    position += 1
    return scalar
  }

  /// All of these that come.
  mutating func skip(_ scalars: String) {
    while take(oneOf: scalars) != nil {}
  }

  mutating func takeLetters() -> String {
    let start = position
    while isAtLetter { position += 1 }
    return text(start..<position)
  }

  mutating func takeDigits() -> [Unicode.Scalar] {
    let start = position
    while isAtDigit { position += 1 }
    return Array(scalars[start..<position])
  }
}
