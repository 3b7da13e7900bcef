internal import Crypto
internal import Foundation
internal import OperationLog
internal import SyncProtocol

/// What is answered for accounts that are not there: made from the server's secret, so that the
/// same name always gets the same, and nobody can tell them from accounts that are.
struct UnknownAccounts: Sendable {
  private let secret: SymmetricKey
  /// The document of nobody: a signature is verified against it when there is no account.
  let dummyKeys: StoredKeys

  init(secret: [UInt8]) throws {
    self.secret = SymmetricKey(data: secret)
    let loginKey = try Curve25519.Signing.PrivateKey(
      rawRepresentation: Self.mac(self.secret, "login key", [])
    ).publicKey.rawRepresentation
    dummyKeys = try KeysDocumentRules.stored(
      KeysDocument(
        version: 1, account: String(repeating: "0", count: 32),
        salt: Base64Bytes(Array(repeating: 0, count: 16)), parameters: .standard,
        passphraseLoginKey: Base64Bytes(Array(loginKey)),
        recoveryLoginKey: Base64Bytes(Array(loginKey)),
        passphraseWrap: Base64Bytes(Array(repeating: 0, count: 60)),
        recoveryWrap: Base64Bytes(Array(repeating: 0, count: 60)),
        canary: Base64Bytes(Array(repeating: 0, count: 48)))
    )
  }

  struct Answer: Hashable, Sendable {
    let account: [UInt8]
    let salt: [UInt8]
  }

  func answer(for name: String) -> Answer {
    let name = Array(name.utf8)
    return Answer(
      account: Array(Self.mac(secret, "account", name).prefix(AccountID.count)),
      salt: Array(Self.mac(secret, "salt", name).prefix(16)))
  }

  private static func mac(_ secret: SymmetricKey, _ label: String, _ name: [UInt8]) -> [UInt8] {
    Array(
      HMAC<SHA256>.authenticationCode(for: Array(label.utf8) + [0] + name, using: secret))
  }
}
