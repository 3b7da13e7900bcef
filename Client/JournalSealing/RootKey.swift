internal import Crypto
internal import CryptoExtras
internal import Foundation
package import OperationLog
package import SyncProtocol

/// What a passphrase or a recovery code comes to: the root of a login key and a wrap key.
///
/// | key | derivation |
/// |---|---|
/// | root, passphrase | scrypt(passphrase, salt of the keys document) to 32 bytes |
/// | root, recovery code | HKDF-SHA256(26 characters, salt: account id, info: `ebb/recovery/1`) |
/// | Ed25519 seed | HKDF-SHA256(root, salt: account id, info: `ebb/login/1`) |
/// | wrap key | HKDF-SHA256(root, salt: account id, info: `ebb/wrap/1`) |
package struct RootKey: Secret, Sendable {
  package let kind: LoginKeyKind
  package let account: AccountID
  /// For a passphrase, what it was derived with.
  let derivation: (salt: [UInt8], parameters: DerivationParameters)?
  private let root: KeyDerivation

  /// Takes a third of a second and 128 MiB with the standard parameters.
  ///
  /// - Throws: `KeysError` for parameters outside the policy.
  package init(
    passphrase: Passphrase, account: AccountID, salt: [UInt8], parameters: DerivationParameters,
    policy: DerivationPolicy = .strict
  ) throws(KeysError) {
    try policy.check(parameters)
    guard salt.count == Self.saltCount else { throw .malformedDocument }
    let work = policy.work(for: parameters)
    guard
      let root = try? KDF.Scrypt.deriveKey(
        from: passphrase.bytes, salt: salt, outputByteCount: 32, rounds: work.rounds,
        blockSize: work.blockSize, parallelism: work.parallelism)
    else { throw .derivationFailed }
    kind = .passphrase
    self.account = account
    derivation = (salt, parameters)
    self.root = KeyDerivation(secret: root.withUnsafeBytes(Array.init), account: account)
  }

  package init(recoveryCode: RecoveryCode, account: AccountID) {
    kind = .recovery
    self.account = account
    derivation = nil
    let root = KeyDerivation(secret: recoveryCode.symbols, account: account)
      .key("ebb/recovery/1")
    self.root = KeyDerivation(secret: root.withUnsafeBytes(Array.init), account: account)
  }

  /// Bytes of the salt.
  package static let saltCount = 16

  package var loginKey: LoginKey {
    get throws(KeysError) {
      try LoginKey(seed: root.key("ebb/login/1"), kind: kind, account: account)
    }
  }

  var wrapKey: SymmetricKey { root.key("ebb/wrap/1") }
}
