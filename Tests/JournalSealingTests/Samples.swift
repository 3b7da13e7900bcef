import JournalModel
import JournalSealing
import OperationLog
import SyncProtocol
import Testing

/// Fixed inputs: the golden files were made from them, so they never change.
struct Samples {
  let account: AccountID
  let accountKey: AccountKey
  let record: RecordID
  let keys: JournalKeys
  let id = OperationID(device: DeviceID(rawValue: 0x0102_0304_0506_0708), sequence: Sequence(7))
  let timestamp = Timestamp(milliseconds: 1_763_709_300_000)

  init() throws {
    account = try #require(AccountID((0..<16).map { 0xa0 + $0 }))
    accountKey = try #require(AccountKey(Array(0..<32)))
    record = try #require(RecordID((0..<16).map { 0x40 + $0 }))
    keys = JournalKeys(accountKey: accountKey, account: account)
  }

  var mood: RecordChange {
    RecordChange(
      record: record, kind: .mood,
      writes: [
        RegisterWrite("score", .integer(4)), RegisterWrite("pull", .text("torn")),
        RegisterWrite("energy", .absent), RegisterWrite("urge", .integer(-1)),
        RegisterWrite(RegisterName(.emotion, "zärtlich"), .boolean(true)),
        RegisterWrite(
          "note", .text("näher 💛\n"),
          seen: [
            OperationID(device: DeviceID(rawValue: 2), sequence: Sequence(300)),
            OperationID(device: DeviceID(rawValue: 2), sequence: Sequence(1)),
            OperationID(device: DeviceID(rawValue: 1), sequence: .max),
          ]),
      ])
  }

  var entry: RecordChange {
    RecordChange(
      record: record, kind: .entry,
      writes: [
        RegisterWrite(.created, .integer(1_763_709_300_000)),
        RegisterWrite(.date, .text("2026-11-21T08:15:00+01:00[Europe/Berlin]")),
        RegisterWrite("text", .text(String(repeating: "We walked along the river. ", count: 20))),
      ])
  }

  var erased: [ErasedOperation] {
    get throws {
      let digest = try #require(OperationDigest([UInt8](repeating: 9, count: 16)))
      return [4, 3].map {
        ErasedOperation(
          id: OperationID(device: id.device, sequence: Sequence($0)), digest: digest)
      }
    }
  }

  func operation(_ change: RecordChange) throws -> StoredOperation {
    try keys.makeOperation(change, id: id, timestamp: timestamp)
  }

  func erase() throws -> StoredOperation {
    try keys.makeOperation(
      RecordChange(record: record, kind: .mood, writes: []), id: id, timestamp: timestamp,
      erased: erased)
  }

  /// A write as decoding gives it: in canonical order.
  static func canonical(_ change: RecordChange) -> RecordChange {
    var change = change
    change.writes.sort {
      $0.register.rawValue.utf8.lexicographicallyPrecedes($1.register.rawValue.utf8)
    }
    for index in change.writes.indices { change.writes[index].seen.sort() }
    return change
  }
}

extension RegisterWrite {
  init(_ register: String, _ value: RegisterValue, seen: [OperationID] = []) {
    self.init(RegisterName(register), value, seen: seen)
  }
}
