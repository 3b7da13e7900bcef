internal import Crypto
internal import Foundation
internal import OperationLog
internal import SyncProtocol

/// The account key, sealed under a wrap key with AES-256-GCM.
///
/// | bytes | field |
/// |---|---|
/// | 12 | nonce, random |
/// | 32 | the account key, encrypted |
/// | 16 | tag |
///
/// Authenticated with it: `ebb/wrap/1`, 0, `passphrase` or `recovery`, 0, the account id.
enum KeyWrap {
  static let count = 60

  static func wrap(_ key: AccountKey, under root: RootKey) throws(KeysError) -> [UInt8] {
    guard
      let box = try? AES.GCM.seal(
        key.bytes, using: root.wrapKey, authenticating: authenticated(root)),
      let combined = box.combined
    else { throw .derivationFailed }
    return Array(combined)
  }

  static func unwrap(_ wrap: [UInt8], under root: RootKey) throws(KeysError) -> AccountKey {
    guard wrap.count == count else { throw .malformedDocument }
    guard let box = try? AES.GCM.SealedBox(combined: wrap),
      let bytes = try? AES.GCM.open(
        box, using: root.wrapKey, authenticating: authenticated(root)),
      let key = AccountKey(bytes)
    else { throw .wrongSecret(root.kind) }
    return key
  }

  private static func authenticated(_ root: RootKey) -> [UInt8] {
    Array("ebb/wrap/1".utf8) + [0] + Array(root.kind.rawValue.utf8) + [0] + root.account.bytes
  }
}
