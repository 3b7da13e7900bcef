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
