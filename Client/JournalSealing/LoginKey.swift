internal import Crypto
internal import Foundation
package import OperationLog
package import SyncProtocol

/// One of an account's two login keys (Ed25519); the server keeps the public half.
package struct LoginKey: Secret, Sendable {
  package let kind: LoginKeyKind
  package let account: AccountID
  private let key: Curve25519.Signing.PrivateKey

  init(seed: SymmetricKey, kind: LoginKeyKind, account: AccountID) throws(KeysError) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    else { throw .derivationFailed }
    self.key = key
    self.kind = kind
    self.account = account
  }

  /// 32 bytes.
  package var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// Signs a server's challenge for one purpose, at one server, for this account.
  ///
  /// - Parameter serverName: the host in the client's URL: lower case, without port.
  package func sign(
    _ challenge: [UInt8], purpose: LoginSignature.Purpose, serverName: String
  ) throws(KeysError) -> SignedChallenge {
    let message = LoginSignature.message(
      purpose: purpose, serverName: serverName, account: account.bytes, challenge: challenge)
    guard let signature = try? key.signature(for: message) else { throw .derivationFailed }
    return SignedChallenge(
      account: account.description, challenge: Base64Bytes(challenge), serverName: serverName,
      key: kind, signature: Base64Bytes(Array(signature)))
  }
}
