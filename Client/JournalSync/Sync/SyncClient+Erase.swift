package import JournalModel
package import JournalStore
package import OperationLog

extension SyncClient {
  /// Erases records here, on the server, and on every other machine at its next sync.
  ///
  /// An erase lists what it takes away, so it needs all of it: nothing is erased if the server
  /// cannot be reached first. Between that sync and the erase no other sync runs. If only the
  /// second exchange fails, the erase stands, and is sent by the next sync.
  package func erase(_ ids: [RecordID], progress: SyncProgress? = nil) async throws -> ErasingReport
  {
    let conversation = conversation(of: try activeLink())
    var erased = ErasingReport()
    let first = try await explainingEndedSession(conversation) { conversation in
      try await underLock {
        let link = try activeLink()
        await conversation.setToken(link.token)
        let report = try await SyncRun(
          client: self, link: link, conversation: conversation, progress: progress
        ).run()
        try Self.checkKept(report)
        erased.count = try store.erase(ids)
        return report
      }
    }
    erased.sync = first
    do {
      try store.finishErasing()
    } catch let error as StoreError {
      erased.unfinished = error
    }
    do {
      erased.sync = first + (try await sync(progress: progress))
    } catch let failure as SyncFailure {
      erased.unsent = failure
    }
    return erased
  }

  /// What a server took and does not show to have, it may have kept all the same. No erase could list
  /// it, for here it counts as seen by nobody: one day it would be back.
  private static func checkKept(_ report: SyncReport) throws {
    for case .notKept(let id) in report.warnings {
      throw SyncFailure(
        .serverFailed, detail: "it does not show to have \(id), so nothing was erased")
    }
  }
}

/// What became of an erase.
package struct ErasingReport: Sendable {
  /// Records that were there and are no more.
  package var count = 0
  package var sync = SyncReport()
  /// Why the file of the journal may still hold words; the next command tries again.
  package var unfinished: StoreError?
  /// Why the server does not know yet; the next sync tells it.
  package var unsent: SyncFailure?

  package init() {}
}

/// An erase that is not known to have reached everybody.
package struct PendingErase: Hashable, Sendable {
  package struct Machine: Hashable, Sendable {
    package let id: InstallationID
    package let name: String?
  }

  package let record: RecordID
  package let operation: OperationID
  package let timestamp: Timestamp
  package let isOnServer: Bool
  /// Machines that have not said yet that they know of it.
  package let machines: [Machine]
}

extension JournalStore {
  /// The erases that the server or some machine has not confirmed, oldest first.
  package func pendingErases() throws -> [PendingErase] {
    try erases().sorted { $0.stamp < $1.stamp }.compactMap { erase in
      let machines = try DeviceRecord.knowledge(of: erase.id, in: self).filter { !$0.knows }
      guard !erase.isOnServer || !machines.isEmpty else { return nil }
      return PendingErase(
        record: erase.record, operation: erase.id, timestamp: erase.stamp.timestamp,
        isOnServer: erase.isOnServer,
        machines: machines.map { PendingErase.Machine(id: $0.installation, name: $0.name) })
    }
  }
}
