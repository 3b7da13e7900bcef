import ServerCore

/// Time that stands still, so that no wait is over however long a request takes.
struct StoppedClock: ServerClock {
  func now() -> Int64 { 1_800_000_000_000 }

  func sleep(for duration: Duration) async throws {
    try await Task.sleep(for: duration)
  }
}
