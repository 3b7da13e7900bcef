package import JournalModel
package import OperationLog

/// One operation of a record, as its history shows it.
package struct RecordVersion: Hashable, Sendable {
  package var stamp: Stamp
  /// `nil` for an erase, which leaves what it did not list.
  package var change: RecordChange?
  /// It holds at least one register, and the record is as that says.
  package var isCurrent: Bool
  /// It wrote prose that lost to a write which had not seen it, and that nobody has settled.
  package var isSibling: Bool

  package var id: OperationID { stamp.id }

  package init(
    stamp: Stamp, change: RecordChange?, isCurrent: Bool, isSibling: Bool = false
  ) {
    self.stamp = stamp
    self.change = change
    self.isCurrent = isCurrent
    self.isSibling = isSibling
  }
}
