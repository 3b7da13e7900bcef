private import Foundation

/// What the store asks of the file system beside what SQLite asks of it, so that tests can put a
/// disk of their own under both.
package struct StoreDisk: Sendable {
  /// Makes a folder (0700) and those above it, as far as they are missing.
  package var makeFolder: @Sendable (_ path: String) throws -> Void
  /// Makes an empty file (0600) if there is none. Throws `StoreError.foreign` if what is there is no
  /// file, and `damaged` if it is one that SQLite would wrongly take for empty.
  package var makeFile: @Sendable (_ path: String) throws -> Void
  /// Throws `StoreError.missing` if there is no such file, and else as `makeFile` does.
  package var checkExists: @Sendable (_ path: String) throws -> Void
  /// Takes the lock that the file of that name is, and gives back what releases it. Waits for
  /// somebody else's for as long as told, then throws `StoreError.busy`.
  package var lock: @Sendable (_ path: String, _ waitMilliseconds: Int) throws -> Release

  package typealias Release = () -> Void

  package init(
    makeFolder: @escaping @Sendable (String) throws -> Void,
    makeFile: @escaping @Sendable (String) throws -> Void,
    checkExists: @escaping @Sendable (String) throws -> Void,
    lock: @escaping @Sendable (String, Int) throws -> Release
  ) {
    self.makeFolder = makeFolder
    self.makeFile = makeFile
    self.checkExists = checkExists
    self.lock = lock
  }

  /// The machine's.
  package static let system = StoreDisk(
    makeFolder: makeSystemFolder, makeFile: makeSystemFile, checkExists: checkSystemFile,
    lock: FileLock.take)

  private static func makeSystemFolder(_ folder: String) throws {
    guard !folder.isEmpty, mkdir(folder, 0o700) != 0 else { return }
    switch errno {
    case EEXIST:
      return
    case ENOENT:
      let parent = StoreFile.folder(of: folder)
      guard parent != folder, !parent.isEmpty else { fallthrough }
      try makeSystemFolder(parent)
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { fallthrough }
    default:
      throw StoreError(systemError: errno, path: folder)
    }
  }

  /// Made before SQLite sees it, so that it is never readable to others, whatever the umask.
  /// SQLite gives its journal the same permissions.
  private static func makeSystemFile(_ path: String) throws {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST {
      throw StoreError(systemError: errno, path: path)
    } else {
      try checkFile(path)
    }
  }

  private static func checkSystemFile(_ path: String) throws {
    guard access(path, F_OK) != 0 else { return try checkFile(path) }
    let reason = errno
    guard reason == ENOENT else { throw StoreError(systemError: reason, path: path) }
    throw StoreError(.missing, path: path)
  }

  private static func checkFile(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    try checkIsFile(mode: status.st_mode, path)
    // To SQLite a file of one byte is empty (`unixFileSize`), and it would make a new database over
    // what is left of the old one.
    guard status.st_size != 1 else { throw StoreError(.damaged, path: path) }
  }

  /// A folder has no bytes to read, of others there may be no end.
  static func checkIsFile(mode: UInt32, _ path: String) throws {
    guard mode & S_IFMT == S_IFREG else { throw StoreError(.foreign, path: path) }
  }
}
