package import JournalModel
package import OperationLog

extension JournalStore {
  /// Writes one operation for each change, all or none. Durable when it returns.
  ///
  /// - Parameter settings: kept or with `nil` forgotten in the same transaction.
  /// - Throws: `StoreError`, or `ChangeError` for a change that no operation can hold.
  @discardableResult
  package func write(
    _ changes: [RecordChange], with settings: [SettingName: [UInt8]?] = [:]
  ) throws -> [OperationID] {
    guard !changes.isEmpty else { return [] }
    return try writing { log in
      try Self.keep(settings, log.db)
      return try changes.map { try log.issue($0) }
    }
  }

  /// Changes a record in sight of what it is now: nobody writes in between.
  ///
  /// - Parameter edit: what to change; `nil` writes nothing.
  /// - Returns: `nil` when there is no such record or nothing to change.
  @discardableResult
  package func write(
    editing id: RecordID, _ edit: (RecordState) throws -> RecordChange?
  ) throws -> OperationID? {
    try writing { log in
      let state = try RecordRow.checkedState(of: id, keys: log.keys, log.db)
      guard let state, let change = try edit(state) else { return nil }
      return try log.issue(change)
    }
  }

  /// As the other, for several records: all are changed, or none.
  ///
  /// - Returns: one operation for each record that was there and had something to change.
  @discardableResult
  package func write(
    editing ids: [RecordID], _ edit: (RecordState) throws -> RecordChange?
  ) throws -> [OperationID] {
    try writing { log in
      try ids.compactMap { id in
        let state = try RecordRow.checkedState(of: id, keys: log.keys, log.db)
        guard let state, let change = try edit(state) else { return nil }
        return try log.issue(change)
      }
    }
  }
}
