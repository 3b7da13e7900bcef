/// A piece of a text that changes as one: a word, or what stands between words.
///
/// Words are equal when their bytes are, as all text in the journal is.
struct TextWord: Hashable {
  let text: Substring
  let kind: Kind

  enum Kind: Hashable {
    case word
    /// White space within a line.
    case blank
    case lineEnd
    /// Punctuation, a symbol, an emoji.
    case mark
  }

  static func == (left: TextWord, right: TextWord) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension TextWord {
  /// The words of a text in order: joined, they are the text again.
  ///
  /// Cut is where readers see a word end: Unicode's word boundaries (UAX #29), simplified. Words
  /// of scripts written without spaces are not in any table here, so each of their characters is
  /// one; Katakana, which spells whole words, stays together. A character is never cut.
  static func words(of text: String) -> [TextWord] {
    var scanner = WordScanner(text)
    var words: [TextWord] = []
    while let word = scanner.next() { words.append(word) }
    return words
  }
}

private struct WordScanner {
  private let text: String
  private var position: String.Index

  init(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    self.text = text
    position = text.startIndex
  }

  mutating func next() -> TextWord? {
    guard position < text.endIndex else { return nil }
    let start = position
    let first = CharacterClass(text[start])
    advance()
    switch first {
    case .blank: skip(.blank)
    case .katakana: skip(.katakana)
    case .letter, .digit: finishWord(after: first)
    case .lineEnd, .alone, .mark: break
    }
    return TextWord(text: text[start..<position], kind: first.kind)
  }

  private mutating func skip(_ wanted: CharacterClass) {
    while position < text.endIndex, CharacterClass(text[position]) == wanted { advance() }
  }

  /// Letters and digits, and a mark between two of them that belongs there: `don't`, `3.14`.
  private mutating func finishWord(after first: CharacterClass) {
    var last = first
    while position < text.endIndex {
      let character = text[position]
      let found = CharacterClass(character)
      if found == .letter || found == .digit {
        last = found
      } else {
        let next = text.index(after: position)
        guard found == .mark, next < text.endIndex, CharacterClass(text[next]) == last,
          last == .letter ? Self.joinsLetters(character) : Self.joinsDigits(character)
        else { return }
        advance()
      }
      advance()
    }
  }

  private mutating func advance() {
    position = text.index(after: position)
  }

  private static func joinsLetters(_ mark: Character) -> Bool {
    switch mark {
    case "'", "’", ".", "·": true
    default: false
    }
  }

  private static func joinsDigits(_ mark: Character) -> Bool {
    switch mark {
    case ".", ",", "'", "’", ":": true
    default: false
    }
  }
}

private enum CharacterClass {
  case lineEnd
  case blank
  case letter
  case digit
  case katakana
  /// A word by itself.
  case alone
  case mark

  init(_ character: Character) {
    guard let scalar = character.unicodeScalars.first else {
      self = .mark
      return
    }
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: self = .lineEnd
    case 0x09, 0x20: self = .blank
    case 0x30...0x39: self = .digit
    case 0x41...0x5A, 0x5F, 0x61...0x7A: self = .letter
    case 0..<0x80: self = .mark
    default: self.init(beyondASCII: scalar)
    }
  }

  private init(beyondASCII scalar: Unicode.Scalar) {
    let properties = scalar.properties
    if properties.isWhitespace {
      self = .blank
    } else if Self.isKatakana(scalar) {
      self = .katakana
    } else if properties.isIdeographic || Self.isWrittenWithoutSpaces(scalar) {
      self = .alone
    } else if properties.generalCategory == .decimalNumber {
      self = .digit
    } else {
      self = properties.isAlphabetic ? .letter : .mark
    }
  }

  var kind: TextWord.Kind {
    switch self {
    case .lineEnd: .lineEnd
    case .blank: .blank
    case .letter, .digit, .katakana, .alone: .word
    case .mark: .mark
    }
  }

  private static func isKatakana(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: true
    default: false
    }
  }

  /// Hiragana, and what Unicode's LineBreak.txt has as SA: Thai, Lao, Burmese, Khmer and others.
  private static func isWrittenWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19DF, 0x1A20...0x1AAD,
      0x3041...0x309F, 0xA9E0...0xA9FF, 0xAA60...0xAADF:
      true
    default: false
    }
  }
}
