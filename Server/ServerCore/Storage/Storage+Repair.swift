internal import OperationLog

extension Storage {
  /// Sets aside what is damaged in any account, as the next request would. Says what else had to
  /// be put right, in one plain sentence each.
  package func setAsideDamaged() async throws -> [String] {
    let damaged = try await read { transaction in
      try transaction.accounts().filter { try transaction.hasDamagedOperations($0.slot) }
    }
    return damaged.isEmpty ? [] : try await repair(damaged)
  }

  /// Makes what is noted of all journals follow from their operations again. One plain sentence for
  /// each kind of thing that was put right.
  package func repair() async throws -> [String] {
    try await repair(try await read { try $0.accounts() })
  }

  private func repair(_ accounts: [StoredAccount]) async throws -> [String] {
    try await write { transaction in
      try accounts.flatMap { account in
        try JournalRepair.repair(account.slot, account.id, in: transaction).corrections
          .map { "Account \(account.id): \($0)" }
      }
    }
  }
}

extension StorageReading {
  fileprivate func hasDamagedOperations(_ account: AccountSlot) throws -> Bool {
    for device in try devices(of: account) {
      var isSound = true
      try forEachOperation(in: device.slot.keys, .all) { operation in
        isSound = operation.isSound
        return isSound
      }
      guard isSound else { return true }
    }
    return false
  }
}
