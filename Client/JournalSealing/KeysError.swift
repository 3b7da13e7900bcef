package import SyncProtocol

/// Why an account's keys cannot be opened or made.
package enum KeysError: Error, Hashable {
  /// The server asks for a derivation that could be guessed too fast.
  case weakParameters(DerivationParameters)
  /// The server asks for a derivation that would take all of the machine.
  case excessiveParameters(DerivationParameters)
  case impossibleParameters(DerivationParameters)
  /// The document is not well-formed: a length or an id is wrong.
  case malformedDocument
  /// The document belongs to another account.
  case otherAccount
  /// The wrong passphrase, or the wrong recovery code.
  case wrongSecret(LoginKeyKind)
  /// The account key does not open the canary: the document was changed, or is not of this key.
  case wrongAccountKey
  /// Deriving the key failed, for want of memory.
  case derivationFailed
}
