internal import Foundation
internal import GRDB
package import ServerCore

/// The embedded default storage: one SQLite database in the server's data folder.
///
/// One process, one writer connection, which alone writes and checkpoints; readers see the last
/// commit and never hold it up. (SQLite 3.7.0 to 3.51.2 can damage a WAL file that two
/// connections write and checkpoint at once.) What `write` returned for is on the disk.
package final class SQLiteStorage: Storage {
  let pool: DatabasePool
  /// `nil` on a disk of a test's own.
  private let folder: DataFolder?

  /// Opens the storage in a folder, and makes both if they are missing.
  ///
  /// Holds an exclusive lock on the folder until `close`. Throws a `StorageError`: `.locked` when
  /// another server holds it, `.newerVersion`, `.damaged`, `.readOnly`, `.full`.
  package init(folder path: String) throws {
    let folder = try DataFolder(path)
    self.folder = folder
    do {
      pool = try Self.openPool(folder.databasePath)
      try folder.sync()
    } catch {
      folder.unlock()
      throw error
    }
  }

  /// Opens a database without folder and lock: for tests that own the disk below SQLite.
  package init(databaseForTests path: String) throws {
    folder = nil
    pool = try Self.openPool(path)
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageReading) throws -> Value
  ) async throws -> Value {
    try await StorageError.translating {
      guard folder != nil else { return try readHere(body) }
      return try await pool.read { try body(SQLiteTransaction($0)) }
    }
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageWriting) throws -> Value
  ) async throws -> Value {
    try await StorageError.translating {
      guard folder != nil else { return try writeHere(body) }
      return try await pool.write { try body(SQLiteTransaction($0)) }
    }
  }

  // A disk of a test's own is in memory: who asks need not leave the thread to wait for it.

  private func readHere<Value>(_ body: (any StorageReading) throws -> Value) throws -> Value {
    try pool.read { try body(SQLiteTransaction($0)) }
  }

  private func writeHere<Value>(_ body: (any StorageWriting) throws -> Value) throws -> Value {
    try pool.write { try body(SQLiteTransaction($0)) }
  }

  /// Ends all connections and gives up the lock. Nothing may be asked of the storage afterwards.
  package func close() throws {
    // GRDB ends the readers last, and the last connection is the one that SQLite would have empty
    // the log: then the database's file alone would not be all there is.
    try? pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try StorageError.translating { try pool.close() }
    folder?.unlock()
  }
}

extension SQLiteStorage {
  private static func openPool(_ path: String) throws -> DatabasePool {
    try StorageError.translating {
      let pool = try DatabasePool(path: path, configuration: configuration(path))
      try setUpWriter(pool)
      do {
        try Schema.migrator.migrate(pool)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
        // A step that was done already, and is not noted any more.
        throw StorageError.damaged(error)
      }
      return pool
    }
  }

  private static func configuration(_ path: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = "ebb-server"
    configuration.maximumReaderCount = 3
    configuration.prepareDatabase { database in
      let isReader = database.configuration.readonly
      try database.execute(sql: "PRAGMA mmap_size = 0")
      // Kibibytes, negative by SQLite's rule; all caches together stay under 32 MiB.
      try database.execute(sql: "PRAGMA cache_size = \(isReader ? -4096 : -16384)")
      if isReader {
        try database.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      } else {
        try Schema.verifyIdentity(of: database, path: path)
      }
    }
    return configuration
  }

  private static func setUpWriter(_ pool: DatabasePool) throws {
    try pool.writeWithoutTransaction { database in
      // GRDB's WAL set-up, which has run by now, leaves NORMAL: a power cut could then take
      // back what was acknowledged.
      try database.execute(sql: "PRAGMA synchronous = FULL")
      // Pages of 4 KiB: a checkpoint for each 64 MiB, so that a page that a long push changes
      // again and again is written back once; and a WAL file that shrinks again.
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 16000")
      try database.execute(sql: "PRAGMA journal_size_limit = \(64 << 20)")
      // What an erase or the end of an account frees is overwritten, not only forgotten.
      try database.execute(sql: "PRAGMA secure_delete = ON")
      guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
        throw StorageError(.other, "The database does not take synchronous = FULL.")
      }
    }
  }
}
