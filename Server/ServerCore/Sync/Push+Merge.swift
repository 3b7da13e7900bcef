internal import OperationLog

extension Push {
  /// Lets the new operations compete for their registers.
  ///
  /// The request's own writes of a register compete first, then the best of them with the present
  /// winner; in the order of the tags, so that the storage walks its tree once.
  mutating func merge() throws {
    var bestByTag: [RegisterTag: Int] = [:]
    for index in pending.indices where !pending[index].isStub {
      for tag in pending[index].header.tags {
        if let best = bestByTag[tag],
          !pending[index].header.stamp.wins(over: pending[best].header.stamp)
        {
          continue
        }
        bestByTag[tag] = index
      }
    }
    var lostCountByKey: [OperationKey: Int] = [:]
    for (tag, index) in bestByTag.sorted(by: { $0.key < $1.key }) {
      let present = try transaction.winner(of: tag, in: account)
      let presentStamp = try present.map(devices.stamp)
      let stamp = pending[index].header.stamp
      guard stamp.wins(over: presentStamp) else { continue }
      try transaction.setWinner(
        StoredWinner(operation: pending[index].key, timestamp: stamp.timestamp),
        of: tag, in: account)
      journal.stateDigest.replace(tag, from: presentStamp?.id, to: stamp.id)
      pending[index].heldCount += 1
      if let present { lostCountByKey[present.operation, default: 0] += 1 }
    }
    for (key, count) in lostCountByKey.sorted(by: { $0.key < $1.key }) {
      try transaction.changeHeldCount(of: key, by: -count)
    }
  }
}
