internal import OperationLog

/// Registers that nobody holds any more because their winners are gone.
struct Orphans {
  let tags: Set<RegisterTag>
  let account: AccountSlot
  let accountID: AccountID

  /// Gives each to the best of the operations that are left, if any.
  ///
  /// Reads all stored operations once: no index leads from a register to those that lost it, for
  /// only an erase or damage ever asks. Throws `DamagedJournal`.
  func adopt(
    _ devices: DeviceTable, _ journal: inout StoredJournal, in transaction: any StorageWriting
  ) throws {
    guard !tags.isEmpty else { return }
    var bestByTag: [RegisterTag: (key: OperationKey, stamp: Stamp)] = [:]
    for device in devices.ascending {
      try transaction.forEachOperation(in: device.slot.keys, .all) { operation in
        guard operation.isSound else { throw DamagedJournal() }
        guard let header = EnvelopeBytes.header(of: operation.envelope, account: accountID) else {
          return true
        }
        for tag in header.tags where tags.contains(tag) {
          guard header.stamp.wins(over: bestByTag[tag]?.stamp) else { continue }
          bestByTag[tag] = (operation.key, header.stamp)
        }
        return true
      }
    }
    for (tag, best) in bestByTag.sorted(by: { $0.key < $1.key }) {
      try transaction.setWinner(
        StoredWinner(operation: best.key, timestamp: best.stamp.timestamp), of: tag, in: account)
      try transaction.changeHeldCount(of: best.key, by: 1)
      journal.stateDigest.insert(tag, winner: best.stamp.id)
    }
  }
}
