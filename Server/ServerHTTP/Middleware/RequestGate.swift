internal import Hummingbird
internal import SyncProtocol
internal import Synchronization

/// Bounds what the server does at the same time: requests under way, and bytes of bodies held.
///
/// Turning away at once is kinder than queueing: the client knows, and memory stays bounded.
final class RequestGate: Sendable {
  private let requestsMax: Int
  private let bodyBytesMax: Int
  private let used = Mutex((requests: 0, bodyBytes: 0))

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
  /// Waits for room, and throws `overloaded` when there is none in time. Little things do not
  /// count.
  func reserve(_ count: Int) async throws -> Reservation {
    guard count >= Self.littleBytesMax else { return Reservation(count: 0, gate: self) }
    for _ in 0..<Self.reserveTries {
      if let reservation = reserveNow(count) { return reservation }
      try await Task.sleep(for: Self.reserveInterval)
    }
    throw ProblemAnswer(.overloaded)
  }

  private func reserveNow(_ count: Int) -> Reservation? {
    let fits = used.withLock { used in
      // One that is larger than all room goes alone.
      guard used.bodyBytes == 0 || used.bodyBytes + count <= bodyBytesMax else { return false }
      used.bodyBytes += count
      return true
    }
    return fits ? Reservation(count: count, gate: self) : nil
  }

  /// Bytes that count as held until the last reference to this is gone.
  final class Reservation: Sendable {
    private let count: Int
    private let gate: RequestGate

    fileprivate init(count: Int, gate: RequestGate) {
      self.count = count
      self.gate = gate
    }

    deinit {
      gate.used.withLock { $0.bodyBytes -= count }
    }
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
