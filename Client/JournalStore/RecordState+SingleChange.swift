internal import JournalModel
internal import OperationLog

extension RecordState {
  /// What merging makes of a record's only operation, without the general rule's detours.
  init(of change: RecordChange, stamp: Stamp) {
    var registers: [RegisterName: Register] = [:]
    registers.reserveCapacity(change.writes.count)
    for write in change.writes {
      let isProse = write.register.isProse(in: change.kind)
      registers[write.register] = Register(
        stamp: stamp, value: write.value, seen: write.seen, heads: isProse ? [stamp.id] : [])
    }
    self.init(
      id: change.record, kind: change.kind, registers: registers, modified: stamp.timestamp)
  }
}

extension RecordState {
  /// With one more operation, the same as merging all anew; `nil` where the operations before it
  /// have to be known: of prose and of the trash, for those name what they have seen.
  func advanced(by operation: RecordState) -> RecordState? {
    guard kind == operation.kind, isPlain, operation.isPlain else { return nil }
    return RecordState(
      id: id, kind: kind,
      registers: registers.merging(operation.registers) { $0.stamp < $1.stamp ? $1 : $0 },
      modified: max(modified, operation.modified))
  }

  private var isPlain: Bool {
    registers.keys.allSatisfy { $0 != .trashed && !$0.isProse(in: kind) }
  }
}
