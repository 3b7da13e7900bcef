private import Glibc

/// Notices that some process has written to the journal, by the kernel's word (inotify): it opens
/// no file of the database, whose locks would end when that was closed again.
final class JournalWatch: Sendable {
  /// How soon a change is noticed.
  private static let stepMilliseconds = 100

  private let descriptor: Int32
  private let file: String

  /// - Parameter path: the journal's file.
  ///
  /// Throws a `FileLockError` with what the system says.
  init(path: String) throws {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "."
    file = slash.map { String(path[path.index(after: $0)...]) } ?? path
    descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { throw FileLockError(path: folder, code: errno) }
    guard inotify_add_watch(descriptor, folder, UInt32(IN_MODIFY)) >= 0 else {
      let code = errno
      close(descriptor)
      throw FileLockError(path: folder, code: code)
    }
  }

  deinit {
    close(descriptor)
  }

  /// Ends when the journal was written to since the last call, or with `CancellationError`.
  func nextChange() async throws {
    // Steps, so that no thread of the pool that all tasks share sits in a blocking `read`.
    while !hasChanged() {
      try await Task.sleep(for: .milliseconds(Self.stepMilliseconds))
    }
  }

  /// Whether the journal was written to since the last call.
  func hasChanged() -> Bool {
    var isChanged = false
    // Fits some hundred events; what does not is read by the next call.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 8)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      guard count > 0 else { return isChanged }
      var position = 0
      let header = MemoryLayout<inotify_event>.size
      while position + header <= count {
        let event = buffer.loadUnaligned(fromByteOffset: position, as: inotify_event.self)
        let name = buffer[(position + header)..<min(position + header + Int(event.len), count)]
        if name.prefix(while: { $0 != 0 }).elementsEqual(file.utf8)
          || event.mask & UInt32(IN_Q_OVERFLOW) != 0
        {
          isChanged = true
        }
        position += header + Int(event.len)
      }
    }
  }
}
