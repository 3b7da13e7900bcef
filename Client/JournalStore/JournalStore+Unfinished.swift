package import JournalModel
package import JournalSealing
package import OperationLog

extension JournalStore {
  /// Opens the journal in a folder.
  package static func open(
    folder: String, environment: StoreEnvironment, mode: StoreMode = .readWrite
  ) throws -> JournalStore { try unfinished() }

  /// The id that new operations bear.
  package var device: DeviceID { get throws { try unfinished() } }
  package var installation: InstallationID { get throws { try unfinished() } }
  package var account: AccountID { get throws { try unfinished() } }
  package var keys: JournalKeys { get throws { try unfinished() } }
  package func accountKey() throws -> AccountKey { try unfinished() }

  package func setting(_ name: SettingName) throws -> [UInt8]? { try unfinished() }
  package func setSetting(_ name: SettingName, _ value: [UInt8]?) throws { throw StoreError(.unexpected, path: "") }

  package func write(_ changes: [RecordChange]) throws -> [OperationID] { try unfinished() }
  package func write(
    editing id: RecordID, _ edit: (RecordState) throws -> RecordChange?
  ) throws -> OperationID? { try unfinished() }

  package func state(of id: RecordID) throws -> RecordState? { try unfinished() }
  package func identify(_ prefix: String) throws -> Identification { try unfinished() }
  /// For each record the shortest beginning of its id that no other record shares, at least six
  /// digits.
  package func shortestPrefixes(of ids: [RecordID]) throws -> [RecordID: String] {
    try unfinished()
  }
  package func records(matching query: RecordQuery) throws -> [RecordState] { try unfinished() }
  /// As `records`, one at a time, so that memory does not grow with their number.
  package func forEachRecord(
    matching query: RecordQuery, _ body: (RecordState) throws -> Void
  ) throws { throw StoreError(.unexpected, path: "") }
  package func count(matching query: RecordQuery) throws -> Int { try unfinished() }
  package func history(of id: RecordID) throws -> [RecordVersion] { try unfinished() }
  package func tagCounts() throws -> [(name: String, count: Int)] { try unfinished() }
  package func peopleCounts() throws -> [(name: String, count: Int)] { try unfinished() }
  package func summary() throws -> JournalSummary { try unfinished() }

  package func known() throws -> [DeviceKnowledge] { try unfinished() }
  package var stateDigest: StateDigest { get throws { try unfinished() } }
  package func unsent(limitOperations: Int, limitBytes: Int) throws -> [StoredOperation] {
    try unfinished()
  }
  package func operations(
    of device: DeviceID, _ range: ClosedRange<Sequence>, limitOperations: Int, limitBytes: Int
  ) throws -> [StoredOperation] { try unfinished() }
  package func markAccepted(_ through: [DeviceID: Sequence]) throws { throw StoreError(.unexpected, path: "") }
  package func forgetAcceptance() throws { throw StoreError(.unexpected, path: "") }
  package func apply(_ page: [OpenedOperation], bulk: Bool) throws -> ApplyOutcome {
    try unfinished()
  }
  package func finishBulk() throws { throw StoreError(.unexpected, path: "") }
  /// Rewrites unaccepted operations with timestamps that the server takes; returns how many.
  package func restamp(serverTime: Int64, greatest: Timestamp) throws -> Int { try unfinished() }
  /// Lets the clock follow the server's, if this machine's is wrong; call it after each sync.
  package func adjustClock(serverTime: Int64) throws { throw StoreError(.unexpected, path: "") }
  package func fork(from: OperationID?) throws -> DeviceID { try unfinished() }
  /// Whether some server has ever accepted operations of this journal's account.
  package var hasAcceptedOperations: Bool { get throws { try unfinished() } }
  package func join(account: AccountID, key: AccountKey) throws -> Int { try unfinished() }
  package func renewInstallation() throws -> InstallationID { try unfinished() }

  package func backup(to path: String) throws { throw StoreError(.unexpected, path: "") }
  package static func restore(backup path: String, into folder: String) throws {
    throw StoreError(.unexpected, path: path)
  }

  private func unfinished<T>() throws -> T { throw StoreError(.unexpected, path: "") }
  private static func unfinished<T>() throws -> T { throw StoreError(.unexpected, path: "") }
}
