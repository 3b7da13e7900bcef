internal import GRDB
package import JournalModel
package import OperationLog

/// An operation that erases a record, or a part of its operations when they are very many.
package struct Erase: Hashable, Sendable {
  package let stamp: Stamp
  package let record: RecordID
  /// The server has it: it was accepted, or came from there.
  package let isOnServer: Bool

  package var id: OperationID { stamp.id }
}

extension Erase {
  /// Those that name a record; all if it is `nil`. In the order of their operations' keys.
  static func all(
    of record: RecordID? = nil, devices: DeviceTable, _ db: Database
  ) throws -> [Erase] {
    // CROSS JOIN begins with the few erasures; else SQLite begins with the whole log, in its order.
    try db.all(
      """
      SELECT key, timestamp, erasure.record, made_here
      FROM erasure CROSS JOIN operation ON key = erasure.operation
      WHERE ?1 IS NULL OR erasure.record = ?1 ORDER BY erasure.operation
      """, SQLValue(record?.bytes)
    ) { row in
      let id = try devices.operation(key: row.integer(0))
      guard let device = devices[id.device], let record = RecordID(row.bytes(2))
      else { throw DamagedRow() }
      return Erase(
        stamp: Stamp(
          timestamp: Timestamp(rawValue: UInt64(bitPattern: row.integer(1))), id: id),
        record: record,
        isOnServer: !device.isOwn || row.integer(3) == 0 || id.sequence <= device.accepted)
    }
  }
}
