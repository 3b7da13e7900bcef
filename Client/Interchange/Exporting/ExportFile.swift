private import Glibc

/// One file that is being written: standard output, or a file (0600: it is a journal) that gets
/// its name only when it is whole and durable.
package final class ExportFile {
  /// As the user gave it; `nil` for standard output.
  package let path: String?
  /// Bytes written so far.
  package private(set) var count = 0
  /// Where it goes: what a symbolic link leads to, if that is replaced.
  private let place: String?
  private let mayReplace: Bool
  private let descriptor: Int32
  /// The passing name, until the file has its own.
  private var passingPath: String?
  private var buffer: [UInt8] = []

  /// What becomes of a text before it is written: a terminal must not obey it.
  private let shown: ((String) -> String)?

  /// Standard output.
  ///
  /// - Parameter shown: makes a text harmless, where a terminal shows it.
  package init(shown: ((String) -> String)? = nil) {
    self.shown = shown
    path = nil
    place = nil
    mayReplace = false
    descriptor = STDOUT_FILENO
  }

  /// - Parameter mayReplace: whether a file of that name may be replaced, or what a symbolic link
  ///   of that name leads to. Pipes and devices never are.
  /// - Throws: `ExportError`.
  package init(path: String, mayReplace: Bool) throws {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT != S_IFDIR else {
        throw ExportError.wrongKind(path: path, isFolder: true)
      }
      guard status.st_mode & S_IFMT == S_IFREG else { throw ExportError.notAFile(path: path) }
      guard mayReplace else { throw ExportError.exists(path: path) }
    }
    shown = nil
    self.path = path
    // Whoever keeps the file elsewhere, under a symbolic link, keeps it there.
    let place = mayReplace ? SystemFiles.resolved(path) ?? path : path
    self.place = place
    self.mayReplace = mayReplace
    var template = PassingName.template(beside: place).utf8CString.map { $0 }
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw ExportError.unwritable(path: path, systemError: errno)
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    passingPath = template.withUnsafeBufferPointer { characters in
      characters.baseAddress.map { String(cString: $0) }
    }
  }

  deinit {
    discard()
  }

  package func write(_ text: String) throws {
    buffer.append(contentsOf: (shown?(text) ?? text).utf8)
    if buffer.count >= 1 << 16 { try flush() }
  }

  package func write(_ bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Makes it durable and gives it its name; of standard output, writes what is left.
  ///
  /// - Throws: `ExportError`, `exists` too if a file of that name has come meanwhile.
  package func commit() throws {
    try flush()
    guard let path, let place, let passingPath else { return }
    guard fsync(descriptor) == 0 else { throw failure(errno) }
    if mayReplace {
      guard rename(passingPath, place) == 0 else { throw failure(errno) }
    } else if let error = PassingName.rename(passingPath, toNew: place) {
      throw error == EEXIST ? ExportError.exists(path: path) : failure(error)
    }
    self.passingPath = nil
    close(descriptor)
    PassingName.syncFolder(of: place)
  }

  /// Removes what was written; nothing after `commit`.
  package func discard() {
    guard let passingPath else { return }
    unlink(passingPath)
    close(descriptor)
    self.passingPath = nil
  }

  private func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    if let error = SystemFiles.writeAll(buffer, to: descriptor) { throw failure(error) }
    count += buffer.count
  }

  private func failure(_ error: Int32) -> ExportError {
    if path == nil && error == EPIPE { return .nobodyReads }
    return .unwritable(path: path ?? "standard output", systemError: error)
  }
}

/// Names that exports have until they are whole: hidden, beside the place where they belong.
enum PassingName {
  /// For `mkstemp` and `mkdtemp`.
  static func template(beside path: String) -> String {
    folder(of: path) + "/.ebb-export-XXXXXX"
  }

  /// The folder that holds the path; `.` for a bare name.
  static func folder(of path: String) -> String {
    let trimmed = withoutSlashesAtEnd(path)
    guard let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == trimmed.utf8.startIndex ? "/" : String(trimmed[..<slash])
  }

  static func withoutSlashesAtEnd(_ path: String) -> String {
    var rest = path[...]
    while rest.utf8.count > 1, rest.utf8.last == UInt8(ascii: "/") { rest.removeLast() }
    return String(rest)
  }

  /// Gives a file its name, unless there is one of that name; the error number, or `nil`.
  static func rename(_ passingPath: String, toNew path: String) -> Int32? {
    if link(passingPath, path) == 0 {
      unlink(passingPath)
      return nil
    }
    if errno == EEXIST { return EEXIST }
    // File systems without links (FAT) cannot promise it.
    var status = stat()
    guard stat(path, &status) != 0 else { return EEXIST }
    return Glibc.rename(passingPath, path) == 0 ? nil : errno
  }

  /// Makes a new name durable; some file systems cannot, and say so or not.
  static func syncFolder(of path: String) {
    let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
