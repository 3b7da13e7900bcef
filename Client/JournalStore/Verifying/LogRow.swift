internal import GRDB
internal import JournalSealing
internal import OperationLog

/// A row of table `operation`, before anything of it is believed.
struct LogRow {
  let key: Int64
  let timestamp: Int64
  let madeHere: Int64
  let record: Int64?
  let header: [UInt8]
  /// `nil` for a stub.
  let payload: [UInt8]?

  static let columns = "key, timestamp, made_here, record, header, payload"

  /// Reads the columns of `columns`.
  init(_ row: ResultRow) {
    self.init(
      key: row.integer(0), timestamp: row.integer(1), madeHere: row.integer(2),
      record: row.isNull(3) ? nil : row.integer(3), header: row.bytes(4),
      payload: row.isNull(5) ? nil : row.bytes(5))
  }

  init(
    key: Int64, timestamp: Int64, madeHere: Int64, record: Int64?, header: [UInt8],
    payload: [UInt8]?
  ) {
    self.key = key
    self.timestamp = timestamp
    self.madeHere = madeHere
    self.record = record
    self.header = header
    self.payload = payload
  }

  /// The operation, checked as if it came from elsewhere. A stub proves nothing by itself.
  func opened(_ keys: JournalKeys) throws(Damage) -> OpenedOperation {
    guard let header = OperationHeader(wireBytes: header, account: keys.account)
    else { throw Damage(fault: .unreadable) }
    guard let payload, !payload.isEmpty else {
      guard header.tags.isEmpty, header.erased.isEmpty else { throw Damage(fault: .unreadable) }
      return OpenedOperation(operation: StoredOperation(header: header, payload: []), change: nil)
    }
    let operation = StoredOperation(header: header, payload: payload)
    do {
      return OpenedOperation(operation: operation, change: try keys.open(payloadOf: operation))
    } catch {
      throw Damage(fault: error.reason == .wrongDigest ? .digest : .unreadable)
    }
  }

  struct Damage: Error {
    let fault: JournalFinding.Fault
  }

  /// Whether the row says of the operation what its header says.
  func repeats(_ header: OperationHeader, _ devices: DeviceTable) -> Bool {
    devices.key(of: header.id) == key
      && UInt64(bitPattern: timestamp) == header.timestamp.rawValue
      && (madeHere == 0 || madeHere == 1)
  }
}
