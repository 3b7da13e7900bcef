private import Dispatch
private import Foundation
private import Glibc
private import Synchronization

/// Threads that work for another one, which waits for what they make: it goes first where there are
/// fewer processors than threads.
///
/// They end with this object, once they have done all they were given.
final class HelperThreads: Sendable {
  private let jobs = Jobs()

  /// Of more than so many, most would wait for the one that they work for.
  private static let countMax = 4

  init() {
    for _ in 0..<min(ProcessInfo.processInfo.activeProcessorCount, Self.countMax) {
      Thread { [jobs] in
        // On Linux of this thread alone.
        _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, 5)
        while let job = jobs.next() { job() }
      }.start()
    }
  }

  deinit {
    jobs.end()
  }

  func run(_ job: @escaping @Sendable () -> Void) {
    jobs.add(job)
  }

  private final class Jobs: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])
    /// Counts jobs, and the end as one that every thread passes on.
    private let count = DispatchSemaphore(value: 0)

    func add(_ job: @escaping @Sendable () -> Void) {
      waiting.withLock { $0.append(job) }
      count.signal()
    }

    func end() {
      count.signal()
    }

    /// The oldest; `nil` when there will be no more.
    func next() -> (@Sendable () -> Void)? {
      count.wait()
      let job = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      if job == nil { count.signal() }
      return job
    }
  }
}
