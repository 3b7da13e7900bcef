package import JournalModel
package import JournalSealing
package import OperationLog

/// What a page of pulled operations changed.
package struct ApplyOutcome: Hashable, Sendable {
  /// Operations that were not known before, those of device records apart.
  package var operations = 0
  /// New operations of device records, which Ebb keeps for itself.
  package var deviceOperations = 0
  /// Records that now hold lost prose they did not hold before.
  package var conflicts: [RecordID] = []
  /// Records that an edit made elsewhere brought back from the trash.
  package var returned: [RecordID] = []
  /// The id that new operations bear from now on, because the page held operations of this
  /// installation's own id which it never made: it must log in anew.
  package var newDevice: DeviceID?
  /// Operations known here with another content, which cannot be reissued. They were not stored.
  package var contradictions: [OperationID] = []

  /// Erases that were not known before.
  package var erases = 0
  /// Records that an erase did not take away, or not all of: somebody had changed them without
  /// knowing of it, and that is kept. Each is named once, when that becomes known.
  package var survivors: [RecordID] = []
  /// Stubs that no erase known here lists. They were not stored: apply them again with the erase,
  /// or do not believe them.
  package var unvouchedStubs: [OpenedOperation] = []

  package init() {}

  /// Adds what a later page changed.
  package mutating func merge(_ later: ApplyOutcome) {
    operations += later.operations
    deviceOperations += later.deviceOperations
    conflicts += later.conflicts.filter { !conflicts.contains($0) }
    returned += later.returned.filter { !returned.contains($0) }
    newDevice = later.newDevice ?? newDevice
    contradictions += later.contradictions
    erases += later.erases
    survivors += later.survivors.filter { !survivors.contains($0) }
    unvouchedStubs += later.unvouchedStubs
  }
}
