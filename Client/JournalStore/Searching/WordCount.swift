/// Counts words as people do: what white space separates and has a letter or digit in it; of
/// scripts without spaces, each character.
package enum WordCount {
  package static func words(in text: String) -> Int {
    var text = text
    return text.withUTF8 { words(in: UnsafeRawBufferPointer($0)) }
  }

  static func words(in utf8: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var isCounted = false
    for byte in utf8 {
      if byte >= 0x80 { return slowly(String(decoding: utf8, as: UTF8.self)) }
      if byte <= 0x20 {
        isCounted = false
      } else if !isCounted, byte.isLetterOrDigit {
        count += 1
        isCounted = true
      }
    }
    return count
  }

  private static func slowly(_ text: String) -> Int {
    var count = 0
    var isCounted = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        isCounted = false
      } else if scalar.isUnspaced {
        if scalar.properties.generalCategory != .nonspacingMark { count += 1 }
        isCounted = true
      } else if !isCounted, scalar.isWordPart {
        count += 1
        isCounted = true
      }
    }
    return count
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self & 0xDF)
  }
}
