/// The code of an invite: 80 random bits as four groups of four characters of Crockford's base32,
/// which has no letters that look like digits.
enum InviteCode {
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
  private static let characterCount = 16

  static func random(_ random: Randomness) -> String {
    let characters = random.bytes(characterCount).map { alphabet[Int($0 & 31)] }
    return stride(from: 0, to: characterCount, by: 4)
      .map { String(characters[$0..<($0 + 4)]) }
      .joined(separator: "-")
  }

  /// Takes what people type: any case, with or without hyphens and spaces, O for 0, I and L for 1.
  /// `nil` for what cannot be a code.
  static func hash(_ typed: String) -> SecretHash? {
    guard typed.utf8.count <= 64 else { return nil }
    var code = ""
    for character in typed.uppercased() where character != "-" && !character.isWhitespace {
      switch character {
      case "O": code.append("0")
      case "I", "L": code.append("1")
      default:
        guard alphabet.contains(character) else { return nil }
        code.append(character)
      }
    }
    guard code.count == characterCount else { return nil }
    return SecretHash(of: Array(code.utf8))
  }
}
