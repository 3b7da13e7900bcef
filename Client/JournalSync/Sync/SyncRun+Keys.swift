import JournalSealing
import JournalStore
import SyncProtocol

/// Every answer names the version of the keys document, so that a change made elsewhere is known
/// here, and a server that went back on one is found out.
extension SyncRun {
  mutating func compareKeys(_ answer: WireSyncResponse) async throws {
    guard !answer.keysDamaged else {
      return try await giveKeysBack(versionThere: Int(clamping: answer.keysVersion))
    }
    // 0: a server that does not say.
    guard let version = Int(exactly: answer.keysVersion), version > 0 else { return }
    if version < link.keys.version {
      // Another process of this machine may have changed them since this run began: then the
      // answer is of before, or of after, and the next sync tells.
      guard try store.serverLink()?.keys == link.keys else { return }
      report.warn(.olderKeys)
    } else if version > link.keys.version {
      try await followKeys()
    }
  }

  /// Gives a server the keys document that its disk has damaged. It takes the one that it had, which
  /// it knows by its checksum, and no other.
  private mutating func giveKeysBack(versionThere: Int) async throws {
    do {
      try await conversation.perform(
        .putKeys, PutKeysRequest(login: nil, replaces: link.keys.version, keys: link.keys))
      report.warn(.keysGivenBack)
    } catch let failure as SyncFailure where failure.problem == .keysChanged {
      // One that has the same version, or a later one, was the one to have them.
      report.warn(versionThere > link.keys.version ? .keysDamagedThere : .keysLostThere)
    }
  }

  /// Takes over keys that were replaced on another machine, if this journal's key vouches for
  /// them.
  private mutating func followKeys() async throws {
    let offered = try await conversation.call(.getKeys, as: KeysDocument.self)
    guard (try? client.ownRing(offered)) != nil else { return report.warn(.foreignKeys) }
    guard offered.isNewer(than: link.keys) else { return }
    try client.keep(offered)
    link.keys = offered
  }
}
