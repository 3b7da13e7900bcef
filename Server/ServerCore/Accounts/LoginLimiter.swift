private import Synchronization

/// Makes guessing slow: attempts that fail one after the other cost more and more time, for an
/// account and for an address, but never lock anyone out for good.
///
/// An attempt counts as failed from its beginning until it is forgiven, so that many at once gain
/// nothing. Memory is bounded: the longest quiet are forgotten first.
final class LoginLimiter: Sendable {
  /// Failures that cost nothing.
  static let freeFailures = 5
  static let delaySecondsMax = 300
  /// After so long without a failure all is forgotten.
  static let memoryMilliseconds: Int64 = 60 * 60 * 1000
  static let entriesMax = 20_000

  private enum Subject: Hashable {
    case account(String)
    case address(ClientAddress)
  }

  private struct Failures {
    var count = 0
    var lastAt: Int64 = 0
  }

  private let failuresBySubject = Mutex<[Subject: Failures]>([:])

  struct Attempt: Sendable {
    fileprivate let account: String?
    fileprivate let address: ClientAddress
    fileprivate let at: Int64
    /// When the address had failed last before.
    fileprivate let addressFailedAt: Int64?
  }

  enum Decision: Sendable {
    case allowed(Attempt)
    case limited(retryAfterSeconds: Int)
  }

  func begin(account: String?, address: ClientAddress, at now: Int64) -> Decision {
    let account = account.map { String($0.prefix(64)) }
    let subjects = [account.map(Subject.account), .address(address)].compactMap { $0 }
    return failuresBySubject.withLock { failures in
      let wait = subjects.compactMap { failures[$0] }.map { Self.wait($0, at: now) }.max() ?? 0
      guard wait == 0 else {
        return .limited(retryAfterSeconds: Int((wait + 999) / 1000))
      }
      if failures.count + subjects.count > Self.entriesMax { Self.shrink(&failures, at: now) }
      let addressFailedAt = failures[.address(address)]?.lastAt
      for subject in subjects {
        var entry = failures[subject] ?? Failures()
        if now - entry.lastAt > Self.memoryMilliseconds { entry.count = 0 }
        entry.count += 1
        entry.lastAt = now
        failures[subject] = entry
      }
      return .allowed(
        Attempt(account: account, address: address, at: now, addressFailedAt: addressFailedAt))
    }
  }

  /// The attempt succeeded: the account starts anew, the address is as before.
  func forgive(_ attempt: Attempt) {
    failuresBySubject.withLock { failures in
      if let account = attempt.account { failures[.account(account)] = nil }
      guard var entry = failures[.address(attempt.address)] else { return }
      entry.count -= 1
      if let before = attempt.addressFailedAt, entry.lastAt == attempt.at { entry.lastAt = before }
      failures[.address(attempt.address)] = entry.count > 0 ? entry : nil
    }
  }

  /// Milliseconds still to wait: 1 second after the fifth failure, then twice as long each time.
  private static func wait(_ failures: Failures, at now: Int64) -> Int64 {
    let beyond = failures.count - freeFailures
    // A clock that was set back must not lock anyone out.
    guard beyond >= 0, now >= failures.lastAt else { return 0 }
    let delay = Int64(min(1 << min(beyond, 20), delaySecondsMax)) * 1000
    return max(0, failures.lastAt + delay - now)
  }

  private static func shrink(_ failures: inout [Subject: Failures], at now: Int64) {
    failures = failures.filter { now - $0.value.lastAt <= memoryMilliseconds }
    guard failures.count > entriesMax * 9 / 10 else { return }
    let kept = failures.sorted { $0.value.lastAt > $1.value.lastAt }.prefix(entriesMax * 9 / 10)
    failures = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
  }
}
