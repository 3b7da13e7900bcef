private import GRDB
private import ServerCore

extension SQLiteStorage {
  /// Verifies the file's structure, every operation's checksum, and that winners and state
  /// digests are what the operations say. Empty when all is well, else one plain sentence for each
  /// finding.
  ///
  /// Operations that the disk has changed are set aside, so that machines send them again, and
  /// named until they have.
  package func check() async throws -> [String] {
    try await StorageError.translating {
      let structure = try await pool.read(Self.structureFindings)
      // Nothing is written to a file that SQLite does not trust.
      guard structure.isEmpty else { return structure }
      let corrections = try await setAsideDamaged().map { "Put right: \($0)" }
      return corrections + (try await pool.read(Self.contentFindings))
    }
  }

  /// Puts right what follows from the rest (indexes, accounts' names and ids, states), and checks
  /// again. No operation is deleted; a file that SQLite does not trust is left as it is, but for its
  /// indexes.
  package func checkAndRepair() async throws -> (corrections: [String], findings: [String]) {
    try await StorageError.translating {
      let damage = try await pool.read(MendableDamage.init)
      var corrections = try await pool.write(damage.mend)
      let isTrusted = try await pool.read(Self.structureFindings).isEmpty
      if isTrusted { corrections += try await repair() }
      return (corrections, try await check())
    }
  }

  private static func structureFindings(_ database: Database) throws -> [String] {
    let structure = try FileStructure(database)
    // Only where tables can be trusted do they say what is wrong with their indexes.
    let isReadable = structure.damage.isEmpty && !structure.isUnreadable
    let faults = try isReadable ? AccountFault.all(in: database) : []
    let wronglyIndexed = structure.wronglyIndexed.filter { $0 != "account" || faults.isEmpty }
    let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
    return structure.damage.map { "The database is damaged: \($0)." }
      + (structure.isUnreadable
        ? ["The database is damaged: not all that is in it can be read."] : [])
      + structure.valueless.map { "The database is damaged: \(MendableDamage.ofValue(in: $0))." }
      + wronglyIndexed.map { "The database is damaged: \(MendableDamage.ofIndex(of: $0))." }
      + faults.map(\.finding)
      + (orphans > 0 ? ["\(orphans) rows belong to an account that is not there."] : [])
  }

  private static func contentFindings(_ database: Database) throws -> [String] {
    let transaction = SQLiteTransaction(database)
    let unscrubbed =
      try transaction.isUnscrubbed
      ? [
        "What was erased may still lie in free space of the files; the next start of the "
          + "server overwrites it."
      ] : []
    let damagedKeys = try transaction.accounts().filter { !$0.keys.isSound }.map {
      "Account \($0.id): The keys document is damaged: who is logged in goes on, and nobody can log "
        + "in. The next machine that syncs gives it back; if none is logged in, `ebb register` on "
        + "one that was does."
    }
    return try unscrubbed + damagedKeys + JournalCheck.findings(in: transaction)
  }
}
