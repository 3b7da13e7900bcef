import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol

extension SyncRun {
  /// After all was pushed and pulled: is anything missing, held back, or added up differently?
  ///
  /// - Parameters:
  ///   - promised: what the server had when the answer began, all of which was to come.
  ///   - last: what it had when the answer ended.
  /// - Returns: another round, under another id, if it is of this journal that something is missing.
  mutating func checkAfterwards(promised: Heads, last: Heads) throws -> Next? {
    let (known, stateDigest) = try store.knownWithDigest()
    let vector = VersionVector(known)
    try missing.forgetSettled(in: store)
    missing.contested = missing.contested.filter { id, digest in
      let head = last.byDevice[id.device]
      return head?.sequences.gapless != id.sequence || head?.digest != digest
    }
    try keepMissing(from: vector)
    let hidden = try deviceRecord.hidden(from: vector, seen: missing.seen)
    let device = try store.device
    if hidden.contains(where: { $0.id.device == device }) {
      return try partFromOwnFuture(of: device)
    }
    var isExplained = Set<DeviceID>()
    for (device, head) in promised.byDevice.sorted(by: { $0.key < $1.key }) {
      guard let range = head.sequences.missing(in: vector[device]).first else { continue }
      isExplained.insert(device)
      let id = OperationID(device: device, sequence: range.lowerBound)
      guard !missing.refused.contains(id) else { continue }
      report.warn(last[device].contains(range.lowerBound) ? .withheld(id) : .lostThere(id))
    }
    for id in last.damaged.sorted() where !vector[id.device].contains(id.sequence) {
      isExplained.insert(id.device)
      report.warn(.damagedThere(id))
    }
    for hidden in hidden where !isExplained.contains(hidden.id.device) {
      isExplained.insert(hidden.id.device)
      report.warn(.hidden(hidden.id, by: hidden.machine))
    }
    for knowledge in known where !isExplained.contains(knowledge.device) {
      for gap in knowledge.sequences.gaps { report.warn(.gap(knowledge.device, gap)) }
    }
    for id in missing.contested.keys.sorted() { report.warn(.differs(id)) }
    try checkErased()
    compareSums(last, known, stateDigest)
    return nil
  }

  /// For the next sync, and for `verify`.
  mutating func keepMissing(from known: VersionVector) throws {
    let present = missing.pruned(by: known)
    guard present != keptMissing else { return }
    try store.setKnownMissing(present)
    keptMissing = present
  }

  /// Whoever says that something was erased has to show by whom: by now the erase is here, and has
  /// left a stub.
  private mutating func checkErased() throws {
    for id in saidErased.sorted() {
      let present = try store.operations(
        of: id.device, id.sequence...id.sequence, limitOperations: 1, limitBytes: .max)
      if present.contains(where: { !$0.isStub }) { report.warn(.unvouchedStub(id)) }
    }
    saidErased = []
  }

  /// Who knows the same has the same state.
  mutating func compareSums(
    _ heads: Heads, _ known: [DeviceKnowledge], _ stateDigest: StateDigest
  ) {
    guard known.count == heads.byDevice.count,
      known.allSatisfy({ heads[$0.device] == $0.sequences })
    else { return }
    if stateDigest != heads.stateDigest { report.warn(.stateDiffers) }
  }
}

extension VersionVector {
  init(_ known: [DeviceKnowledge]) {
    self.init(Dictionary(known.map { ($0.device, $0.sequences) }, uniquingKeysWith: { $1 }))
  }
}
