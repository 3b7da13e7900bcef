internal import GRDB
package import JournalModel

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
  /// - Parameter versions: earlier ones, oldest first. Each becomes an operation of now and of this
  ///   machine, for nobody can write in another's name; after them the record says what `change`
  ///   does.
  /// - Throws: `StoreError`, or `ChangeError` for a change that no operation can hold.
  package func add(
    _ change: RecordChange, after versions: [EarlierVersion] = [], trashed: Bool = false
  ) throws -> Bool {
    guard try !RecordRow.isKnown(change.record, log.db) else { return false }
    if versions.isEmpty && !trashed {
      try log.issue(change)
      return true
    }
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
}

extension RecordRow {
  fileprivate static func isKnown(_ id: RecordID, _ db: Database) throws -> Bool {
    if try row(of: id, db) != nil { return true }
    return try db.first(
      "SELECT 1 FROM erasure WHERE record = ?1", .blob(id.bytes), read: { _ in true }) ?? false
  }
}
