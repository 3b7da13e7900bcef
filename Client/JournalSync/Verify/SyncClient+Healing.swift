import JournalSealing
package import JournalStore
import OperationLog
import SyncProtocol

extension SyncClient {
  /// Brings journal and server together: fetches what is missing here, issues again what the server
  /// could never take because something before it is lost, and gives way where the server has other
  /// operations of the names of this journal's.
  package func heal(progress: SyncProgress? = nil) async throws -> SyncReport {
    let heads = try await heads()
    let known = VersionVector(heads.byDevice.mapValues(\.sequences))
    try store.reissueBeyondGaps(knownToServer: known)
    var report = try await sync(progress: progress)
    guard report.isContested else { return report }
    let second = try await giveWay(progress)
    report.takeBack(\.isContest)
    return report + second
  }

  /// Both sides have operations of the same names and different content, which one disaster alone
  /// never makes: docs/decisions/0007. Only whoever keeps the journal can ask for this, for a server
  /// that lies could show what it had refused.
  private func giveWay(_ progress: SyncProgress?) async throws -> SyncReport {
    try await underLock(waitingFor: { _ = try activeLink() }) {
      let link = try activeLink()
      return try await explainingEndedSession(conversation(of: link)) { conversation in
        let count = try await takeContested(conversation)
        var report = try await SyncRun(
          client: self, link: link, conversation: conversation, progress: progress
        ).run()
        if count > 0 { report.warn(.gaveWay(operations: count)) }
        return report
      }
    }
  }

  /// Reads all that the server has: only the last operations of each device can be told apart
  /// without.
  private func takeContested(_ conversation: ServerConversation) async throws -> Int {
    let keys = try store.keys
    var message = WireSyncRequest()
    var (count, received) = (0, 0)
    repeat {
      let page = try await conversation.sync(message)
      received += page.operations.count
      guard received <= page.operationsMax, page.token.isEmpty || !page.operations.isEmpty else {
        throw SyncFailure(.malformedAnswer, detail: "it goes on without end")
      }
      let opened = page.operations.lazy.compactMap { Envelope($0, account: keys.account) }
        .compactMap { try? keys.open($0) }
      count += try store.giveWay(to: Array(opened))
      message = WireSyncRequest()
      message.token = page.token
    } while !message.token.isEmpty
    return count
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

extension SyncReport {
  /// Journal and server have different operations of the same name.
  package var isContested: Bool { warnings.contains(where: \.isContest) }
}

extension SyncWarning {
  fileprivate var isContest: Bool { kind == .differs || kind == .stateDiffers }
}
