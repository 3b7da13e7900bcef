internal import OperationLog

extension Push {
  /// Lets the new operations compete for their registers.
  ///
  /// The request's own writes of a register compete first, then the best of them with the present
  /// winner; in the order of the tags, so that the storage walks its tree once. Throws
  /// `DamagedJournal` if the present winner does not write the register.
  mutating func merge() throws {
    var bestByTag: [RegisterTag: (index: Int, stamp: Stamp)] = [:]
    for index in pending.indices where !pending[index].isStub {
      let header = pending[index].header
      let stamp = header.stamp
      for tag in header.tags where stamp.wins(over: bestByTag[tag]?.stamp) {
        bestByTag[tag] = (index, stamp)
      }
    }
    var lostCountByKey: [OperationKey: Int] = [:]
    for (tag, (index, stamp)) in bestByTag.sorted(by: { $0.key < $1.key }) {
      let winner = StoredWinner(operation: pending[index].key, timestamp: stamp.timestamp)
      // Most registers are new: one step then, not two.
      let present = try transaction.claim(tag, for: winner, in: account)
      if let present, try !transaction.writes(present.operation, tag, of: accountID) {
        throw DamagedJournal()
      }
      let presentStamp = try present.map(devices.stamp)
      guard stamp.wins(over: presentStamp) else { continue }
      if present != nil { try transaction.setWinner(winner, of: tag, in: account) }
      journal.stateDigest.replace(tag, from: presentStamp?.id, to: stamp.id)
      pending[index].heldCount += 1
      if let present { lostCountByKey[present.operation, default: 0] += 1 }
    }
    for (key, count) in lostCountByKey.sorted(by: { $0.key < $1.key }) {
      try transaction.changeHeldCount(of: key, by: -count)
    }
  }
}
