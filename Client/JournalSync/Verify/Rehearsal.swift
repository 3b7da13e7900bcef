import Foundation
private import Glibc
import JournalSealing
package import JournalStore
package import OperationLog
import SecureTransport
import SyncProtocol

/// What restoring the journal for practice has shown.
package struct Rehearsal: Sendable {
  /// From the passphrase to a journal that can be used, everything fetched.
  package var milliseconds: Int64
  package var operations: Int
  package var records: Int
  /// Own operations that are here alone, and would not come back.
  package var unsent = 0
  /// Operations on the server that this machine has not fetched yet.
  package var unfetched = 0
  package var findings: [Finding] = []

  package enum Finding: Hashable, Sendable {
    /// It is here, was once on the server, and did not come back.
    case missing(OperationID)
    /// What came back is not what is here.
    case differs(OperationID)
    /// The same operations made another state.
    case stateDiffers
    /// The restored journal itself is not whole.
    case restored(JournalFinding)
  }
}

extension SyncClient {
  /// Restores the journal from its server into a folder that is removed again, by the passphrase
  /// or recovery code as on a new machine, and compares the two.
  ///
  /// The login is ended again. It is made under an installation id that follows from this
  /// machine's, so that rehearsing often leaves one, which `devices` does not show.
  ///
  /// It happens in `rehearsalFolder`.
  package func rehearse(
    _ secret: Secret, progress: SyncProgress? = nil
  ) async throws -> Rehearsal {
    guard let link = try store.serverLink() else { throw SyncFailure(.noAccount) }
    guard let lock = try FileLock.take(rehearsalLockPath) else { throw SyncFailure(.busy) }
    defer { withExtendedLifetime(lock) {} }
    let scratch = rehearsalFolder
    try? FileManager.default.removeItem(atPath: scratch)
    defer { try? FileManager.default.removeItem(atPath: scratch) }

    let restored = try JournalStore.open(folder: scratch, environment: environment)
    let client = SyncClient(
      store: restored, folder: scratch, environment: environment, transport: transport,
      policy: policy)
    let start = ContinuousClock.now
    var restoration = Restoration(
      server: link.trusted, accountName: link.accountName, secret: secret)
    restoration.installation = try store.installation.rehearsing
    _ = try await client.restore(restoration, progress: progress)
    let duration = ContinuousClock.now - start
    _ = try? await client.logOut()
    return try compared(restored, in: scratch, duration)
  }

  package var rehearsalFolder: String { folder + "/rehearsal" }
  private var rehearsalLockPath: String { folder + "/rehearsal.lock" }

  /// Removes what a rehearsal that was killed has left, a whole journal. Does nothing while one is
  /// under way.
  func removeLeftRehearsal() throws {
    guard access(rehearsalFolder, F_OK) == 0,
      let lock = try FileLock.take(rehearsalLockPath)
    else { return }
    defer { withExtendedLifetime(lock) {} }
    try FileManager.default.removeItem(atPath: rehearsalFolder)
  }

  /// When a rehearsal last went well, in Unix milliseconds.
  package func lastRehearsal() throws -> Int64? {
    try store.decodedSetting(.lastRehearsal, as: Int64.self)
  }

  private func compared(
    _ restored: JournalStore, in scratch: String, _ duration: Duration
  ) throws -> Rehearsal {
    let verification = try JournalStore.verify(folder: scratch, environment: environment)
    var rehearsal = Rehearsal(
      milliseconds: duration.components.seconds * 1000
        + duration.components.attoseconds / 1_000_000_000_000_000,
      operations: verification.operations, records: verification.records)
    rehearsal.findings = verification.findings.map { .restored($0) }
    try rehearsal.compare(store, restored)
    if rehearsal.findings.isEmpty {
      try store.setEncodedSetting(.lastRehearsal, environment.wallClockMilliseconds())
    }
    return rehearsal
  }
}

extension Rehearsal {
  private static let pageOperations = 1_000
  private static let pageBytes = 4 << 20

  fileprivate mutating func compare(_ here: JournalStore, _ restored: JournalStore) throws {
    let restoredByDevice = Dictionary(
      try restored.known().map { ($0.device, $0.sequences) }, uniquingKeysWith: { $1 })
    let acceptedByDevice = try here.acceptedByDevice()
    let (knowledge, stateDigest) = try here.knownWithDigest()
    for known in knowledge {
      let there = restoredByDevice[known.device] ?? KnownSequences()
      for range in known.sequences.missing(in: there) {
        if let accepted = acceptedByDevice[known.device], range.lowerBound > accepted {
          unsent += range.operationCount
        } else {
          findings.append(.missing(OperationID(device: known.device, sequence: range.lowerBound)))
        }
      }
    }
    let hereByDevice = Dictionary(
      knowledge.map { ($0.device, $0.sequences) }, uniquingKeysWith: { $1 })
    for (device, sequences) in restoredByDevice {
      for range in sequences.missing(in: hereByDevice[device] ?? KnownSequences()) {
        unfetched += range.operationCount
      }
    }
    for known in knowledge {
      try compareOperations(of: known.device, through: known.sequences.last, here, restored)
    }
    if findings.isEmpty, !isApart, try stateDigest != restored.stateDigest {
      findings.append(.stateDiffers)
    }
  }

  /// One side knows what the other does not.
  private var isApart: Bool { unsent > 0 || unfetched > 0 }

  /// What both have must be the same to the last byte, unless an erase has not come here, or was not
  /// sent: then one side has only the stub.
  private mutating func compareOperations(
    of device: DeviceID, through last: Sequence, _ here: JournalStore, _ restored: JournalStore
  ) throws {
    var start = Sequence.first
    while start <= last {
      let page = try here.operations(
        of: device, start...last, limitOperations: Self.pageOperations,
        limitBytes: Self.pageBytes)
      guard let first = page.first?.header.sequence, let end = page.last?.header.sequence
      else { return }
      let others = try restored.operations(
        of: device, first...end, limitOperations: .max, limitBytes: .max)
      let othersBySequence = Dictionary(
        others.map { ($0.header.sequence, $0) }, uniquingKeysWith: { $1 })
      for operation in page {
        guard let other = othersBySequence[operation.header.sequence], other != operation
        else { continue }
        let isErased = isApart && other.header.stub == operation.header.stub
        if !isErased { findings.append(.differs(operation.header.id)) }
      }
      start = end.next
    }
  }
}

extension ServerLink {
  fileprivate var trusted: SyncClient.Server {
    SyncClient.Server(
      address: server, fingerprint: fingerprint.flatMap { PublicKeyFingerprint($0) })
  }
}

extension InstallationID {
  /// Under which this installation logs in to rehearse. Nobody else's, and not the other way
  /// round, so that of two in a list it can be told which is the machine.
  var rehearsing: InstallationID {
    InstallationID((bytes[5...] + bytes[..<5]).map { ~$0 }) ?? self
  }
}

extension SettingName {
  static let lastRehearsal = SettingName("sync.rehearsal")
}
