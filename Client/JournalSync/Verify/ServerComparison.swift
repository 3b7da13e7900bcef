package import JournalStore
package import OperationLog
import JournalSealing
import SyncProtocol

/// What journal and server make of each other.
package struct ServerComparison: Sendable {
  package var findings: [Finding] = []
  /// Own operations that the server has not got yet, and its operations that were not fetched.
  package var unsent = 0
  package var unfetched = 0
  /// Both know the same, so their sums had to be equal.
  package var isComplete: Bool { unsent == 0 && unfetched == 0 }

  package enum Finding: Hashable, Sendable {
    /// Server and journal have different operations under this name.
    case differs(OperationID)
    /// The server had these, and has lost them.
    case missingThere(MissingOperations)
    /// The server has these, and the journal has later ones of the same device.
    case missingHere(MissingOperations)
    /// Neither has these, and both or one have later ones.
    case missing(MissingOperations)
    /// The server has it, and sent it damaged or altered.
    case refused(OperationID)
    /// The server's disk has damaged it, and it is not here.
    case damagedThere(OperationID)
    /// Another machine, of this name, has seen it; neither journal nor server has it.
    case hidden(OperationID, by: String?)
    /// Both have the same operations, and disagree on what they add up to.
    case stateDiffers
    /// The server's disk has damaged what opens the account to a passphrase.
    case keysDamagedThere
    /// The journal's key does not fit what was noted of the account.
    case key
    /// What was noted of the account cannot be right, for the journal's key is.
    case link
  }
}

extension SyncClient {
  /// Compares the heads of every device, and the state digest, with the server's. Sends and
  /// fetches no operations.
  ///
  /// - Parameter verification: what reading the journal has shown just now.
  package func compare(_ verification: Verification) async throws -> ServerComparison {
    let link = try activeLink()
    let account = try store.account
    guard
      (try? KeyRing(checking: link.keys, accountKey: try store.accountKey(), account: account))
        != nil
    else {
      var comparison = ServerComparison()
      comparison.findings = [verification.findings.contains(.key) ? .key : .link]
      return comparison
    }
    let heads = try await heads()
    return try compared(verification, heads)
  }

  /// What the server knows now.
  func heads() async throws -> Heads {
    var message = WireSyncRequest()
    message.pushOnly = true
    let question = message
    return try await explainingEndedSession(conversation(of: try activeLink())) {
      try Heads(await $0.sync(question))
    }
  }

  private func compared(
    _ verification: Verification, _ heads: Heads
  ) throws -> ServerComparison {
    var comparison = ServerComparison()
    var unknownDevices = heads.byDevice
    for knowledge in verification.known {
      unknownDevices[knowledge.device] = nil
      // What cannot be read is found here, not there.
      if let id = try? store.differing(knowledge, heads.byDevice[knowledge.device]) {
        comparison.findings.append(.differs(id))
        continue
      }
      comparison.take(
        knowledge, accepted: verification.accepted[knowledge.device] ?? .none,
        there: heads[knowledge.device])
    }
    for head in unknownDevices.values {
      for range in head.sequences.ranges {
        comparison.unfetched += range.operationCount
      }
    }
    var missing = try store.knownMissing()
    try? missing.forgetSettled(in: store)
    try comparison.take(
      missing, VersionVector(verification.known), heads, DeviceRecord(self))
    if heads.areKeysDamaged { comparison.findings.append(.keysDamagedThere) }
    if comparison.findings.isEmpty, comparison.isComplete,
      verification.stateDigest != heads.stateDigest
    {
      comparison.findings.append(.stateDiffers)
    }
    return comparison
  }
}

extension ServerComparison {
  /// What earlier syncs have left open.
  fileprivate mutating func take(
    _ missing: KnownMissing, _ known: VersionVector, _ heads: Heads, _ record: DeviceRecord
  ) throws {
    let missing = missing.pruned(by: known)
    findings += missing.refused.filter { heads[$0.device].contains($0.sequence) }.sorted()
      .map { .refused($0) }
    findings += missing.contested.keys.sorted().map { .differs($0) }
      .filter { !findings.contains($0) }
    findings += heads.damaged.filter { !known[$0.device].contains($0.sequence) }.sorted()
      .map { .damagedThere($0) }
    let explained = Set(findings.compactMap(\.gapDevice))
    for hidden in try record.hidden(from: known, seen: missing.seen)
    where !explained.contains(hidden.id.device) {
      // What the server shows has just not been fetched yet.
      guard !heads[hidden.id.device].contains(hidden.id.sequence) else { continue }
      findings.append(.hidden(hidden.id, by: hidden.machine))
    }
  }

  fileprivate mutating func take(
    _ knowledge: DeviceKnowledge, accepted: Sequence, there: KnownSequences
  ) {
    let device = knowledge.device
    let here = knowledge.sequences
    for range in here.missing(in: there) {
      if knowledge.isOwn, range.lowerBound > accepted {
        unsent += range.operationCount
      } else {
        findings.append(.missingThere(MissingOperations(device: device, sequences: range)))
      }
    }
    for range in there.missing(in: here) {
      if range.lowerBound < here.last {
        findings.append(.missingHere(MissingOperations(device: device, sequences: range)))
      } else {
        unfetched += range.operationCount
      }
    }
    for gap in here.gaps where !there.contains(gap.lowerBound) {
      findings.append(.missing(MissingOperations(device: device, sequences: gap)))
    }
  }
}

extension ServerComparison.Finding {
  /// Of which device something is missing on both sides.
  fileprivate var gapDevice: DeviceID? {
    if case .missing(let missing) = self { missing.device } else { nil }
  }
}

extension ClosedRange<Sequence> {
  var operationCount: Int { Int(clamping: upperBound.rawValue - lowerBound.rawValue) + 1 }
}
