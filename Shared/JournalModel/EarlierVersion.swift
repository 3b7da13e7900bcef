internal import OperationLog

/// One version of a record as an export tells it: what was changed in the one before.
package struct EarlierVersion: Hashable, Sendable {
  package let content: Content

  package enum Content: Hashable, Sendable {
    case edit(RecordEdit)
    /// Into the trash, or out of it.
    case trashing(Bool)
  }

  package init(_ content: Content) {
    self.content = content
  }

  /// The change that makes this version of the one before; `nil` when it says nothing new.
  package func change(of state: RecordState) throws(InputError) -> RecordChange? {
    switch content {
    case .edit(let edit): try edit.change(of: state)
    case .trashing(true): state.trashing()
    case .trashing(false): state.untrashing()
    }
  }
}

extension RecordState {
  /// A record that nothing was written to.
  package init(blank id: RecordID, kind: RecordKind) {
    self.init(id: id, kind: kind, registers: [:], modified: Timestamp(milliseconds: 0))
  }

  /// What the record would say if a change were all there is of it.
  package init?(of change: RecordChange) {
    let stamp = Stamp(
      timestamp: Timestamp(milliseconds: 0),
      id: OperationID(device: DeviceID(rawValue: 0), sequence: Sequence(1)))
    self.init(id: change.record, merging: [StampedChange(stamp: stamp, change: change)])
  }
}
