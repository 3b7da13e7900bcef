internal import GRDB
package import JournalModel
package import OperationLog

extension JournalStore {
  /// Records with lost prose that nobody has settled, newest first.
  ///
  /// Those in the trash were thrown away by somebody who had seen all of it, and are left out.
  package func contestedRecords() throws -> [RecordState] {
    try reading { db in
      try db.all(
        """
        SELECT id, kind, state FROM record INDEXED BY record_conflicted
        WHERE conflicted AND shelf = ?1
        ORDER BY instant DESC, id DESC
        """, .integer(Shelf.listed.rawValue), read: { try $0.state() })
    }
  }

  /// The machines that devices belong to, by the names their owners gave them; this one too,
  /// before it was ever synced. A device whose machine never told its name has none here.
  package func machineNames() throws -> [DeviceID: String] {
    try reading { db in
      var names: [DeviceID: String] = [:]
      for row in try DeviceTable.load(db).rows where row.isOwn {
        names[row.id] = environment.hostName
      }
      let states = try db.all(
        "SELECT id, kind, state FROM record WHERE shelf IN (0, 1) AND kind = ?1",
        .text(RecordKind.device.rawValue), read: { try $0.state() })
      for state in states {
        guard let name = state[.name]?.text, !name.isEmpty else { continue }
        for device in state.members(of: .writes).compactMap(DeviceID.init) { names[device] = name }
      }
      return names
    }
  }
}
