internal import GRDB
package import JournalModel
internal import OperationLog

/// A record that was erased and is there all the same, for a machine that did not know of it
/// changed it; and nobody who knew has said since that it is to stay.
package struct Survivor: Hashable, Sendable {
  package let state: RecordState
  /// The erases that it has survived.
  package let erases: [Erase]

  /// The change that keeps it, on all machines. To erase it again needs no other than any erase.
  package var keeping: RecordChange { state.keeping(despite: erases.map(\.id)) }
}

extension JournalStore {
  /// Those outside the trash, newest first.
  package func survivors() throws -> [Survivor] {
    try reading { try Survivor.all(in: $0) }
  }

  /// `nil` if the record was never erased, or what survived is settled.
  package func survivor(_ id: RecordID) throws -> Survivor? {
    try survivors().first { $0.state.id == id }
  }
}

extension Survivor {
  static func all(in db: Database) throws -> [Survivor] {
    // Of what nobody else had seen nobody else can have changed anything: operation 0.
    let states = try db.all(
      """
      SELECT id, kind, state FROM record
      WHERE shelf = ?1 AND id IN (SELECT record FROM erasure WHERE operation <> 0)
      ORDER BY instant DESC, id DESC
      """, .integer(Shelf.listed.rawValue), read: { try $0.state() })
    guard !states.isEmpty else { return [] }
    let devices = try DeviceTable.load(db)
    return try states.compactMap { state in
      let erases = try Erase.all(of: state.id, devices: devices, db)
      return state.isKept(despite: erases.map(\.id)) ? nil : Survivor(state: state, erases: erases)
    }
  }
}
