private import Foundation
private import Glibc
internal import ServerCore
private import Synchronization

/// The server's data folder, held by one process at a time. Mode 0700, its files 0600.
final class DataFolder: Sendable {
  let path: String
  private let lockDescriptor: Mutex<CInt?>

  /// Makes the folder and an empty database file if they are missing, and takes the lock.
  init(_ path: String) throws {
    self.path = path
    try Self.makeFolder(path)
    let descriptor = try Self.openPrivate(path + "/lock")
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let error = errno
      Glibc.close(descriptor)
      guard error == EWOULDBLOCK else { throw Self.failure("The lock of \(path)", error) }
      throw StorageError(.locked, "Another server is using \(path).")
    }
    lockDescriptor = Mutex(descriptor)
    try Self.removeCopies(in: path)
    try setForeignLogAside()
    // Made here, for SQLite would make it readable for all; its other files take on its mode.
    Glibc.close(try Self.openPrivate(databasePath))
  }

  deinit {
    unlock()
  }

  var databasePath: String { path + "/server.sqlite" }

  /// The log of a database that a backup has taken the place of: SQLite would write it over the
  /// backup. It gets a name of its own, for it may hold what nothing else does.
  ///
  /// A backup was written without a log, and says so in its header; the server's own file never
  /// does while it has one.
  private func setForeignLogAside() throws {
    let log = databasePath + "-wal"
    var status = stat()
    guard stat(log, &status) == 0, status.st_size > 0, Self.isWithoutLog(databasePath)
    else { return }
    guard rename(log, log + ".of-replaced-database") == 0 else { throw Self.failure(log, errno) }
    unlink(databasePath + "-shm")
    try sync()
  }

  /// Source: “The Database Header” of https://www.sqlite.org/fileformat.html.
  private static func isWithoutLog(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { Glibc.close(descriptor) }
    var header = [UInt8](repeating: 0, count: 20)
    guard read(descriptor, &header, header.count) == header.count else { return false }
    return header.starts(with: Array("SQLite format 3\0".utf8)) && header[18...] == [1, 1]
  }

  func unlock() {
    lockDescriptor.withLock { descriptor in
      if let held = descriptor {
        // A process that is just being started may hold the descriptor, too.
        flock(held, LOCK_UN)
        Glibc.close(held)
      }
      descriptor = nil
    }
  }

  /// Copies for whoever asks for a backup begin so: as nothing does that people put here themselves.
  static let copyPrefix = ".ebb-server-copy-"

  /// Those that nobody took away.
  private static func removeCopies(in path: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: path)
    where name.hasPrefix(copyPrefix) {
      unlink(path + "/" + name)
    }
  }

  /// Makes the names of new files durable.
  func sync() throws {
    try Self.sync(folder: path)
  }

  static func sync(folder path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path, errno) }
  }

  static func failure(_ subject: String, _ error: CInt) -> StorageError {
    let reason = String(cString: strerror(error))
    let code: StorageError.Code =
      switch error {
      case ENOSPC, EDQUOT: .full
      case EACCES, EPERM, EROFS: .readOnly
      case EEXIST: .exists
      default: .other
      }
    return StorageError(code, "\(subject): \(reason).")
  }

  private static func makeFolder(_ path: String) throws {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += made.isEmpty && !part.isEmpty ? part : "/" + part
      guard made != "/", !part.isEmpty else { continue }
      guard mkdir(made, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
        throw failure("The folder \(made)", errno)
      }
    }
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure("The folder \(path)", errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw StorageError(.other, "\(path) is not a folder.")
    }
    if status.st_mode & 0o077 != 0 {
      guard chmod(path, 0o700) == 0 else { throw failure("The folder \(path)", errno) }
    }
  }

  private static func openPrivate(_ path: String) throws -> CInt {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    guard fchmod(descriptor, 0o600) == 0 else {
      let error = errno
      Glibc.close(descriptor)
      throw failure(path, error)
    }
    return descriptor
  }
}
