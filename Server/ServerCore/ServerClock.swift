private import Glibc

/// The time, for all rules that need one: injected, so that tests own it.
package protocol ServerClock: Sendable {
  /// Unix time in milliseconds.
  func now() -> Int64

  /// Ends early by throwing `CancellationError`.
  func sleep(for duration: Duration) async throws
}

/// The machine's clock.
package struct SystemServerClock: ServerClock {
  package init() {}

  package func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  package func sleep(for duration: Duration) async throws {
    try await Task.sleep(for: duration)
  }
}
