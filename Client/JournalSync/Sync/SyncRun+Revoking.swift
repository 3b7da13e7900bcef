import JournalStore
import OperationLog
import SyncProtocol

extension SyncRun {
  /// A server that was put back from a backup knows nothing of sessions that were revoked since: of
  /// those that were revoked from here it is told again.
  ///
  /// Looked at once a day, for the backup may have every word; before anything else, for whoever has
  /// such a session could fill the account's room. What the server cannot do is asked again by the
  /// next sync, and does not keep words from being exchanged.
  mutating func revokeAgain() async throws {
    let machines = try RevokedMachines(in: store)
    let now = WallClock.clamped(client.environment.wallClockMilliseconds())
    guard machines.isDue(at: now) else { return }
    do {
      let list = try await conversation.call(.listDevices, as: DeviceList.self)
      let live = Set(
        list.devices.filter { !$0.current && !$0.revoked && $0.loggedOut != true }.map(\.id))
      let names = try DeviceRecord.namesByInstallation(in: store)
      for id in machines.revokedHere where live.contains(id.description) {
        try await conversation.perform(.deleteDevice(id.description))
        report.warn(.revokedAgain(machine: names[id] ?? id.description))
      }
      try RevokedMachines.noteTold(at: now, of: machines.revokedHere, in: store)
    } catch let failure as SyncFailure
      where failure.code == .serverFailed || failure.code == .malformedAnswer
    {
      // Asked again by the next sync.
    }
  }

  /// The server has lost words, and may have forgotten who was revoked.
  func doubtRevocations() throws {
    let machines = try RevokedMachines(in: store)
    guard !machines.revokedHere.isEmpty else { return }
    try RevokedMachines.noteTold(at: nil, of: machines.revokedHere, in: store)
  }
}
