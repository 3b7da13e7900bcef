private import Foundation

/// Runs the jobs of tasks one after the other, in the order they came, on the thread that says so:
/// the same program does the same in every run.
final class StepExecutor: TaskExecutor, @unchecked Sendable {
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.lock()
    jobs.append(job)
    condition.unlock()
    // Not while it is locked: who wakes up would have to wait again.
    condition.signal()
  }

  /// Runs jobs until there is none.
  func drain() {
    while let job = next(waits: false) { job.runSynchronously(on: asUnownedTaskExecutor()) }
  }

  /// Runs jobs until `isDone`, waiting for those that come from other threads.
  func run(until isDone: () -> Bool) {
    drain()
    while !isDone() {
      if let job = next(waits: true) { job.runSynchronously(on: asUnownedTaskExecutor()) }
      drain()
    }
  }

  private func next(waits: Bool) -> UnownedJob? {
    condition.lock()
    defer { condition.unlock() }
    while jobs.isEmpty {
      guard waits else { return nil }
      condition.wait()
    }
    return jobs.removeFirst()
  }
}

/// Where a task leaves its result for the thread that steps.
final class Outcome<Value>: @unchecked Sendable {
  var result: Result<Value, any Error>?
}

extension StepExecutor {
  /// Begins asynchronous work, and goes on with it as far as it goes by itself.
  @discardableResult
  func start<Value>(
    _ body: @escaping @Sendable () async throws -> sending Value
  ) -> Outcome<Value> {
    let outcome = Outcome<Value>()
    Task(executorPreference: self) {
      do {
        outcome.result = .success(try await body())
      } catch {
        outcome.result = .failure(error)
      }
    }
    drain()
    return outcome
  }

  /// Does asynchronous work to its end.
  func complete<Value>(
    _ body: @escaping @Sendable () async throws -> sending Value
  ) throws -> Value {
    let outcome = start(body)
    run { outcome.result != nil }
    guard let result = outcome.result else { fatalError("It ended without a result.") }
    return try result.get()
  }
}
