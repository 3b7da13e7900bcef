/// What opens an account: kept by the server and by every device, which can register it again
/// on an empty server. The server can read it and still open nothing.
package struct KeysDocument: Codable, Hashable, Sendable {
  /// 1 at first; each change adds one.
  package var version: Int
  package var account: String
  /// 16 random bytes, made by the client.
  package var salt: Base64Bytes
  package var parameters: DerivationParameters
  /// Ed25519 public keys, 32 bytes.
  package var passphraseLoginKey: Base64Bytes
  package var recoveryLoginKey: Base64Bytes
  /// The account key, sealed under what passphrase and recovery code give.
  package var passphraseWrap: Base64Bytes
  package var recoveryWrap: Base64Bytes
  /// A known text sealed under the account key: opened before anything is pushed or pulled.
  package var canary: Base64Bytes

  package init(
    version: Int, account: String, salt: Base64Bytes, parameters: DerivationParameters,
    passphraseLoginKey: Base64Bytes, recoveryLoginKey: Base64Bytes, passphraseWrap: Base64Bytes,
    recoveryWrap: Base64Bytes, canary: Base64Bytes
  ) {
    self.version = version
    self.account = account
    self.salt = salt
    self.parameters = parameters
    self.passphraseLoginKey = passphraseLoginKey
    self.recoveryLoginKey = recoveryLoginKey
    self.passphraseWrap = passphraseWrap
    self.recoveryWrap = recoveryWrap
    self.canary = canary
  }
}

/// The parameters of scrypt (RFC 7914).
package struct DerivationParameters: Codable, Hashable, Sendable {
  package var rounds: Int
  package var blockSize: Int
  package var parallelism: Int

  package init(rounds: Int, blockSize: Int, parallelism: Int) {
    self.rounds = rounds
    self.blockSize = blockSize
    self.parallelism = parallelism
  }

  /// N = 2^17, r = 8, p = 1: 128 MiB. A client refuses anything weaker.
  package static let standard = DerivationParameters(rounds: 1 << 17, blockSize: 8, parallelism: 1)
}
