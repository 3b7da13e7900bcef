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

  /// What is known here of a record, and of what an import says of it.
  package func acquaintance(with change: RecordChange) throws -> Acquaintance {
    try reading { db in
      if let state = try RecordRow.state(of: change.record, db) {
        return Acquaintance(of: state, with: change)
      }
      return try RecordRow.isErased(change.record, db) ? .erased : .new
    }
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

  /// Adds a record that is new; any other stays as it is.
  ///
  /// - Parameter versions: earlier ones, oldest first. Each becomes an operation of now and of this
  ///   machine, for nobody can write in another's name; after them the record says what `change`
  ///   does.
  /// - Throws: `StoreError`, or `ChangeError` for a change that no operation can hold.
  package func add(
    _ change: RecordChange, after versions: [EarlierVersion] = [], trashed: Bool = false
  ) throws -> Acquaintance {
    let acquaintance = try acquaintance(with: change)
    guard acquaintance == .new else { return acquaintance }
    added.insert(change.record)
    if versions.isEmpty && !trashed {
      try beginnings.add(change)
      return .new
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
    return .new
  }

  /// Stores what is still under way; at its end, an import does so by itself.
  package func storeAdded() throws { try beginnings.finish() }

  private func acquaintance(with change: RecordChange) throws -> Acquaintance {
    if added.contains(change.record) { return .same }
    if knowsRecords, let state = try RecordRow.state(of: change.record, log.db) {
      return Acquaintance(of: state, with: change)
    }
    return try knowsErasures && RecordRow.isErased(change.record, log.db) ? .erased : .new
  }
}

extension Acquaintance {
  fileprivate init(of state: RecordState, with change: RecordChange) {
    if state.isTrashed {
      self = .trashed
      return
    }
    let isSame = change.writes.allSatisfy { write in
      if [.created, .trashed].contains(write.register) { return true }
      var present = write
      present.value = state.registers[write.register]?.value ?? .absent
      if present.value == write.value { return true }
      // The same source may be read in another time zone.
      return write.wallClock != nil && write.wallClock == present.wallClock
    }
    self = isSame ? .same : .different
  }
}

extension RecordRow {
  fileprivate static func isErased(_ id: RecordID, _ db: Database) throws -> Bool {
    try db.first(
      "SELECT 1 FROM erasure WHERE record = ?1", .blob(id.bytes), read: { _ in true }) ?? false
  }
}
