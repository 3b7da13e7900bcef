internal import GRDB
package import JournalModel
internal import OperationLog

extension JournalStore {
  /// Brings many records in, all or none: what `body` adds is durable when this returns, and if it
  /// throws nothing was added. The search index is filled once, at the end.
  package func importing<Value>(_ body: (Importing) throws -> Value) throws -> Value {
    try writing(isBulk: true) { log in
      let value = try body(Importing(log: log))
      try log.finish()
      while try SearchIndex.indexPending(limit: 20_000, log.db) {}
      return value
    }
  }

  /// Whether a record is known here: in the journal, in its trash, or erased.
  package func knows(_ id: RecordID) throws -> Bool {
    try reading { try RecordRow.isKnown(id, $0) }
  }
}

/// An import under way.
package struct Importing {
  let log: LogTransaction

  /// Adds a new record; false if it is known already: in the journal, in its trash, or erased.
  ///
  /// - Throws: `StoreError`, or `ChangeError` for a change that no operation can hold.
  package func add(_ change: RecordChange, trashed: Bool = false) throws -> Bool {
    guard try !RecordRow.isKnown(change.record, log.db) else { return false }
    try log.issue(change)
    if trashed, let state = try RecordRow.state(of: change.record, log.db),
      let trashing = state.trashing()
    {
      try log.issue(trashing)
    }
    return true
  }
}

extension RecordRow {
  fileprivate static func isKnown(_ id: RecordID, _ db: Database) throws -> Bool {
    if try row(of: id, db) != nil { return true }
    return try db.first(
      "SELECT 1 FROM erasure WHERE record = ?1", .blob(id.bytes), read: { _ in true }) ?? false
  }
}
