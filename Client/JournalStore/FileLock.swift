private import Foundation

/// The lock of one journal: an `flock` on a file beside it, held around every write.
///
/// Writers of all processes queue here rather than in the middle of SQLite's locking, so that one
/// which was let in finishes, and waiting has an end. The file stays; its content means nothing.
struct FileLock {
  let path: String
  let waitMilliseconds: Int
  private let disk: StoreDisk

  init(path: String, _ environment: StoreEnvironment) {
    self.path = path
    waitMilliseconds = environment.busyMilliseconds
    disk = environment.disk
  }

  func whileLocked<Value>(_ body: () throws -> Value) throws -> Value {
    let release = try disk.lock(path, waitMilliseconds)
    defer { release() }
    return try body()
  }

  /// Takes the lock on the machine's own disk.
  static func take(_ path: String, waitMilliseconds: Int) throws -> StoreDisk.Release {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError(systemError: errno, path: path) }
    do {
      try lock(descriptor, path, waitMilliseconds)
    } catch {
      close(descriptor)
      throw error
    }
    // Closing the file releases the lock.
    return { close(descriptor) }
  }

  private static func lock(
    _ descriptor: Int32, _ path: String, _ waitMilliseconds: Int
  ) throws {
    let deadline = monotonicMilliseconds() + waitMilliseconds
    var pauseMicroseconds: UInt32 = 200
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      guard reason == EWOULDBLOCK || reason == EINTR else {
        throw StoreError(systemError: reason, path: path)
      }
      guard monotonicMilliseconds() < deadline else { throw StoreError(.busy, path: path) }
      // Pauses, for `flock` that waits has no deadline but by a signal, which belongs to the whole
      // process. Uneven ones: those who wait do not all ask at once.
      usleep(UInt32.random(in: pauseMicroseconds / 2...pauseMicroseconds))
      pauseMicroseconds = min(pauseMicroseconds * 2, 4_000)
    }
  }

  private static func monotonicMilliseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
