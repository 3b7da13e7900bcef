internal import JournalSealing

extension Messages {
  /// Passphrases and recovery codes; none of these ever holds one.
  enum Secrets {
    static let wrong = "The account or the passphrase is wrong. Nothing was changed."
    static let noMemory =
      "There is not enough memory to derive the key: it takes 128 MiB. Try again."
    static let keysRefused =
      "The server's keys for this account are not right, so nothing was sent or taken. "
      + "Ask whoever runs the server."

    static func passphrase(_ error: PassphraseError) -> String {
      switch error {
      case .empty: "The passphrase is empty."
      case .controlCharacter: "The passphrase holds a tab or another control character."
      case .unassignedCharacter: "The passphrase holds a character that Unicode does not define."
      case .tooLong(let bytesMax): "The passphrase has more than \(bytesMax) bytes."
      }
    }

    static func recoveryCode(_ error: RecoveryCodeError) -> String {
      switch error {
      case .foreignCharacter(let character):
        "A recovery code has no “\(character)” in it. It is six groups of five letters and digits."
      case .wrongLength(let count, let expected):
        "A recovery code has \(expected) letters and digits; these are \(count)."
      case .wrongCheck:
        "Something in the recovery code is read or typed wrong: its last group does not fit."
      }
    }
  }
}
