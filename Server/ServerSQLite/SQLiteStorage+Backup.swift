private import GRDB
private import ServerCore

extension SQLiteStorage {
  /// Writes a consistent copy of the database to a new file of mode 0600, synced to the disk.
  ///
  /// The server may go on serving: the copy is of one moment. It gets its name only when it is
  /// whole. Throws `.exists` when there is a file already.
  package func backup(to path: String) async throws {
    try await NewFile.make(at: path) { file in
      try await StorageError.translating {
        // A connection of its own, for VACUUM runs in no transaction; it only reads our file.
        var configuration = Configuration()
        configuration.readonly = true
        let source = try DatabaseQueue(path: pool.path, configuration: configuration)
        try await source.writeWithoutTransaction { database in
          try database.execute(sql: "VACUUM INTO ?", arguments: [file.path])
        }
        try source.close()
      }
    }
  }

  /// A name for a copy in a server's own folder, that nobody else has. The next start removes those
  /// that are still there.
  package static func copyPath(inFolder path: String) -> String {
    "\(path)/\(DataFolder.copyPrefix)\(UInt32.random(in: .min ... .max))"
  }
}
