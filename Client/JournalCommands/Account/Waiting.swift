internal import Dispatch
internal import JournalSync
internal import Synchronization

/// Runs what is asynchronous to its end. Only commands that talk to a server pay for it.
///
/// Also throws a `Failure` where the system has no threads to give.
func waiting<Value: Sendable>(
  for body: @escaping @Sendable () async throws -> Value
) throws -> Value {
  try ThreadsAtHand.require()
  let outcome = Outcome<Value>()
  let done = DispatchSemaphore(value: 0)
  Task.detached {
    do {
      outcome.set(.success(try await body()))
    } catch {
      outcome.set(.failure(error))
    }
    done.signal()
  }
  done.wait()
  return try outcome.get()
}

/// The same for what a server may have done though no answer came.
///
/// - Parameters:
///   - unknown: says so, where the connection breaks, or somebody waits no longer.
///   - undone: says that nothing was done, where there is no server.
/// - Throws: also a `Failure` in the place of `SyncFailure.Code.outcomeUnknown` and `.unreachable`.
func waiting<Value: Sendable>(
  unknown: String, undone: String, for body: @escaping @Sendable () async throws -> Value
) throws -> Value {
  try Interruption.telling(Messages.Account.stopped(unknown)) {
    do {
      return try saying(undone: undone) { try waiting(for: body) }
    } catch let failure as SyncFailure where failure.code == .outcomeUnknown {
      throw Failure(.unreachable, failure.description + " " + unknown)
    }
  }
}

/// Does what no later sync makes up for.
///
/// - Parameter undone: says that nothing was done, where there is no server.
/// - Throws: also a `Failure` in the place of `SyncFailure.Code.unreachable`.
func saying<Value>(undone: String, _ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let failure as SyncFailure where failure.code == .unreachable {
    throw Failure(.unreachable, failure.description + " " + undone)
  }
}

private final class Outcome<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)

  func set(_ value: Result<Value, any Error>) { result.withLock { $0 = value } }

  func get() throws -> Value {
    guard let result = result.withLock({ $0 }) else { throw CancellationError() }
    return try result.get()
  }
}
