internal import GRDB
package import JournalModel
package import JournalSealing
internal import OperationLog

/// Erasing has two steps. The first, one transaction, takes the words out of the journal. The
/// second overwrites what they leave in the file; until it has come to its end the journal
/// remembers that it has to be done, and it can be done again.
extension JournalStore {
  /// Takes records out of the journal for good, all or none. `finishErasing` must follow.
  ///
  /// Callers that have an account sync before and after, with no other sync in between: only what
  /// is known here can be erased.
  /// - Returns: how many there were.
  package func erase(_ ids: [RecordID]) throws -> Int {
    try writing { log in try ids.count(where: log.erase) }
  }

  /// Whether the journal's file may still hold words of what was erased.
  package var isErasingUnfinished: Bool {
    get throws { try setting(.unscrubbed) != nil }
  }

  /// Files that Ebb made, and keeps for their owner to look at, from before something was erased:
  /// copies of a damaged journal, and drafts. They may hold what was erased. Paths.
  package func keptFiles() throws -> [String] {
    guard let names = try setting(.keptFiles) else { return [] }
    return KeptFiles(names, in: StoreFile.folder(of: path)).remaining
  }

  /// Makes the file hold no more than the journal does: the search index is made anew, for FTS5
  /// keeps deleted words until then, and after it the whole file is, for SQLite leaves copies of
  /// what it moved on the way (`secure_delete` does not reach those).
  ///
  /// Other files stay, for what they hold may be nowhere else: `keptFiles`.
  ///
  /// Does nothing when there is nothing to do. Needs free space and, for a moment, memory of the
  /// journal's size. Throws `StoreError`: `.busy` when another command reads for too long.
  package func finishErasing() throws {
    guard try isErasingUnfinished else { return try forgetKeptFiles() }
    guard mode != .readOnly else { return try reopened(mode: .existing).finishErasing() }
    let folder = StoreFile.folder(of: path)
    let kept = KeptFiles(try setting(.keptFiles) ?? [], in: folder).adding(KeptFiles(in: folder))
    try whileLocked {
      try transaction(.immediate) { db in
        try Label.dropOrphans(db)
        try SearchIndex.rebuild(db)
      }
      try outsideTransactions { try $0.execute(sql: "VACUUM") }
      try transaction(.immediate) { db in
        try db.run("DELETE FROM setting WHERE name = ?1", .text(SettingName.unscrubbed.rawValue))
        guard !kept.names.isEmpty else { return }
        try db.run(
          "INSERT OR REPLACE INTO setting(name, value) VALUES (?1, ?2)",
          .text(SettingName.keptFiles.rawValue), .blob(kept.encoded))
      }
    }
  }

  /// Once none of them is left.
  private func forgetKeptFiles() throws {
    guard mode != .readOnly, try setting(.keptFiles) != nil, try keptFiles().isEmpty else { return }
    try setSetting(.keptFiles, nil)
  }

  /// Whether a record of this id was erased, here or elsewhere: an import leaves it out.
  package func wasErased(_ id: RecordID) throws -> Bool {
    try readingOnce { db in
      try db.first(
        "SELECT 1 FROM erasure WHERE record = ?1 LIMIT 1", .blob(id.bytes), read: { _ in true })
        ?? false
    }
  }

  /// All erases that are operations, own and others'.
  package func erases() throws -> [Erase] {
    try reading { try Erase.all(devices: try DeviceTable.load($0), $0) }
  }

  /// The same as they are stored: a server has to know them before it takes the stubs they leave.
  package func eraseOperations() throws -> [StoredOperation] {
    try reading { db in
      let keys = try keys(db)
      return try db.all(
        """
        SELECT header, payload FROM operation
        WHERE key IN (SELECT operation FROM erasure) ORDER BY key
        """
      ) { row in
        let operation = try row.operation(account: keys.account)
        guard keys.verify(operation) else { throw DamagedRow() }
        return operation
      }
    }
  }
}
