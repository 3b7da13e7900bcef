import JournalModel
import OperationLog
import SwiftProtobuf
import Testing

@testable import JournalSealing

struct MakingTests {
  @Test func `a change without writes makes no operation`() throws {
    let samples = try Samples()
    let change = RecordChange(record: samples.record, kind: .mood, writes: [])
    #expect(throws: ChangeError.empty) { try samples.operation(change) }
  }

  @Test func `an operation writes or erases`() throws {
    let samples = try Samples()
    #expect(throws: ChangeError.writesAndErases) {
      try samples.keys.makeOperation(
        samples.mood, id: samples.id, timestamp: samples.timestamp, erased: samples.erased)
    }
  }

  @Test func `one operation writes a register once`() throws {
    let samples = try Samples()
    var change = samples.mood
    change.writes.append(RegisterWrite("score", .integer(5)))
    #expect(throws: ChangeError.repeatedRegister(RegisterName("score"))) {
      try samples.operation(change)
    }
  }

  @Test func `an erase larger than a header may be is refused`() throws {
    let samples = try Samples()
    let digest = try samples.erased[0].digest
    let erased = (1...32_800).map {
      ErasedOperation(
        id: OperationID(device: samples.id.device, sequence: Sequence($0)), digest: digest)
    }
    let change = RecordChange(record: samples.record, kind: .mood, writes: [])
    #expect(throws: ChangeError.headerTooLarge(bytes: 63 + 32 * 32_800, limit: 1 << 20)) {
      try samples.keys.makeOperation(
        change, id: samples.id, timestamp: samples.timestamp, erased: erased)
    }
  }

  @Test func `tags differ by record, register and account`() throws {
    let samples = try Samples()
    let otherAccount = try #require(AccountID([UInt8](repeating: 1, count: 16)))
    let otherRecord = try #require(RecordID([UInt8](repeating: 1, count: 16)))
    let other = JournalKeys(accountKey: samples.accountKey, account: otherAccount)
    let tags: Set = [
      samples.keys.tag(of: samples.record, register: RegisterName("text")),
      samples.keys.tag(of: samples.record, register: RegisterName("title")),
      samples.keys.tag(of: otherRecord, register: RegisterName("text")),
      other.tag(of: samples.record, register: RegisterName("text")),
    ]
    #expect(tags.count == 4)
  }

  @Test func `issued again under another name, an operation keeps its payload`() throws {
    let samples = try Samples()
    let operation = try samples.operation(samples.mood)
    let name = OperationID(device: DeviceID(rawValue: 77), sequence: .first)
    let again = try samples.keys.reissue(
      operation, id: name, timestamp: samples.timestamp.next,
      renaming: [samples.id: name])
    #expect(again.payload == operation.payload)
    #expect(again.header.id == name && again.header.timestamp == samples.timestamp.next)
    #expect(again.header.tags == operation.header.tags)
    #expect(again.header.digest != operation.header.digest)
    #expect(samples.keys.verify(again))
  }

  @Test func `issued again, it follows the new names of what it had seen`() throws {
    let samples = try Samples()
    let operation = try samples.operation(samples.mood)
    let old = OperationID(device: DeviceID(rawValue: 2), sequence: Sequence(300))
    let new = OperationID(device: DeviceID(rawValue: 0), sequence: Sequence(5))
    let again = try samples.keys.reissue(
      operation, id: samples.id, timestamp: samples.timestamp, renaming: [old: new])
    let note = try samples.keys.open(payloadOf: again).writes.first {
      $0.register.rawValue == "note"
    }
    #expect(
      note?.seen == [
        new, OperationID(device: DeviceID(rawValue: 1), sequence: .max),
        OperationID(device: DeviceID(rawValue: 2), sequence: .first),
      ])
  }

  @Test func `issued again under another account, it belongs there`() throws {
    let samples = try Samples()
    let account = try #require(AccountID([UInt8](repeating: 1, count: 16)))
    let key = try #require(AccountKey([UInt8](repeating: 1, count: 32)))
    let keys = JournalKeys(accountKey: key, account: account)
    let again = try keys.reissue(
      try samples.operation(samples.mood), id: samples.id, timestamp: samples.timestamp)
    #expect(again.header.account == account)
    #expect(try keys.open(try keys.seal(again)).change == Samples.canonical(samples.mood))
    #expect(throws: OperationRefusal(samples.id, .otherAccount(account))) {
      try samples.keys.seal(again)
    }
  }

  @Test func `a renamed payload keeps what this version does not know`() throws {
    let golden = try GoldenFile("payload-unknown-case").bytes
    let old = OperationID(device: DeviceID(rawValue: 3), sequence: Sequence(9))
    let new = OperationID(device: DeviceID(rawValue: 4), sequence: Sequence(1))
    let (payload, change) = try PayloadCoding.rename([old: new], in: golden)
    #expect(payload != golden)
    #expect(change.writes.map(\.seen) == [[new]])
    #expect(change.writes.map(\.value) == [.unknown])
    // The bytes of the unknown value are still there.
    #expect(payload[0] == 1)
    let message = try EncodedPayload(
      serializedBytes: try RawDeflate.inflated(payload.dropFirst(), countMax: 1000))
    #expect(Array(message.writes[0].unknownFields.data) == [9 << 3 | 2, 3, 1, 2, 3])
  }
}
