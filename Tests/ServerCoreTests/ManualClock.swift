import ServerCore
import Synchronization

/// Time that passes only when a test says so.
final class ManualClock: ServerClock {
  private struct Sleeper {
    let end: Int64
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Int64
    var lastNumber = 0
    var cancelled: Set<Int> = []
    var sleepersByNumber: [Int: Sleeper] = [:]
    var watchers: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(_ now: Int64 = 1_800_000_000_000) {
    state = Mutex(State(now: now))
  }

  func now() -> Int64 { state.withLock { $0.now } }

  func sleep(for duration: Duration) async throws {
    let milliseconds = Int64(duration / .milliseconds(1))
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
          guard !state.cancelled.contains(number) else { return nil }
          state.sleepersByNumber[number] = Sleeper(
            end: state.now + milliseconds, continuation: continuation)
          defer { state.watchers = [] }
          return state.watchers
        }
        guard let watchers else { return continuation.resume(throwing: CancellationError()) }
        for watcher in watchers { watcher.resume() }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.cancelled.insert(number)
        return state.sleepersByNumber.removeValue(forKey: number)
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  func advance(seconds: Int64) {
    let woken = state.withLock { state in
      state.now += seconds * 1000
      let woken = state.sleepersByNumber.filter { $0.value.end <= state.now }
      for number in woken.keys { state.sleepersByNumber[number] = nil }
      return woken.values.map(\.continuation)
    }
    for continuation in woken { continuation.resume() }
  }

  /// Returns once somebody sleeps.
  func someoneSleeps() async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.sleepersByNumber.isEmpty { state.watchers.append(continuation) }
        return !state.sleepersByNumber.isEmpty
      }
      if isThere { continuation.resume() }
    }
  }
}
