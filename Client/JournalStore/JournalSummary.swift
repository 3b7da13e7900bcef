package import JournalModel
package import OperationLog

/// The journal in numbers.
package struct JournalSummary: Sendable {
  /// Records that people wrote and that are not in the trash.
  package var recordsByKind: [RecordKind: Int]
  package var recordsInTrash: Int
  /// All operations known, own and others'.
  package var operations: Int
  /// Own operations that no server has accepted yet.
  package var unsynced: Int
  /// Records with lost prose that nobody has settled, or erased and changed at once; those in the
  /// trash apart.
  package var conflicts: Int
  package var stateDigest: StateDigest

  package init(
    recordsByKind: [RecordKind: Int], recordsInTrash: Int, operations: Int, unsynced: Int,
    conflicts: Int, stateDigest: StateDigest
  ) {
    self.recordsByKind = recordsByKind
    self.recordsInTrash = recordsInTrash
    self.operations = operations
    self.unsynced = unsynced
    self.conflicts = conflicts
    self.stateDigest = stateDigest
  }
}
