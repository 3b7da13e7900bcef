package import OperationLog
private import Synchronization

/// Tells requests that wait that something of their account has changed.
///
/// It carries no news itself: who is woken reads again. What is published between `subscribe`
/// and `wait` is not missed.
package final class News: Sendable {
  private struct State {
    var isEnded = false
    var lastNumber: UInt64 = 0
    var wakersByAccount: [AccountID: [UInt64: AsyncStream<Void>.Continuation]] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  package func publish(_ account: AccountID) {
    let wakers = state.withLock { state in
      state.wakersByAccount[account].map { Array($0.values) } ?? []
    }
    for waker in wakers { waker.yield() }
  }

  /// Wakes all who wait, for good: for a server that is about to end.
  package func end() {
    let wakers = state.withLock { state in
      state.isEnded = true
      return state.wakersByAccount.values.flatMap(\.values)
    }
    for waker in wakers { waker.finish() }
  }

  /// `nil` if as many wait for the account already as may.
  func subscribe(to account: AccountID, waitersMax: Int) -> Subscription? {
    let (stream, waker) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number: UInt64? = state.withLock { state in
      guard state.wakersByAccount[account, default: [:]].count < waitersMax else { return nil }
      state.lastNumber += 1
      state.wakersByAccount[account, default: [:]][state.lastNumber] = waker
      if state.isEnded { waker.finish() }
      return state.lastNumber
    }
    guard let number else { return nil }
    return Subscription(stream: stream) { [self] in
      state.withLock { state in
        state.wakersByAccount[account]?[number] = nil
        if state.wakersByAccount[account]?.isEmpty == true {
          state.wakersByAccount[account] = nil
        }
      }
    }
  }

  /// A place among those who wait; given up when let go.
  final class Subscription: Sendable {
    private let stream: AsyncStream<Void>
    private let cancel: @Sendable () -> Void

    init(stream: AsyncStream<Void>, cancel: @escaping @Sendable () -> Void) {
      self.stream = stream
      self.cancel = cancel
    }

    deinit {
      cancel()
    }

    enum Waking: Hashable, Sendable {
      case news
      case timeout
      /// The server is about to end.
      case ended
    }

    /// Ends with news, or when the time is over, whichever comes first.
    func wait(for duration: Duration, _ clock: any ServerClock) async throws -> Waking {
      try await withThrowingTaskGroup(of: Waking.self) { [stream] group in
        group.addTask {
          for await _ in stream { return .news }
          try Task.checkCancellation()
          return .ended
        }
        group.addTask {
          try await clock.sleep(for: duration)
          return .timeout
        }
        defer { group.cancelAll() }
        return try await group.next() ?? .ended
      }
    }
  }
}
