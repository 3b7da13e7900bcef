import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol

/// Operations of one device.
struct OperationRange: Hashable {
  let device: DeviceID
  let sequences: ClosedRange<Sequence>
}

/// What server and journal make of each other.
struct Comparison {
  /// Known here and not to the server, though it had accepted or sent them: it lost them.
  var missingThere: [OperationRange] = []
  /// The server has other operations under a name of this installation's own.
  var isForked = false
}

extension SyncRun {
  /// Compares what this journal knew when it asked with what the server knew when it answered.
  mutating func compare(
    _ known: [DeviceKnowledge], with heads: Heads, pushed: PushResult
  ) throws -> Comparison {
    var comparison = Comparison()
    for knowledge in known {
      let device = knowledge.device
      if let id = try differing(knowledge, heads.byDevice[device]) {
        if knowledge.isOwn, try device == store.device {
          comparison.isForked = true
        } else {
          report.warn(.differs(id))
        }
        continue
      }
      let end = pushed.refusedFrom[device]
      for range in knowledge.sequences.ranges(missingIn: heads[device]) {
        guard let end else {
          comparison.missingThere.append(OperationRange(device: device, sequences: range))
          continue
        }
        guard range.lowerBound < end else { continue }
        let upper = min(range.upperBound, Sequence(end.rawValue - 1))
        comparison.missingThere.append(
          OperationRange(device: device, sequences: range.lowerBound...upper))
      }
    }
    return comparison
  }

  /// The operation at which both sides can be seen to differ, if there is one.
  private func differing(
    _ knowledge: DeviceKnowledge, _ head: KnownDevice?
  ) throws -> OperationID? {
    guard let head, let digest = head.digest,
      head.sequences.gapless <= knowledge.sequences.gapless
    else { return nil }
    let sequence = head.sequences.gapless
    let own =
      sequence == knowledge.sequences.gapless
      ? knowledge.digest
      : try store.operations(
        of: knowledge.device, sequence...sequence, limitOperations: 1, limitBytes: .max
      ).first?.header.digest
    guard let own, own != digest else { return nil }
    return OperationID(device: knowledge.device, sequence: sequence)
  }

  /// Gives the server back what it lost.
  mutating func rebuild(_ ranges: [OperationRange]) async throws {
    guard !ranges.isEmpty else { return }
    try await sendErases()
    var sent = 0
    for range in ranges {
      var start = range.sequences.lowerBound
      while start <= range.sequences.upperBound {
        let operations = try store.operations(
          of: range.device, start...range.sequences.upperBound,
          limitOperations: PageSize.operations, limitBytes: PageSize.bytes)
        guard let last = operations.last?.header.sequence else { break }
        var message = WireSyncRequest()
        message.operations = try sealed(operations)
        message.rebuild = true
        message.pushOnly = true
        let answer = try await conversation.sync(message)
        sent += operations.count - (try refusedCount(answer.refusals))
        start = last.next
      }
    }
    if sent > 0 { report.warn(.rebuilt(operations: sent)) }
  }

  private mutating func refusedCount(_ refusals: [WireRefusal]) throws -> Int {
    for refusal in refusals {
      let id = OperationID(
        device: DeviceID(rawValue: refusal.device), sequence: Sequence(refusal.sequence))
      switch refusal.reason {
      case .quota: throw SyncFailure(.storageFull)
      case .fork: report.warn(.differs(id))
      case .erased: break
      default: report.warn(.notAccepted(id))
      }
    }
    return refusals.count
  }
}

extension SyncRun {
  /// After all was pushed and pulled: is anything missing, held back, or added up differently?
  mutating func checkAfterwards(_ heads: Heads) throws {
    let known = try store.known()
    var isEqual = known.count == heads.byDevice.count
    for knowledge in known {
      let there = heads[knowledge.device]
      if there != knowledge.sequences { isEqual = false }
      for gap in knowledge.sequences.gaps {
        let isMissingThere = !there.contains(gap.lowerBound)
        if isMissingThere { report.warn(.gap(knowledge.device, gap)) }
      }
    }
    let sequencesByDevice = Dictionary(
      known.map { ($0.device, $0.sequences) }, uniquingKeysWith: { $1 })
    for (device, head) in heads.byDevice {
      let here = sequencesByDevice[device] ?? KnownSequences()
      guard let range = head.sequences.ranges(missingIn: here).first else { continue }
      isEqual = false
      let id = OperationID(device: device, sequence: range.lowerBound)
      if !report.warnings.contains(.refused(id)), !report.warnings.contains(.unvouchedStub(id)) {
        report.warn(.withheld(id))
      }
    }
    if isEqual, try store.stateDigest != heads.stateDigest { report.warn(.stateDiffers) }
    if let id = try deviceRecord.hidden(from: VersionVector(sequencesByDevice)) {
      report.warn(.hidden(id))
    }
  }
}
