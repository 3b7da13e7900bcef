package import JournalStore
import OperationLog
import SyncProtocol

extension SyncClient {
  /// Brings a journal that was repaired to all that the server has: fetches what is missing here,
  /// and issues again what the server could never take because something before it is lost.
  package func fetchMissing(progress: SyncProgress? = nil) async throws -> SyncReport {
    let heads = try await heads()
    let known = VersionVector(heads.byDevice.mapValues(\.sequences))
    try store.reissueBeyondGaps(knownToServer: known)
    return try await sync(progress: progress)
  }

  /// Values of this module that cannot be read, or are lost.
  package func findings() throws -> [JournalFinding] {
    do {
      _ = try store.serverLink()
      return []
    } catch let failure as SyncFailure where failure.code == .linkDamaged {
      return [.setting(SettingName.serverLink.rawValue)]
    }
  }
}
