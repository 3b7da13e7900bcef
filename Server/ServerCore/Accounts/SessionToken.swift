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
    guard text.utf8.count == 43, !text.contains("+"), !text.contains("/") else { return nil }
    let standard =
      text
      .replacingOccurrences(of: "-", with: "+")
      .replacingOccurrences(of: "_", with: "/") + "="
    guard let bytes = Data(base64Encoded: standard), bytes.count == 32 else { return nil }
    return SecretHash(of: Array(bytes))
  }
}
