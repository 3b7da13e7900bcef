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
  /// The server says that it has another operation under a name of this machine's.
  var contested: OperationID?
}

extension SyncRun {
  /// Compares what this journal knew when it asked with what the server knew when it answered.
  mutating func compare(_ known: [DeviceKnowledge], with heads: Heads) throws -> Comparison {
    var comparison = Comparison()
    // What the server has never had is not lost.
    let firstUnsent = try store.firstUnsent()
    for knowledge in known {
      let device = knowledge.device
      if let id = try store.differing(knowledge, heads.byDevice[device]) {
        if knowledge.isOwn, try device == store.device {
          comparison.contested = id
          continue
        }
        // What comes after it has names of its own.
        try tellContested(id)
        contestedElsewhere.insert(device)
      }
      let last = firstUnsent[device].map { Sequence($0.rawValue - 1) } ?? .max
      for range in knowledge.sequences.missing(in: heads[device]) where range.lowerBound <= last {
        comparison.missingThere.append(
          OperationRange(
            device: device, sequences: range.lowerBound...min(range.upperBound, last)))
      }
    }
    return comparison
  }
}

extension JournalStore {
  /// The operation at which both sides can be seen to differ, if there is one.
  func differing(
    _ knowledge: DeviceKnowledge, _ head: KnownDevice?
  ) throws -> OperationID? {
    guard let head, let digest = head.digest,
      head.sequences.gapless <= knowledge.sequences.gapless
    else { return nil }
    let id = OperationID(device: knowledge.device, sequence: head.sequences.gapless)
    let isLast = id.sequence == knowledge.sequences.gapless
    let own = isLast ? knowledge.digest : try self.digest(of: id)
    guard let own, own != digest else { return nil }
    return id
  }
}
