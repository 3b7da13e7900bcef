package import OperationLog

/// Makes what is noted of a journal follow from its operations again.
///
/// Operations that the disk has changed are set aside: nothing here can mend them, but a machine
/// that has them can. So they count as lost, the heads show the gap, and whoever knows better
/// sends them again. Their names stay taken until then. No operation is ever deleted.
///
/// Reads the whole journal: where one thing is damaged there may be more.
package struct JournalRepair {
  package struct Report: Sendable {
    /// Operations that were found damaged.
    package var damagedCount = 0
    /// One plain sentence for each kind of thing that was noted wrongly.
    package var corrections: [String] = []
  }

  private let transaction: any StorageWriting
  private let account: AccountSlot
  private let accountID: AccountID
  private var devices: DeviceTable
  private var report = Report()

  package static func repair(
    _ account: AccountSlot, _ id: AccountID, in transaction: any StorageWriting
  ) throws -> Report {
    var repair = JournalRepair(
      transaction: transaction, account: account, accountID: id, devices: DeviceTable([]))
    try repair.nameDevices()
    repair.devices = DeviceTable(try transaction.devices(of: account))
    var reading = try repair.read()
    if try repair.putBackMisplaced(among: reading.damaged) { reading = try repair.read() }
    try repair.correct(try transaction.journal(of: account) ?? StoredJournal(), by: reading)
    return repair.report
  }

  private func read() throws -> JournalReading {
    try JournalReading(
      account: account, accountID: accountID, devices: devices, in: transaction)
  }

  /// Moves operations that are whole but lie under another name to where they belong; false if
  /// there are none.
  private mutating func putBackMisplaced(among damaged: Set<OperationKey>) throws -> Bool {
    var misplaced: [(operation: StoredOperation, from: OperationKey, to: OperationKey)] = []
    for key in damaged.sorted() {
      guard let operation = try transaction.operation(key),
        let id = operation.envelope.withUnsafeBytes(EnvelopeBytes.id),
        let device = devices[id.device]
      else { continue }
      let place = OperationKey(device.slot, id.sequence)
      guard place != key, operation.isSound(at: place),
        try damaged.contains(place) || transaction.operation(place) == nil
      else { continue }
      misplaced.append((operation, key, place))
    }
    for move in misplaced { try transaction.removeOperation(move.from) }
    for move in misplaced {
      // What is still there is what the disk has left of the same one.
      if try transaction.operation(move.to) != nil {
        try transaction.removeOperation(move.to)
      }
      try transaction.addOperation(move.operation, at: move.to)
    }
    note(
      misplaced.count, "operation lay under another name.", "operations lay under other names.")
    return !misplaced.isEmpty
  }

  /// Gives each slot the device whose operations it holds.
  private mutating func nameDevices() throws {
    let noted = try transaction.devices(of: account)
    var ids = Set(noted.map(\.id))
    for device in noted {
      guard let id = try owner(of: device.slot), ids.insert(id).inserted else { continue }
      try transaction.setDevice(id, at: device.slot, of: account)
      report.corrections.append("A device was noted under another name.")
    }
    for slot in try transaction.strayDevices() where try isOfThisAccount(slot) {
      guard let id = try owner(of: slot), ids.insert(id).inserted else { continue }
      try transaction.setDevice(id, at: slot, of: account)
      report.corrections.append("A device that has operations was not noted.")
    }
  }

  private func owner(of slot: DeviceSlot) throws -> DeviceID? {
    var id: DeviceID?
    try transaction.forEachOperation(in: slot.keys, .all) { operation in
      guard operation.isSound else { return true }
      id = EnvelopeBytes.id(of: operation.envelope)?.device
      return id == nil
    }
    return id
  }

  /// No operation says whose it is; but who holds registers is noted for each account.
  private func isOfThisAccount(_ slot: DeviceSlot) throws -> Bool {
    if try transaction.accounts().count == 1 { return true }
    var holds = false
    try transaction.forEachRegister(of: account) { _, winner in
      if winner.operation.device == slot { holds = true }
    }
    return holds
  }

  private mutating func correct(_ noted: StoredJournal, by reading: JournalReading) throws {
    note(
      reading.heldDifferences.count,
      "operation was noted with registers that it does not hold.",
      "operations were noted with registers that they do not hold.")
    for (key, difference) in reading.heldDifferences {
      try transaction.changeHeldCount(of: key, by: difference)
    }
    for (tag, winner) in reading.orphaned {
      try transaction.setWinner(nil, of: tag, in: account)
      if try reading.holds(winner.operation, tag, in: transaction) {
        try transaction.changeHeldCount(of: winner.operation, by: -1)
      }
    }
    note(
      reading.wrongRegisterCount, "register was noted with a wrong winner.",
      "registers were noted with wrong winners.")
    for key in reading.damaged { try transaction.setAside(key, of: account) }
    report.damagedCount = reading.damaged.count
    try correctSequences(by: reading)

    var journal = StoredJournal(
      operationCount: reading.operationCount, byteCount: reading.byteCount,
      greatestTimestamp: reading.greatestTimestamp,
      erasedCount: try transaction.erasedCount(of: account))
    if noted.isSound {
      // It may have been that of one that is set aside.
      journal.greatestTimestamp = max(journal.greatestTimestamp, noted.greatestTimestamp)
    }
    if !reading.bearsOut(noted) || journal.erasedCount != noted.erasedCount {
      report.corrections.append("What was noted of the journal as a whole was wrong.")
    }
    try transaction.forEachRegister(of: account) { tag, winner in
      guard let id = devices.id(of: winner.operation) else { return }
      journal.stateDigest.insert(tag, winner: id)
    }
    try Orphans(tags: reading.unheld, account: account, accountID: accountID)
      .adopt(devices, &journal, in: transaction)
    if journal != noted { try transaction.setJournal(journal, of: account) }
  }

  private mutating func correctSequences(by reading: JournalReading) throws {
    var wrongCount = 0
    for device in devices.ascending {
      let (sound, all) = reading.sequences(of: device.slot)
      if all != device.sequences { wrongCount += 1 }
      if sound != device.sequences { try transaction.setSequences(sound, of: device.slot) }
    }
    note(
      wrongCount, "device was noted with other operations than it has.",
      "devices were noted with other operations than they have.")
  }

  private mutating func note(_ count: Int, _ one: String, _ several: String) {
    guard count > 0 else { return }
    report.corrections.append("\(count) \(count == 1 ? one : several)")
  }
}
