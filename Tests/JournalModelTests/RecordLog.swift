import JournalModel
import OperationLog

/// The operations of one record, written by hand: device 1, 2 or 3, each numbering its own.
struct RecordLog {
  let id = RecordID(hexadecimal: String(repeating: "ab", count: 16))
  var kind = RecordKind.entry
  private(set) var changes: [StampedChange] = []

  /// Adds an operation and gives its name.
  @discardableResult
  mutating func write(
    _ device: UInt64, at milliseconds: Int64, _ writes: RegisterWrite...
  ) -> OperationID {
    write(device, at: milliseconds, writes)
  }

  @discardableResult
  mutating func write(
    _ device: UInt64, at milliseconds: Int64, _ writes: [RegisterWrite]
  ) -> OperationID {
    let own = changes.count { $0.stamp.id.device.rawValue == device }
    let operation = OperationID(
      device: DeviceID(rawValue: device), sequence: Sequence(UInt64(own + 1)))
    if let id {
      changes.append(
        StampedChange(
          stamp: Stamp(timestamp: Timestamp(milliseconds: milliseconds), id: operation),
          change: RecordChange(record: id, kind: kind, writes: writes)))
    }
    return operation
  }

  /// Adds a change that a draft or an edit made.
  @discardableResult
  mutating func write(_ device: UInt64, at milliseconds: Int64, _ change: RecordChange)
    -> OperationID
  {
    write(device, at: milliseconds, change.writes)
  }

  var state: RecordState? { merged(changes) }

  func merged(_ changes: [StampedChange]) -> RecordState? {
    id.flatMap { RecordState(id: $0, merging: changes) }
  }
}

extension RegisterWrite {
  static func text(_ text: String, seen: OperationID...) -> RegisterWrite {
    RegisterWrite(.text, .text(text), seen: seen)
  }

  static func trash(_ isTrashed: Bool = true, seen: OperationID...) -> RegisterWrite {
    RegisterWrite(.trashed, .boolean(isTrashed), seen: seen)
  }

  static func tag(_ name: String, _ isMember: Bool = true) -> RegisterWrite {
    RegisterWrite(RegisterName(.tag, name), .boolean(isMember))
  }
}
