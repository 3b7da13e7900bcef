package import OperationLog

/// A record that is made change by change, each in sight of all before it: what an import does with
/// earlier versions.
///
/// Of such changes the last write of a register is all that counts, so a record of many versions
/// costs no more for each of them than one of few.
package struct RecordReplay: Sendable {
  package private(set) var state: RecordState
  private var count: Int64 = 0
  private var lastWrites: [RegisterName: StampedChange] = [:]

  package init(blank id: RecordID, kind: RecordKind) {
    state = RecordState(blank: id, kind: kind)
  }

  /// Nothing was written yet.
  package var isBlank: Bool { count == 0 }

  /// - Parameter id: the operation that does it, which later changes name as seen.
  package mutating func apply(_ change: RecordChange, as id: OperationID) {
    count += 1
    // Only their order counts here, and what they are called.
    let stamp = Stamp(timestamp: Timestamp(milliseconds: count), id: id)
    for write in change.writes {
      let alone = RecordChange(record: change.record, kind: change.kind, writes: [write])
      lastWrites[write.register] = StampedChange(stamp: stamp, change: alone)
    }
    state = RecordState(id: state.id, merging: Array(lastWrites.values)) ?? state
  }
}
