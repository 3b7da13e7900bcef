private import GRDB
private import ServerCore

extension SQLiteStorage {
  /// Verifies the file's structure, and that winners and state digests are what the operations
  /// say. Empty when all is well, else one plain sentence for each finding.
  package func check() async throws -> [String] {
    try await StorageError.translating {
      try await pool.read { database in
        let structure = try String.fetchAll(database, sql: "PRAGMA integrity_check")
        let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
        let findings =
          structure.filter { $0 != "ok" }.map { "The database is damaged: \($0)." }
          + (orphans > 0 ? ["\(orphans) rows belong to an account that is not there."] : [])
        guard findings.isEmpty else { return findings }
        let transaction = SQLiteTransaction(database)
        let unscrubbed =
          try transaction.isUnscrubbed
          ? [
            "What was erased may still lie in free space of the files; the next start of the "
              + "server overwrites it."
          ] : []
        return try unscrubbed + JournalCheck.findings(in: transaction)
      }
    }
  }
}
