internal import GRDB
internal import JournalModel
internal import JournalSealing
internal import OperationLog

extension Database {
  /// All operations of a record, of which each proves that it is what was made.
  ///
  /// - Throws: `DamagedRow` if one does not: then nothing that follows from it is to be believed.
  func checkedOperations(
    ofRecord row: Int64, devices: DeviceTable, keys: JournalKeys
  ) throws -> [CheckedOperation] {
    try all(
      "SELECT \(LogRow.columns) FROM operation WHERE record = ?1", .integer(row)
    ) { row in
      let row = LogRow(row)
      guard let opened = try? row.opened(keys), row.repeats(opened.operation.header, devices)
      else { throw DamagedRow() }
      return CheckedOperation(stamp: opened.operation.header.stamp, change: opened.change)
    }
  }
}

struct CheckedOperation {
  let stamp: Stamp
  /// `nil` for a stub.
  let change: RecordChange?

  var stamped: StampedChange? { change.map { StampedChange(stamp: stamp, change: $0) } }
}

extension RecordRow {
  /// A record's state, made anew from its operations and found to be the same.
  ///
  /// - Throws: `DamagedRow` if it is not.
  static func checkedState(
    of id: RecordID, keys: JournalKeys, _ db: Database
  ) throws -> RecordState? {
    try checked(id, keys: keys, db)?.state
  }

  /// The same, with the operations that it was made of.
  static func checked(
    _ id: RecordID, keys: JournalKeys, _ db: Database
  ) throws -> (state: RecordState, changes: [StampedChange])? {
    guard let state = try state(of: id, db), let row = try row(of: id, db) else { return nil }
    let changes = try db.checkedOperations(
      ofRecord: row, devices: try DeviceTable.load(db), keys: keys
    ).compactMap(\.stamped)
    guard RecordState(id: id, merging: changes) == state else { throw DamagedRow() }
    return (state, changes)
  }
}
