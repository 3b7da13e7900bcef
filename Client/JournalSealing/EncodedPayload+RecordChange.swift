internal import Foundation
internal import JournalModel
internal import OperationLog
internal import SwiftProtobuf

extension EncodedPayload {
  init(_ change: RecordChange) throws(ChangeError) {
    // What is made must be readable.
    guard change.writes.count <= PayloadCounts.writesMax else {
      throw .tooManyWrites(count: change.writes.count, limit: PayloadCounts.writesMax)
    }
    let seenCount = change.writes.reduce(0) { $0 + $1.seen.count }
    guard seenCount <= PayloadCounts.seenMax else {
      throw .tooManySeen(count: seenCount, limit: PayloadCounts.seenMax)
    }
    record = Data(change.record.bytes)
    kind = change.kind.rawValue
    writes = []
    writes.reserveCapacity(change.writes.count)
    for write in change.writes { writes.append(try EncodedWrite(write)) }
    // By bytes: the order of strings follows Unicode's tables, which change.
    writes.sort { $0.register.utf8.lexicographicallyPrecedes($1.register.utf8) }
  }

  /// Whether there was a name to change.
  mutating func rename(_ renaming: [OperationID: OperationID]) -> Bool {
    guard !renaming.isEmpty else { return false }
    var changed = false
    for write in writes.indices {
      for seen in writes[write].seen.indices {
        guard let name = renaming[OperationID(writes[write].seen[seen])] else { continue }
        writes[write].seen[seen].device = name.device.rawValue
        writes[write].seen[seen].sequence = name.sequence.rawValue
        changed = true
      }
      writes[write].seen.sort { OperationID($0) < OperationID($1) }
    }
    return changed
  }
}

extension EncodedWrite {
  fileprivate init(_ write: RegisterWrite) throws(ChangeError) {
    register = write.register.rawValue
    value =
      switch write.value {
      case .text(let text): .text(text)
      case .integer(let integer): .integer(integer)
      case .boolean(let boolean): .boolean(boolean)
      case .absent: .absent(1)
      case .unknown: throw .unknownValue(write.register)
      }
    seen = write.seen.sorted().map { id in
      .with {
        $0.device = id.device.rawValue
        $0.sequence = id.sequence.rawValue
      }
    }
  }
}

extension RecordChange {
  init(_ message: EncodedPayload) throws(PayloadError) {
    guard let record = RecordID([UInt8](message.record)) else { throw .malformedRecord }
    var writes: [RegisterWrite] = []
    writes.reserveCapacity(message.writes.count)
    for write in message.writes { writes.append(try RegisterWrite(write)) }
    self.init(record: record, kind: RecordKind(rawValue: message.kind), writes: writes)
  }
}

extension RegisterWrite {
  fileprivate init(_ message: EncodedWrite) throws(PayloadError) {
    let value: RegisterValue =
      switch message.value {
      case .text(let text): .text(text)
      case .integer(let integer): .integer(integer)
      case .boolean(let boolean): .boolean(boolean)
      case .absent: .absent
      case nil: .unknown
      }
    let seen = message.seen.map(OperationID.init)
    guard seen.allSatisfy({ (Sequence.first...Sequence.max).contains($0.sequence) })
    else { throw .malformedMessage }
    self.init(RegisterName(message.register), value, seen: seen)
  }
}

extension OperationID {
  fileprivate init(_ message: EncodedSeen) {
    self.init(
      device: DeviceID(rawValue: message.device), sequence: Sequence(message.sequence))
  }
}
