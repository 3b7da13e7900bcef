private import Glibc

/// An advisory lock (`flock`) that ends with the process that holds it, whatever happens to that.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock at once; `nil` if another process, or another part of this one, holds it.
  ///
  /// Throws a `FileLockError` if the file can be neither opened nor made.
  static func take(_ path: String) throws -> FileLock? {
    let descriptor = path.withCString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
    guard descriptor >= 0 else { throw FileLockError(path: path, code: errno) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      Glibc.close(descriptor)
      guard code == EWOULDBLOCK else { throw FileLockError(path: path, code: code) }
      return nil
    }
    return FileLock(descriptor)
  }

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Lets the lock go. When the last reference ends, so does the lock.
  deinit {
    // A process that was just being started may still have the descriptor: closing would not do.
    flock(descriptor, LOCK_UN)
    Glibc.close(descriptor)
  }

  /// Replaces what the file holds. It is a note for others, so a failure does not matter.
  func write(_ text: String) {
    guard ftruncate(descriptor, 0) == 0 else { return }
    var text = text
    _ = text.withUTF8 { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  /// What the file holds, at most 64 bytes; `nil` if it cannot be read.
  static func note(in path: String) -> String? {
    let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return nil }
    defer { Glibc.close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = read(descriptor, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
  }
}

/// A lock file that can be neither opened nor made.
package struct FileLockError: Error {
  package let path: String
  /// The system's error number.
  package let code: Int32
}
