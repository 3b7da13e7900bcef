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
      for range in knowledge.sequences.missing(in: heads[device]) {
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
  func differing(
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
}
