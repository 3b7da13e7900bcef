import ServerCore

/// The time that is, in a world where it passes by steps.
final class SimulatedTime: @unchecked Sendable {
  /// Unix milliseconds.
  fileprivate(set) var now: Int64 = 1_790_000_000_000

  func pass(milliseconds: Int64) {
    now += milliseconds
  }
}

/// What a machine takes for the time.
final class SimulatedClock: @unchecked Sendable {
  private let time: SimulatedTime
  private(set) var mode = Mode.right

  enum Mode: Hashable, Sendable {
    case right
    /// So many milliseconds beside it.
    case off(Int64)
    case standingAt(Int64)
  }

  init(_ time: SimulatedTime) {
    self.time = time
  }

  func set(_ mode: Mode) {
    self.mode = mode
  }

  var now: Int64 {
    switch mode {
    case .right: time.now
    case .off(let milliseconds): time.now + milliseconds
    case .standingAt(let milliseconds): milliseconds
    }
  }
}

/// The server's clock, which is right.
struct SimulatedServerClock: ServerClock {
  let time: SimulatedTime

  func now() -> Int64 { time.now }

  func sleep(for duration: Duration) async throws {}
}
