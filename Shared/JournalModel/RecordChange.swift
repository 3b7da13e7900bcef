package import OperationLog

/// What one operation does: writes to registers of one record. The content of its payload.
package struct RecordChange: Hashable, Sendable {
  package var record: RecordID
  package var kind: RecordKind
  /// At most one write a register.
  package var writes: [RegisterWrite]

  package init(record: RecordID, kind: RecordKind, writes: [RegisterWrite]) {
    self.record = record
    self.kind = kind
    self.writes = writes
  }

  /// Bytes of all texts in it: about what it takes in memory.
  package var textBytes: Int { writes.reduce(0) { $0 + ($1.value.text?.utf8.count ?? 0) } }
}

package struct RegisterWrite: Hashable, Sendable {
  package var register: RegisterName
  package var value: RegisterValue
  /// For prose, the operations whose values of this register the writer saw; for `trashed`, all
  /// heads of the record's prose.
  package var seen: [OperationID]

  package init(_ register: RegisterName, _ value: RegisterValue, seen: [OperationID] = []) {
    self.register = register
    self.value = value
    self.seen = seen
  }
}

/// A change and its place in the order of all.
package struct StampedChange: Hashable, Sendable {
  package var stamp: Stamp
  package var change: RecordChange

  package init(stamp: Stamp, change: RecordChange) {
    self.stamp = stamp
    self.change = change
  }
}
