import JournalStore
import OperationLog

/// When this machine learned that the sessions of others had been revoked.
///
/// Only the server knows who is revoked, so this is as new as the last time it was asked.
struct RevokedMachines: Codable, Equatable {
  /// Unix milliseconds, by installation.
  private var noticedAt: [String: Int64] = [:]

  init(in store: JournalStore) throws {
    noticedAt = try store.decodedSetting(.revokedMachines, as: Self.self)?.noticedAt ?? [:]
  }

  var installations: [InstallationID] {
    noticedAt.keys.sorted().compactMap { InstallationID(hexadecimal: $0) }
  }

  /// A machine that was heard from since has logged in again.
  func holds(_ installation: InstallationID, lastHeardFrom: Int64?) -> Bool {
    noticedAt[installation.description].map { (lastHeardFrom ?? 0) <= $0 } ?? false
  }

  /// Notes that these are revoked and, unless `andOthers`, no others.
  static func note(
    _ revoked: [InstallationID], andOthers: Bool = false, _ client: SyncClient
  ) throws {
    let before = try RevokedMachines(in: client.store)
    var machines = before
    if !andOthers { machines.noticedAt = [:] }
    let now = WallClock.clamped(client.environment.wallClockMilliseconds())
    for name in revoked.map(\.description) {
      machines.noticedAt[name] = before.noticedAt[name] ?? now
    }
    guard machines != before else { return }
    try client.store.setEncodedSetting(.revokedMachines, machines)
  }
}
