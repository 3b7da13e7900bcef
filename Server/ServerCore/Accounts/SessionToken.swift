private import Foundation

/// The token of a session: 256 random bits, written as base64url without padding.
struct SessionToken: Sendable {
  let text: String
  let hash: SecretHash

  static func random(_ random: Randomness) -> SessionToken {
    let bytes = random.bytes(32)
    let text = Data(bytes).base64EncodedString()
      .replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
    return SessionToken(text: text, hash: SecretHash(of: bytes))
  }

  /// `nil` for a text that cannot be a token.
  static func hash(_ text: String) -> SecretHash? {
    // By bytes: every request comes here.
    let url = text.utf8
    guard url.count == 43, !url.contains(UInt8(ascii: "+")), !url.contains(UInt8(ascii: "/"))
    else { return nil }
    let standard = url.map { byte in
      switch byte {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: byte
      }
    }
    guard let bytes = Data(base64Encoded: Data(standard + [UInt8(ascii: "=")])), bytes.count == 32
    else { return nil }
    return SecretHash(of: Array(bytes))
  }
}
