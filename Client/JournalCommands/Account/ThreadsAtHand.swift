internal import Dispatch
internal import Glibc

/// Whether there is room for what talking to a server takes.
///
/// Dispatch waits for ever for a thread that the system does not give, and what runs out of memory
/// on the way ends in a trap. Both would leave somebody without a word.
enum ThreadsAtHand {
  /// Those of a sync on any machine, and what it allocates beside their stacks.
  private static let count = 4
  private static let bytes = 24 << 20

  /// Takes what is needed for a moment, and gives it back; some 100 microseconds. Throws a `Failure`.
  static func require() throws {
    let room = mmap(nil, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard room != MAP_FAILED else { throw failure }
    defer { munmap(room, bytes) }
    let gate = DispatchSemaphore(value: 0)
    let threads = (0..<count).compactMap { _ in thread(waitingAt: gate) }
    for _ in threads { gate.signal() }
    for thread in threads { pthread_join(thread, nil) }
    guard threads.count == count else { throw failure }
  }

  private static var failure: Failure { Failure(.tryAgain, Messages.Sync.noRoomForThreads) }

  private static func thread(waitingAt gate: DispatchSemaphore) -> pthread_t? {
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<DispatchSemaphore>.fromOpaque(context).takeUnretainedValue().wait()
        return nil
      }, Unmanaged.passUnretained(gate).toOpaque())
    return result == 0 ? thread : nil
  }
}
