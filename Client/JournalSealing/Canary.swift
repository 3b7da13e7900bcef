internal import Crypto
internal import Foundation
internal import OperationLog
internal import SyncProtocol

/// A known text sealed under the account key: shows that the key is the right one before anything
/// is written with it, and that nobody without the key changed the keys document.
///
/// AES-256-GCM; key and nonce are the 44 bytes of HKDF-SHA256(account key, salt: account id, info:
/// `ebb/canary/1` and the document's bytes); authenticated: the document's bytes. Those are:
///
/// | bytes | field |
/// |---|---|
/// | 8 | version |
/// | 16 | account id |
/// | 16 | salt |
/// | 8, 8, 8 | scrypt's rounds, block size, parallelism |
/// | 32, 32 | passphrase and recovery login keys |
/// | 60, 60 | passphrase and recovery wraps |
///
/// The canary is the ciphertext of `ebb canary 1` and the 16 bytes of the tag.
enum Canary {
  private static let text = Array("ebb canary 1".utf8)

  static func seal(
    _ document: KeysDocument, with key: AccountKey, account: AccountID
  ) throws(KeysError) -> [UInt8] {
    let bytes = bytes(document, account)
    guard let (sealingKey, nonce) = try? sealing(bytes, key, account),
      let box = try? AES.GCM.seal(text, using: sealingKey, nonce: nonce, authenticating: bytes)
    else { throw .derivationFailed }
    return Array(box.ciphertext + box.tag)
  }

  static func opens(
    _ document: KeysDocument, with key: AccountKey, account: AccountID
  ) -> Bool {
    let bytes = bytes(document, account)
    guard let (sealingKey, nonce) = try? sealing(bytes, key, account),
      let box = try? AES.GCM.SealedBox(combined: Array(nonce) + document.canary.bytes),
      let opened = try? AES.GCM.open(box, using: sealingKey, authenticating: bytes)
    else { return false }
    return Array(opened) == text
  }

  private static func sealing(
    _ bytes: [UInt8], _ key: AccountKey, _ account: AccountID
  ) throws -> (SymmetricKey, AES.GCM.Nonce) {
    let material = KeyDerivation(secret: key.bytes, account: account)
      .key(Array("ebb/canary/1".utf8) + bytes, count: 44)
      .withUnsafeBytes(Array.init)
    return (
      SymmetricKey(data: material.prefix(32)), try AES.GCM.Nonce(data: material.suffix(12))
    )
  }

  private static func bytes(_ document: KeysDocument, _ account: AccountID) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: UInt64(bitPattern: Int64(document.version)))
    bytes += account.bytes
    bytes += document.salt.bytes
    for number in [
      document.parameters.rounds, document.parameters.blockSize, document.parameters.parallelism,
    ] {
      bytes.append(bigEndian: UInt64(bitPattern: Int64(number)))
    }
    for field in [
      document.passphraseLoginKey, document.recoveryLoginKey, document.passphraseWrap,
      document.recoveryWrap,
    ] {
      bytes += field.bytes
    }
    return bytes
  }
}
