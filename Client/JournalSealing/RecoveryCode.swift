internal import Crypto

/// The way back into an account without its passphrase: 130 random bits on paper.
///
/// | characters | field |
/// |---|---|
/// | 26 | 130 bits, Crockford's base32, the most significant first |
/// | 4 | check: the first 20 bits of SHA-256 of the 26 characters (upper case, ASCII) |
///
/// Written as six groups of five with hyphens. The 26 characters are the secret that keys are
/// derived from.
package struct RecoveryCode: Secret, Hashable, Sendable {
  /// 26 upper-case characters of the alphabet.
  let symbols: [UInt8]

  package static func random(using generator: inout some RandomNumberGenerator) -> RecoveryCode {
    RecoveryCode(
      symbols: (0..<secretCount).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      })
  }

  /// Reads what a person typed: any case, I and L for 1, O for 0, with hyphens and white space
  /// wherever they fell.
  package init(parsing text: String) throws(RecoveryCodeError) {
    var symbols: [UInt8] = []
    for character in text {
      if character.isWhitespace || Self.dashes.contains(character) { continue }
      guard let symbol = Self.symbol(character) else { throw .foreignCharacter(character) }
      symbols.append(symbol)
    }
    let count = Self.secretCount + Self.checkCount
    guard symbols.count == count else { throw .wrongLength(symbols.count, expected: count) }
    self.init(symbols: Array(symbols.prefix(Self.secretCount)))
    guard check == Array(symbols.suffix(Self.checkCount)) else { throw .wrongCheck }
  }

  private init(symbols: [UInt8]) {
    self.symbols = symbols
  }

  /// Six groups of five.
  package var groups: [String] {
    let all = symbols + check
    return stride(from: 0, to: all.count, by: 5).map {
      String(decoding: all[$0..<($0 + 5)], as: UTF8.self)
    }
  }

  /// The code as people write it down.
  package var text: String { groups.joined(separator: "-") }

  private var check: [UInt8] {
    let bits = SHA256.hash(data: symbols).prefix(3).reduce(0) { $0 << 8 | Int($1) } >> 4
    return [15, 10, 5, 0].map { Self.alphabet[bits >> $0 & 31] }
  }
}

extension RecoveryCode {
  private static let secretCount = 26
  private static let checkCount = 4
  /// Crockford's: no I, L, O, U.
  static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
  private static let dashes: Set<Character> = ["-", "‐", "‑", "‒", "–", "—", "−", "_"]

  private static func symbol(_ character: Character) -> UInt8? {
    guard let ascii = character.asciiValue else { return nil }
    switch ascii & 0xDF {
    case UInt8(ascii: "O"): return UInt8(ascii: "0")
    case UInt8(ascii: "I"), UInt8(ascii: "L"): return UInt8(ascii: "1")
    case let letter where alphabet.contains(letter) && letter >= UInt8(ascii: "A"): return letter
    default: return alphabet.contains(ascii) ? ascii : nil
    }
  }
}

/// Why a text is no recovery code. The code itself is in none of these.
package enum RecoveryCodeError: Error, Hashable {
  case foreignCharacter(Character)
  case wrongLength(Int, expected: Int)
  /// The last four characters do not fit the rest: something was read or typed wrong.
  case wrongCheck
}
