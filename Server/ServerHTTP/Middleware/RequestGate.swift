internal import Hummingbird
internal import OperationLog
internal import SyncProtocol
internal import Synchronization

/// Bounds what the server does at the same time: requests under way, and bytes of bodies held.
///
/// Turning away at once is kinder than queueing: the client knows, and memory stays bounded.
final class RequestGate: Sendable {
  private let requestsMax: Int
  private let bodyBytesMax: Int
  private let used = Mutex(Used())

  private struct Used {
    var requests = 0
    var bodyBytes = 0
    var bodyBytesByAccount: [AccountID: Int] = [:]
  }

  init(limits: ConnectionLimits) {
    requestsMax = limits.requestsMax
    bodyBytesMax = limits.bodyBytesHeldMax
  }

  /// Runs `body` as one of the requests under way.
  ///
  /// Throws `overloaded` when there are too many.
  func withRequest<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async throws -> Result {
    try enterRequest()
    defer { leaveRequest() }
    return try await body()
  }

  /// Runs `body` outside the count, for it only waits; comes back even when there are too many.
  func whileWaiting<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
  ) async rethrows -> Result {
    leaveRequest()
    defer { used.withLock { $0.requests += 1 } }
    return try await body()
  }

  /// Counts bytes of a body or an answer as held, for as long as the reservation lives.
  ///
  /// Waits for room, outside the count of requests, and throws `overloaded` when there is none in
  /// time. Little things do not count. Half of the room is never one account's alone.
  func reserve(_ count: Int, for account: AccountID) async throws -> Reservation {
    guard count >= Self.littleBytesMax else {
      return Reservation(count: 0, account: account, gate: self)
    }
    if let reservation = reserveNow(count, account) { return reservation }
    // Or one account that waits for its own room would keep all others out.
    return try await whileWaiting {
      for _ in 0..<Self.reserveTries {
        // Asked for again: room comes back from many places, and whoever waits may have gone.
        try await Task.sleep(for: Self.reserveInterval)
        if let reservation = reserveNow(count, account) { return reservation }
      }
      throw ProblemAnswer(.overloaded)
    }
  }

  private func reserveNow(_ count: Int, _ account: AccountID) -> Reservation? {
    let fits = used.withLock { used in
      let own = used.bodyBytesByAccount[account] ?? 0
      // One that is larger than all room goes alone.
      guard used.bodyBytes == 0 || used.bodyBytes + count <= bodyBytesMax,
        own == 0 || own + count <= bodyBytesMax / 2
      else { return false }
      used.bodyBytes += count
      used.bodyBytesByAccount[account] = own + count
      return true
    }
    return fits ? Reservation(count: count, account: account, gate: self) : nil
  }

  private func release(_ count: Int, _ account: AccountID) {
    used.withLock { used in
      used.bodyBytes -= count
      let own = (used.bodyBytesByAccount[account] ?? 0) - count
      used.bodyBytesByAccount[account] = own > 0 ? own : nil
    }
  }

  /// Bytes that count as held until the last reference to this is gone.
  final class Reservation: Sendable {
    private let count: Int
    private let account: AccountID
    private let gate: RequestGate

    fileprivate init(count: Int, account: AccountID, gate: RequestGate) {
      self.count = count
      self.account = account
      self.gate = gate
    }

    deinit { gate.release(count, account) }
  }

  private static let littleBytesMax = 64 << 10
  private static let reserveTries = 200
  private static let reserveInterval = Duration.milliseconds(50)

  private func enterRequest() throws {
    let fits = used.withLock { used in
      guard used.requests < requestsMax else { return false }
      used.requests += 1
      return true
    }
    guard fits else { throw ProblemAnswer(.overloaded) }
  }

  private func leaveRequest() {
    used.withLock { $0.requests -= 1 }
  }
}

struct GateMiddleware: RouterMiddleware {
  let gate: RequestGate

  func handle(
    _ request: Request, context: ServerContext,
    next: (Request, ServerContext) async throws -> Response
  ) async throws -> Response {
    try await gate.withRequest { try await next(request, context) }
  }
}
