private import Foundation
internal import GRDB

/// A database in a file that has lost its name: nobody else sees it, and it ends with the process
/// that made it, however that ends. Nothing of a journal is left behind in it.
struct ScratchFile {
  let queue: DatabaseQueue
  /// The same file, to be read and written page by page.
  let descriptor: ScratchDescriptor

  /// - Parameter path: the journal; the file is made beside it, and where that folder may not be
  ///   written, among the system's temporary files.
  init(beside path: String) throws {
    do {
      try self.init(at: path)
    } catch let error as StoreError where error.code == .readOnly {
      let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
      try self.init(at: folder + "/ebb")
    }
  }

  private init(at beginning: String) throws {
    let path = "\(beginning).\(getpid()).\(UInt32.random(in: .min ... .max)).scratch"
    let opened = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard opened >= 0 else { throw StoreError(systemError: errno, path: path) }
    descriptor = ScratchDescriptor(opened)
    // Held open by its descriptors alone. SQLite must find the name once.
    defer { unlink(path) }
    queue = try StoreError.naming(path) {
      try DatabaseQueue(path: path, configuration: Self.configuration)
    }
  }

  /// Nothing here has to outlive a crash. A journal file would need the name.
  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA synchronous = OFF;
          PRAGMA journal_mode = MEMORY;
          PRAGMA mmap_size = 0;
          PRAGMA cache_size = -16384;
          PRAGMA temp_store = MEMORY;
          PRAGMA trusted_schema = OFF;
          """)
    }
    return configuration
  }
}

/// Open for as long as it is held: closing a file ends the locks SQLite has on it.
final class ScratchDescriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }
}
