internal import Synchronization

/// Tells who waits on behalf of a client that the client has gone.
final class PeerSignal: Sendable {
  private struct State {
    var gone = false
    var next = 0
    var actionByKey: [Int: @Sendable () -> Void] = [:]
  }

  private let state = Mutex(State())

  /// The other side has closed, or never will read an answer.
  func fire() {
    let actions = state.withLock { state in
      state.gone = true
      defer { state.actionByKey = [:] }
      return Array(state.actionByKey.values)
    }
    for action in actions { action() }
  }

  /// Runs `body`, and `onGone` at once when the client goes or has gone.
  func watching<Result>(
    onGone: @escaping @Sendable () -> Void, _ body: () async throws -> Result
  ) async rethrows -> Result {
    let key: Int? = state.withLock { state in
      guard !state.gone else { return nil }
      state.next += 1
      state.actionByKey[state.next] = onGone
      return state.next
    }
    guard let key else {
      onGone()
      return try await body()
    }
    defer { state.withLock { _ = $0.actionByKey.removeValue(forKey: key) } }
    return try await body()
  }
}
