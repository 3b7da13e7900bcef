import JournalModel
import JournalStore
import OperationLog

/// What the device records of all machines say.
extension DeviceRecord {
  /// An operation that is not here, and the name of the machine that has seen it.
  struct Hidden {
    let id: OperationID
    let machine: String?
  }

  /// Operations that another machine has seen and that are not known here: of each device the
  /// first that is missing. A machine says so in its record, and with every text that it replaced.
  func hidden(from known: VersionVector, seen: [DeviceID: Sequence]) throws -> [Hidden] {
    var hiddenByDevice: [DeviceID: Hidden] = [:]
    for state in try Self.all(in: store) where state.id != record {
      guard let text = state[Self.have]?.text else { continue }
      for (device, last) in HaveText(text).lastByDevice where last > known[device].gapless {
        hiddenByDevice[device] = Hidden(
          id: OperationID(device: device, sequence: known[device].gapless.next),
          machine: state[Self.name]?.text)
      }
    }
    for (device, last) in seen where hiddenByDevice[device] == nil {
      let id = OperationID(device: device, sequence: last)
      if !known.contains(id) { hiddenByDevice[device] = Hidden(id: id, machine: nil) }
    }
    return hiddenByDevice.values.sorted { $0.id < $1.id }
  }

  /// Which installations other than this say that they know an operation, and which do not.
  ///
  /// Who has said nothing of itself yet is not among them.
  static func knowledge(
    of id: OperationID, in store: JournalStore
  ) throws -> [(installation: InstallationID, name: String?, knows: Bool)] {
    let own = try store.installation
    return try current(in: store).compactMap { state in
      guard let installation = InstallationID(state.id.bytes), installation != own
      else { return nil }
      let known = HaveText(state[have]?.text ?? "")
      return (installation, state[name]?.text, known.covers(id))
    }
    .sorted { $0.installation < $1.installation }
  }

  static func namesByInstallation(in store: JournalStore) throws -> [InstallationID: String] {
    var names: [InstallationID: String] = [:]
    for state in try all(in: store) {
      guard let id = InstallationID(state.id.bytes) else { continue }
      names[id] = state[name]?.text
    }
    return names
  }

  /// The records of installations whose place no other has taken.
  static func current(in store: JournalStore) throws -> [RecordState] {
    let states = try all(in: store)
    return states.filter { state in
      let devices = Set(state.members(of: .writes))
      return devices.isEmpty
        || !states.contains { other in
          guard other.id != state.id, let here = state.registers[have]?.stamp,
            let there = other.registers[have]?.stamp
          else { return false }
          return here < there && devices.isSubset(of: other.members(of: .writes))
        }
    }
  }

  private static func all(in store: JournalStore) throws -> [RecordState] {
    var query = RecordQuery()
    query.kinds = [.device]
    return try store.records(matching: query)
  }
}
