import JournalModel
package import JournalStore
package import OperationLog

/// A machine of the account, as far as this journal knows without asking the server.
package struct KnownMachine: Hashable, Sendable {
  /// `nil` for devices that no machine's record names.
  package var installation: InstallationID?
  package var name: String?
  /// The device ids it has written under, ascending.
  package var devices: [DeviceID]
  /// When it last wrote something that has come here, in Unix milliseconds: by its own clock, but
  /// not after this machine's, when it came. For a machine whose every word is withheld, this is
  /// all that can be known.
  package var lastHeardFrom: Int64?
  package var isCurrent: Bool
  /// Its session was revoked, as far as this machine has heard.
  package var isRevoked = false
}

extension JournalStore {
  /// All machines that have written or introduced themselves: this one first, then the last heard
  /// from. A machine that syncs writes at least its own record, once a day.
  package func machines() throws -> [KnownMachine] {
    var unclaimed = try lastHeard()
    let current = try installation
    let revoked = try RevokedMachines(in: self)
    var machines: [KnownMachine] = []
    for record in try DeviceRecord.current(in: self) {
      guard let id = InstallationID(record.id.bytes) else { continue }
      let devices = record.members(of: .writes).compactMap { DeviceID($0) }.sorted()
      let heard = devices.compactMap { unclaimed.removeValue(forKey: $0) }
      machines.append(
        KnownMachine(
          installation: id, name: record[DeviceRecord.name]?.text, devices: devices,
          lastHeardFrom: heard.max(), isCurrent: id == current,
          isRevoked: id != current && revoked.contains(id)))
    }
    if !machines.contains(where: \.isCurrent) {
      let own = unclaimed.removeValue(forKey: try device)
      machines.append(
        KnownMachine(
          installation: current, name: environment.hostName, devices: [try device],
          lastHeardFrom: own, isCurrent: true))
    }
    // What this journal wrote under earlier ids, before a backup of it was put back or it was
    // copied, is nobody else's unless somebody says so.
    for own in try known() where own.isOwn {
      guard let heard = unclaimed.removeValue(forKey: own.device),
        let index = machines.firstIndex(where: \.isCurrent)
      else { continue }
      machines[index].devices = (machines[index].devices + [own.device]).sorted()
      machines[index].lastHeardFrom = max(machines[index].lastHeardFrom ?? heard, heard)
    }
    machines += unclaimed.sorted { $0.key < $1.key }.map { device, heard in
      KnownMachine(
        installation: nil, name: nil, devices: [device], lastHeardFrom: heard,
        isCurrent: false)
    }
    return machines.sorted {
      ($0.isCurrent ? 1 : 0, $0.lastHeardFrom ?? 0) > ($1.isCurrent ? 1 : 0, $1.lastHeardFrom ?? 0)
    }
  }
  /// When each device was last heard from, in Unix milliseconds.
  private func lastHeard() throws -> [DeviceID: Int64] {
    let heard = try HeardDevices(in: self)
    return Dictionary(
      try lastTimestamps().map { device, timestamp in
        (device, heard.millisecondsByDevice[device] ?? timestamp.milliseconds)
      }, uniquingKeysWith: { $1 })
  }
}
