internal import OperationLog

/// Compares what a storage keeps about its journals with what their operations say.
///
/// Every operation must not beat the winner of any register it writes; every register must be
/// held by an operation that writes it; so each winner is the greatest. Counts, bytes and state
/// digests are taken anew. Memory stays small: a journal is read once, in order.
package enum JournalCheck {
  /// One plain sentence for each account with findings; empty when all is well.
  package static func findings(in transaction: any StorageReading) throws -> [String] {
    let ofAccounts = try transaction.accounts().flatMap { account in
      try (damage(of: account.slot, in: transaction) + findings(of: account, in: transaction))
        .map { "Account \(account.id): \($0)" }
    }
    let strayCount = try transaction.strayDevices().count
    guard strayCount > 0 else { return ofAccounts }
    return ofAccounts + ["There are operations of \(strayCount) devices that are not noted."]
  }

  /// What was set aside, with its names, for as long as no machine has brought it again.
  private static func damage(
    of account: AccountSlot, in transaction: any StorageReading
  ) throws -> [String] {
    let keys = try transaction.damagedOperations(of: account)
    guard !keys.isEmpty else { return [] }
    let devices = DeviceTable(try transaction.devices(of: account))
    let names = keys.prefix(namesMax).compactMap { devices.id(of: $0)?.description }
    let more = keys.count > namesMax ? " and \(keys.count - namesMax) more" : ""
    let (operations, them) = keys.count == 1 ? ("operation is", "it") : ("operations are", "them")
    return [
      "\(keys.count) \(operations) damaged on the disk (\(names.joined(separator: ", "))\(more)) "
        + "and lost for now; the next sync of a machine that has \(them) brings \(them) back."
    ]
  }

  private static let namesMax = 5

  private static func findings(
    of account: StoredAccount, in transaction: any StorageReading
  ) throws -> [String] {
    let journal = try transaction.journal(of: account.slot) ?? StoredJournal()
    let devices = DeviceTable(try transaction.devices(of: account.slot))
    var counts = Counts()
    for device in devices.ascending {
      var sequences = KnownSequences()
      try transaction.forEachOperation(in: device.slot.keys, .all) { operation in
        sequences.insert(operation.key.sequence)
        try counts.add(operation, account, device, devices, transaction)
        return true
      }
      if sequences != device.sequences { counts.wrongSequences += 1 }
    }
    var stateDigest = StateDigest()
    var registerCount = 0
    try transaction.forEachRegister(of: account.slot) { tag, winner in
      registerCount += 1
      guard let id = devices.id(of: winner.operation) else {
        counts.wrongWinners += 1
        return
      }
      stateDigest.insert(tag, winner: id)
    }
    return counts.findings(
      journal: journal, stateDigest: stateDigest, registerCount: registerCount)
  }

  private struct Counts {
    var operations = 0
    var bytes = 0
    var held = 0
    var unreadable = 0
    var wrongWinners = 0
    var wrongHeldCounts = 0
    var wrongSequences = 0

    mutating func add(
      _ operation: OperationView, _ account: StoredAccount, _ device: StoredDevice,
      _ devices: DeviceTable, _ transaction: any StorageReading
    ) throws {
      let key = operation.key
      operations += 1
      bytes += operation.envelope.count
      guard operation.isSound,
        let header = EnvelopeBytes.header(of: operation.envelope, account: account.id),
        header.id == OperationID(device: device.id, sequence: key.sequence),
        operation.digest == header.digest
      else {
        unreadable += 1
        return
      }
      var heldHere = 0
      for tag in header.tags {
        guard let winner = try transaction.winner(of: tag, in: account.slot),
          devices.id(of: winner.operation) != nil
        else {
          wrongWinners += 1
          continue
        }
        if winner.operation == key {
          heldHere += 1
          if winner.timestamp != header.timestamp { wrongWinners += 1 }
        } else if header.stamp.wins(over: try devices.stamp(of: winner)) {
          wrongWinners += 1
        }
      }
      held += heldHere
      if heldHere != operation.heldCount { wrongHeldCounts += 1 }
    }

    func findings(
      journal: StoredJournal, stateDigest: StateDigest, registerCount: Int
    ) -> [String] {
      var findings: [String] = []
      if unreadable > 0 { findings.append("\(unreadable) operations cannot be read.") }
      if wrongSequences > 0 {
        findings.append("\(wrongSequences) devices have other operations than is noted.")
      }
      if wrongWinners > 0 || held != registerCount {
        findings.append("The winners of \(max(wrongWinners, 1)) or more registers are wrong.")
      }
      if wrongHeldCounts > 0 {
        findings.append("\(wrongHeldCounts) operations hold other registers than is noted.")
      }
      if operations != journal.operationCount || bytes != journal.byteCount {
        findings.append(
          "It has \(operations) operations of \(bytes) bytes; "
            + "noted are \(journal.operationCount) of \(journal.byteCount).")
      }
      if !journal.isSound || stateDigest != journal.stateDigest {
        findings.append("What is noted of the journal as a whole does not fit its registers.")
      }
      return findings
    }
  }
}
