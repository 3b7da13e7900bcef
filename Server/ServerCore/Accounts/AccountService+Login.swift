internal import Crypto
internal import OperationLog
internal import SyncProtocol

extension AccountService {
  enum Verification {
    case verified(StoredAccount)
    case refused(LoginRefusal)
  }

  /// Whether a login key of the account signed a challenge of ours for this purpose. Throws
  /// `DamagedKeys`.
  ///
  /// An unknown account costs the same work as a known one, so that time tells them not apart.
  func verify(
    _ login: SignedChallenge, for purpose: LoginSignature.Purpose, from address: ClientAddress
  ) async throws -> Verification {
    guard acceptsServerName(login.serverName) else { return .refused(.serverName) }
    let now = clock.now()
    let claimed = AccountID(hexadecimal: login.account)
    let attempt: LoginLimiter.Attempt
    // However its digits are written, an account is one.
    let subject = claimed?.description ?? login.account
    switch limiter.begin(account: subject, address: address, at: now) {
    case .allowed(let allowed): attempt = allowed
    case .limited(let seconds): return .refused(.rateLimited(retryAfterSeconds: seconds))
    }
    let account: StoredAccount?
    if let claimed {
      account = try await storage.read { try $0.account(claimed) }
    } else {
      account = nil
    }
    let keys: KeysDocument
    do {
      keys = try (account?.keys ?? unknownAccounts.dummyKeys).document()
    } catch {
      // Nobody can guess right then, and whoever tries again when it is mended should not wait.
      limiter.forgive(attempt)
      throw error
    }
    let key =
      switch login.key {
      case .passphrase: keys.passphraseLoginKey
      case .recovery: keys.recoveryLoginKey
      }
    let message = LoginSignature.message(
      purpose: purpose, serverName: login.serverName, account: claimed?.bytes ?? [],
      challenge: login.challenge.bytes)
    let isSigned =
      (try? Curve25519.Signing.PublicKey(rawRepresentation: key.bytes))?
      .isValidSignature(login.signature.bytes, for: message) ?? false
    guard let account, isSigned,
      challenges.redeem(login.challenge.bytes, for: account.id, at: now)
    else { return .refused(.loginFailed) }
    limiter.forgive(attempt)
    return .verified(account)
  }
}
