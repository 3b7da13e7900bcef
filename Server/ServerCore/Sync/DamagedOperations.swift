package import OperationLog

/// A storage handed over an operation that is not what it was given to keep.
struct DamagedOperation: Error {}

extension StorageReading {
  /// An operation whose checksum fits; throws `DamagedOperation` if there is one that does not.
  func soundOperation(_ key: OperationKey) throws -> StoredOperation? {
    guard let operation = try operation(key) else { return nil }
    guard operation.isSound(at: key) else { throw DamagedOperation() }
    return operation
  }
}

/// Operations that the disk has changed. Nothing here can mend them, but a machine that has them
/// can: so they count as lost. The heads then show the gap, and whoever knows better sends them
/// again.
package enum DamagedOperations {
  /// The accounts that have any.
  static func accounts(in transaction: any StorageReading) throws -> [StoredAccount] {
    try transaction.accounts().filter { account in
      for device in try transaction.devices(of: account.slot) {
        var isSound = true
        try transaction.forEachOperation(in: device.slot.keys, .all) { operation in
          isSound = operation.isSound
          return isSound
        }
        guard isSound else { return true }
      }
      return false
    }
  }

  /// Takes all of an account's out of what is known, and gives the registers that they held to the
  /// best of the operations that remain. What their erases list stays erased.
  ///
  /// Reads the whole journal: where one operation is damaged there may be more.
  package static func forget(
    of account: AccountSlot, _ id: AccountID, in transaction: any StorageWriting
  ) throws -> Int {
    var journal = try transaction.journal(of: account) ?? StoredJournal()
    let devices = DeviceTable(try transaction.devices(of: account))
    var damaged: Set<OperationKey> = []
    var changed: [(device: DeviceSlot, sequences: KnownSequences)] = []
    (journal.operationCount, journal.byteCount) = (0, 0)
    for device in devices.ascending {
      var sequences = KnownSequences()
      try transaction.forEachOperation(in: device.slot.keys, .all) { operation in
        guard operation.isSound else {
          damaged.insert(operation.key)
          return true
        }
        sequences.insert(operation.key.sequence)
        journal.operationCount += 1
        journal.byteCount += operation.envelope.count
        return true
      }
      if sequences != device.sequences { changed.append((device.slot, sequences)) }
    }
    guard !damaged.isEmpty else { return 0 }
    for (device, sequences) in changed { try transaction.setSequences(sequences, of: device) }
    // Not by their tags, which may be what is damaged.
    var held: [(tag: RegisterTag, winner: OperationKey)] = []
    try transaction.forEachRegister(of: account) { tag, winner in
      if damaged.contains(winner.operation) { held.append((tag, winner.operation)) }
    }
    for (tag, winner) in held {
      try transaction.setWinner(nil, of: tag, in: account)
      if let winner = devices.id(of: winner) { journal.stateDigest.remove(tag, winner: winner) }
    }
    for key in damaged { try transaction.removeOperation(key) }
    try Orphans(tags: Set(held.map(\.tag)), account: account, accountID: id)
      .adopt(devices, &journal, in: transaction)
    try transaction.setJournal(journal, of: account)
    return damaged.count
  }
}

extension Storage {
  /// Forgets what is damaged in any account; one plain sentence for each that had some.
  package func forgetDamaged() async throws -> [String] {
    let damaged = try await read { try DamagedOperations.accounts(in: $0) }
    guard !damaged.isEmpty else { return [] }
    return try await write { transaction in
      try damaged.compactMap { account in
        let count = try DamagedOperations.forget(of: account.slot, account.id, in: transaction)
        guard count > 0 else { return nil }
        let (operations, them) = count == 1 ? ("operation was", "it") : ("operations were", "them")
        return "Account \(account.id): \(count) \(operations) damaged on the disk, and counted as "
          + "lost now; the next sync of a machine that has \(them) brings \(them) back."
      }
    }
  }
}
