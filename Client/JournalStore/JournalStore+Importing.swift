internal import GRDB
package import JournalModel
internal import OperationLog

extension JournalStore {
  /// Brings many records in, all or none: what `body` adds is durable when this returns, and if it
  /// throws nothing was added.
  package func importing<Value>(_ body: (Importing) throws -> Value) throws -> Value {
    try writing { log in
      let importing = try Importing(log)
      let value = try body(importing)
      try importing.storeAdded()
      return value
    }
  }

  /// Whether a record is known here: in the journal, in its trash, or erased.
  package func knows(_ id: RecordID) throws -> Bool {
    try reading { try RecordRow.isKnown(id, $0) }
  }
}

/// An import under way.
package final class Importing {
  private let log: LogTransaction
  /// Changes that begin records and are all that is known of them: nearly all.
  private let beginnings: BulkIssue
  /// Records that came with it.
  private var added: Set<RecordID> = []
  /// Whether there were any records before: most that are imported come into an empty journal.
  private let knowsRecords: Bool
  /// Whether any record was ever erased: most journals know of none.
  private let knowsErasures: Bool

  fileprivate init(_ log: LogTransaction) throws {
    self.log = log
    beginnings = BulkIssue(log)
    knowsRecords = try log.db.first("SELECT 1 FROM record LIMIT 1", read: { _ in true }) ?? false
    knowsErasures = try log.db.first("SELECT 1 FROM erasure LIMIT 1", read: { _ in true }) ?? false
  }

  /// Adds a new record; false if it is known already: in the journal, in its trash, or erased.
  ///
  /// - Parameter versions: earlier ones, oldest first. Each becomes an operation of now and of this
  ///   machine, for nobody can write in another's name; after them the record says what `change`
  ///   does.
  /// - Throws: `StoreError`, or `ChangeError` for a change that no operation can hold.
  package func add(
    _ change: RecordChange, after versions: [EarlierVersion] = [], trashed: Bool = false
  ) throws -> Bool {
    guard try !knows(change.record) else { return false }
    added.insert(change.record)
    if versions.isEmpty && !trashed {
      try beginnings.add(change)
      return true
    }
    try beginnings.finish()
    var record = RecordReplay(blank: change.record, kind: change.kind)
    // The journal itself makes the record's state, at the end of all.
    func write(_ change: RecordChange) throws {
      try record.apply(change, as: log.issue(change))
    }
    let created = change.writes.filter { $0.register == .created }
    for version in versions {
      guard var next = try version.change(of: record.state) else { continue }
      if record.isBlank {
        next.writes = (next.writes + created).sorted { $0.register < $1.register }
      }
      try write(next)
    }
    if record.isBlank {
      try write(change)
    } else if let final = RecordState(of: change), let last = record.state.reverting(to: final) {
      try write(last)
    }
    if let move = trashed ? record.state.trashing() : record.state.untrashing() {
      try write(move)
    }
    return true
  }

  /// Stores what is still under way; at its end, an import does so by itself.
  package func storeAdded() throws { try beginnings.finish() }

  private func knows(_ id: RecordID) throws -> Bool {
    if added.contains(id) { return true }
    if try knowsRecords && RecordRow.row(of: id, log.db) != nil { return true }
    return try knowsErasures && RecordRow.isErased(id, log.db)
  }
}

extension RecordRow {
  fileprivate static func isKnown(_ id: RecordID, _ db: Database) throws -> Bool {
    if try row(of: id, db) != nil { return true }
    return try isErased(id, db)
  }

  fileprivate static func isErased(_ id: RecordID, _ db: Database) throws -> Bool {
    try db.first(
      "SELECT 1 FROM erasure WHERE record = ?1", .blob(id.bytes), read: { _ in true }) ?? false
  }
}
