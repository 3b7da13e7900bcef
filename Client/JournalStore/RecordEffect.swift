internal import JournalModel
internal import OperationLog

extension LogTransaction {
  /// What became of a record that was known before.
  struct RecordEffect {
    let old: RecordState
    let new: RecordState?

    /// It holds lost prose that it did not hold before.
    var hasNewSiblings: Bool {
      guard let new else { return false }
      return !new.siblingIDs.isSubset(of: old.siblingIDs)
    }

    /// An edit made elsewhere has brought it back from the trash.
    var hasReturned: Bool { new?.hasReturned == true && !old.hasReturned }
  }
}

extension RecordState {
  fileprivate var siblingIDs: Set<OperationID> {
    Set(registers.values.flatMap { $0.siblings.map(\.stamp.id) })
  }

  /// Thrown away by somebody who had not seen all of it.
  var hasReturned: Bool { self[.trashed] == .boolean(true) && !isTrashed }
}
