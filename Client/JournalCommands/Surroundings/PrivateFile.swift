internal import Glibc
internal import Interchange

/// Small files for their owner alone: made and replaced whole, or not at all.
enum PrivateFile {
  /// Replaces what is there, or what a symbolic link there leads to; durable when it returns.
  ///
  /// - Throws: a `Failure` with status 74; the old file is untouched then.
  static func replace(_ path: String, with bytes: [UInt8]) throws {
    // Whoever keeps settings elsewhere, under a symbolic link, keeps them there.
    let path = SystemFiles.resolved(path) ?? path
    let folder = folder(of: path)
    try makeFolder(folder)
    let (passing, descriptor) = try make(folder + "/.ebb-", ending: "", bytes)
    defer {
      close(descriptor)
      unlink(passing)
    }
    guard fsync(descriptor) == 0, rename(passing, path) == 0 else {
      throw unwritable(path, errno)
    }
    let parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw unwritable(path, errno) }
    defer { close(parent) }
    guard fsync(parent) == 0 else { throw unwritable(path, errno) }
  }

  /// A new file with a name of its own, in a folder that is there.
  static func make(_ beginning: String, ending: String, holding bytes: [UInt8]) throws -> String {
    let (path, descriptor) = try make(beginning, ending: ending, bytes)
    close(descriptor)
    return path
  }

  private static func make(
    _ beginning: String, ending: String, _ bytes: [UInt8]
  ) throws -> (path: String, Int32) {
    var template = Array("\(beginning)XXXXXX\(ending)".utf8CString)
    let descriptor = mkstemps(&template, Int32(ending.utf8.count))
    guard descriptor >= 0 else { throw unwritable(folder(of: beginning), errno) }
    let path = String(
      decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if let error = SystemFiles.writeAll(bytes, to: descriptor) {
      close(descriptor)
      unlink(path)
      throw unwritable(folder(of: beginning), error)
    }
    return (path, descriptor)
  }

  /// A folder and those it lies in, where they are missing, for their owner alone.
  ///
  /// - Throws: a `Failure` with status 74.
  static func makeFolder(_ folder: String) throws {
    var path = ""
    var reason: Int32 = 0
    for part in folder.split(separator: "/") {
      path += (path.isEmpty && !folder.hasPrefix("/") ? "" : "/") + part
      // The first refusal is the reason of all that follow.
      if mkdir(path, 0o700) != 0, errno != EEXIST, reason == 0 { reason = errno }
    }
    guard access(folder, F_OK) == 0 else { throw unwritable(folder, reason) }
  }

  /// Runs what reads a file and then replaces it; its folder is made if there is none. Two commands
  /// that do so at once would each undo the other.
  static func whileLocked<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    let folder = folder(of: path)
    try makeFolder(folder)
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    return try body()
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func unwritable(_ path: String, _ code: Int32) -> Failure {
    Failure(.disk, Messages.Files.unwritable(path: path, code: code))
  }
}
