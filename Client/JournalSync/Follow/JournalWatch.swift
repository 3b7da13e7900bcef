private import Glibc

/// Notices that some process has written to the journal, by the kernel's word (inotify): it opens
/// no file of the database, whose locks would end when that was closed again.
final class JournalWatch: Sendable {
  /// How soon a change is noticed.
  private static let stepMilliseconds = 100

  private let descriptor: Int32
  private let path: String
  private let file: String
  /// The file that the journal was when this began to watch it.
  private let identity: FileIdentity?

  /// - Parameter path: the journal's file.
  ///
  /// Throws a `FileLockError` with what the system says.
  init(path: String) throws {
    self.path = path
    identity = FileIdentity(path)
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? "."
    file = slash.map { String(path[path.index(after: $0)...]) } ?? path
    descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { throw FileLockError(path: folder, code: errno) }
    let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
    guard inotify_add_watch(descriptor, folder, events) >= 0 else {
      let code = errno
      close(descriptor)
      throw FileLockError(path: folder, code: code)
    }
  }

  deinit {
    close(descriptor)
  }

  /// Whether another file has taken the journal's place: `doctor` or `restore` put it there. Of the
  /// one that is open here nothing may be read any more, for SQLite would take what is being written
  /// to the other for a transaction of its own that was cut short.
  var isReplaced: Bool { FileIdentity(path) != identity }

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

/// Which file a path names.
private struct FileIdentity: Equatable {
  let device: UInt64
  let inode: UInt64

  /// `nil` if it names none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }
}
