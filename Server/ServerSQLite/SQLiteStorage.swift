package import ServerCore

/// The embedded default storage: one SQLite database in the server's data folder.
package final class SQLiteStorage: Storage {
  /// Opens the storage in a folder, and makes both if they are missing.
  ///
  /// Holds an exclusive lock on the folder until `close`. Throws a `StorageError`: `.locked` when
  /// another server holds it, `.newerVersion`, `.damaged`, `.readOnly`, `.full`.
  package init(folder: String) throws {
    throw StorageError(.other, "not there yet")
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageReading) throws -> Value
  ) async throws -> Value {
    throw StorageError(.other, "not there yet")
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageWriting) throws -> Value
  ) async throws -> Value {
    throw StorageError(.other, "not there yet")
  }

  /// Writes a consistent copy of the database to a new file of mode 0600, synced to the disk.
  /// The server may go on serving. Throws `.exists` when there is a file already.
  package func backup(to path: String) async throws {
    throw StorageError(.other, "not there yet")
  }

  /// Verifies the file's structure, and that winners and state digests are what the operations
  /// say. Empty when all is well, else one plain sentence for each finding.
  package func check() async throws -> [String] {
    throw StorageError(.other, "not there yet")
  }

  /// Ends all connections and gives up the lock. Nothing may be asked of the storage afterwards.
  package func close() throws {}
}
