private import GRDB
private import ServerCore

extension SQLiteStorage {
  /// Writes the whole file anew and empties the WAL: `secure_delete` alone leaves copies of what
  /// SQLite moved between pages before it was deleted.
  ///
  /// Nobody reads or writes meanwhile. Needs free space of twice the file's size.
  package func scrub() async throws {
    try await StorageError.translating {
      guard try await pool.read({ try SQLiteTransaction($0).isUnscrubbed }) else { return }
      try await pool.barrierWriteWithoutTransaction { database in
        guard try SQLiteTransaction(database).isUnscrubbed else { return }
        try database.execute(sql: "VACUUM")
        // A backup may be reading what was before; then the WAL still holds it, and all is done
        // again later.
        guard try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
        else { return }
        try database.execute(
          sql: "DELETE FROM setting WHERE name = ?", arguments: [SQLiteTransaction.unscrubbed])
      }
    }
  }
}

extension SQLiteTransaction {
  /// The value's name: there while the files may hold what was erased.
  fileprivate static let unscrubbed = "unscrubbed"

  var isUnscrubbed: Bool {
    get throws { try value(named: Self.unscrubbed) != nil }
  }

  func noteUnscrubbed() throws {
    try setValue([1], named: Self.unscrubbed)
  }
}
