private import Foundation
private import GRDB
private import Glibc
private import ServerCore

extension SQLiteStorage {
  /// Writes a consistent copy of the database to a new file of mode 0600, synced to the disk.
  ///
  /// The server may go on serving: the copy is of one moment. It gets its name only when it is
  /// whole. Throws `.exists` when there is a file already.
  package func backup(to path: String) async throws {
    let partial = "\(path).\(UInt32.random(in: .min ... .max)).partial"
    let descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw DataFolder.failure(path, errno) }
    defer {
      Glibc.close(descriptor)
      unlink(partial)
    }
    guard access(path, F_OK) != 0 else { throw DataFolder.failure(path, EEXIST) }
    try await StorageError.translating {
      // A connection of its own, for VACUUM runs in no transaction; it only reads our file.
      var configuration = Configuration()
      configuration.readonly = true
      let source = try DatabaseQueue(path: pool.path, configuration: configuration)
      try await source.writeWithoutTransaction { database in
        try database.execute(sql: "VACUUM INTO ?", arguments: [partial])
      }
      try source.close()
    }
    guard fsync(descriptor) == 0 else { throw DataFolder.failure(path, errno) }
    guard link(partial, path) == 0 else { throw DataFolder.failure(path, errno) }
    let folder = (path as NSString).deletingLastPathComponent
    try DataFolder.sync(folder: folder.isEmpty ? "." : folder)
  }
}
