internal import Crypto
internal import OperationLog

/// HKDF-SHA256 (RFC 5869) from one secret, for one account.
struct KeyDerivation {
  private let key: HashedAuthenticationCode<SHA256>

  /// - Parameters:
  ///   - secret: the input key material.
  ///   - account: the salt, so that equal secrets of two accounts give different keys.
  init(secret: [UInt8], account: AccountID) {
    key = HKDF<SHA256>.extract(
      inputKeyMaterial: SymmetricKey(data: secret), salt: account.bytes)
  }

  /// The key of that name; `count` in bytes.
  func key(_ info: String, count: Int = 32) -> SymmetricKey {
    key([UInt8](info.utf8), count: count)
  }

  func key(_ info: [UInt8], count: Int) -> SymmetricKey {
    HKDF<SHA256>.expand(pseudoRandomKey: key, info: info, outputByteCount: count)
  }
}
