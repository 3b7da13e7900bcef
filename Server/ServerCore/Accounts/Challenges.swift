internal import Crypto
internal import OperationLog
private import Synchronization

/// Challenges to be signed: good for one account, once, for two minutes.
///
/// A challenge carries its own proof, so asking for many of them takes no memory here; only
/// those that a login key has signed are remembered, until they would have expired.
///
/// | bytes | field |
/// |---|---|
/// | 8 | expiry, Unix time in milliseconds, big-endian |
/// | 8 | nonce |
/// | 16 | HMAC-SHA256 of both and the account id, under a key of this process, cut |
final class Challenges: Sendable {
  static let nonceBytes = 8
  private static let lifeMilliseconds: Int64 = 2 * 60 * 1000
  private static let redeemedMax = 100_000

  private let key: SymmetricKey
  private let expiryByRedeemed = Mutex<[[UInt8]: Int64]>([:])

  init(key: [UInt8]) {
    self.key = SymmetricKey(data: key)
  }

  func issue(for account: [UInt8], nonce: [UInt8], at now: Int64) -> [UInt8] {
    var challenge: [UInt8] = []
    challenge.append(bigEndian: UInt64(max(now, 0) + Self.lifeMilliseconds))
    challenge += nonce
    return challenge + proof(of: challenge, account)
  }

  /// Whether a challenge is one of ours for this account, in time, and used for the first time.
  ///
  /// To be asked last, when the signature is known to be good.
  func redeem(_ challenge: [UInt8], for account: AccountID, at now: Int64) -> Bool {
    var reader = ByteReader(challenge)
    guard challenge.count == 32, let expiry = reader.integer(UInt64.self),
      isEqual(proof(of: Array(challenge.prefix(16)), account.bytes), Array(challenge.suffix(16))),
      now < Int64(clamping: expiry)
    else { return false }
    return expiryByRedeemed.withLock { redeemed in
      if redeemed.count >= Self.redeemedMax { redeemed = redeemed.filter { $0.value > now } }
      guard redeemed.count < Self.redeemedMax, redeemed[challenge] == nil else { return false }
      redeemed[challenge] = Int64(clamping: expiry)
      return true
    }
  }

  private func proof(of challenge: [UInt8], _ account: [UInt8]) -> [UInt8] {
    Array(
      HMAC<SHA256>.authenticationCode(for: challenge + account, using: key).prefix(16))
  }

  /// Takes the same time wherever the two differ.
  private func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
