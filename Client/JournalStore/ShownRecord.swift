internal import GRDB
package import JournalModel
package import OperationLog

/// A record as it was shown to somebody, who may take long to say what is to change.
///
/// Meanwhile operations that no other machine has seen can get other names, and others theirs: when
/// this journal turns out to be a copy, or something else is erased. Their times and what they say
/// stay, and by these they are known again.
package struct ShownRecord: Sendable {
  package let state: RecordState
  fileprivate let changes: [StampedChange]
}

extension JournalStore {
  /// A record's state, as `state(of:)`, to be changed in sight of it later.
  package func shown(_ id: RecordID) throws -> ShownRecord? {
    try reading { db in
      try RecordRow.checked(id, keys: keys(db), db).map {
        ShownRecord(state: $0.state, changes: $0.changes)
      }
    }
  }

  /// Writes changes that were made in sight of a record as it was shown: each names as seen what was
  /// seen then, by its present name, and nothing that has come since.
  @discardableResult
  package func write(
    _ changes: [RecordChange], inSightOf shown: ShownRecord
  ) throws -> [OperationID] {
    guard !changes.isEmpty else { return [] }
    return try writing { log in
      let seen = Set(changes.flatMap(\.writes).flatMap(\.seen))
      let names = try log.presentNames(of: shown, seen)
      return try changes.map { try log.issue($0.naming(names)) }
    }
  }
}

extension LogTransaction {
  /// What these operations of a record are called now; `nil` for one that is not here any more.
  fileprivate func presentNames(
    of shown: ShownRecord, _ seen: Set<OperationID>
  ) throws -> [OperationID: OperationID?] {
    let present = try RecordRow.row(of: shown.state.id, db).map(changes(of:)) ?? []
    var names: [OperationID: OperationID?] = [:]
    for old in shown.changes where seen.contains(old.stamp.id) {
      let same = present.filter { $0.change.saysSame(as: old.change) }
      let found =
        same.first { $0.stamp.id == old.stamp.id }
        ?? same.first { $0.stamp.timestamp == old.stamp.timestamp }
      // What was erased meanwhile keeps its name, if others have seen it.
      names.updateValue(
        try found?.stamp.id ?? (isStub(old.stamp.id) ? old.stamp.id : nil), forKey: old.stamp.id)
    }
    return names
  }

  private func isStub(_ id: OperationID) throws -> Bool {
    guard let key = devices.key(of: id) else { return false }
    return try db.first(
      "SELECT 1 FROM operation WHERE key = ?1 AND payload IS NULL", .integer(key),
      read: { _ in true }) ?? false
  }
}

extension RecordChange {
  /// Whatever operations they name, for those may have been renamed, too.
  fileprivate func saysSame(as other: RecordChange) -> Bool {
    kind == other.kind && writes.count == other.writes.count
      && zip(writes, other.writes).allSatisfy {
        $0.register == $1.register && $0.value == $1.value
      }
  }

  fileprivate func naming(_ names: [OperationID: OperationID?]) -> RecordChange {
    var change = self
    change.writes = writes.map { write in
      let seen = Set(write.seen.compactMap { id in names[id] ?? id })
      return RegisterWrite(write.register, write.value, seen: seen.sorted())
    }
    return change
  }
}
