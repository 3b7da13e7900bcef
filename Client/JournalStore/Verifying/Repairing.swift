internal import GRDB
internal import JournalModel
internal import JournalSealing
internal import OperationLog

/// Makes a whole journal, in a scratch file, of what a damaged one still holds.
struct Repairing {
  let scratch: ScratchFile
  private let salvage: Salvage
  private let environment: StoreEnvironment
  /// Nothing is wrong but what follows from the log: the device goes on under its id.
  private let isLogWhole: Bool

  /// What came of it.
  struct Result {
    var operations = 0
    /// Operations that were noted, and are not among those found.
    var missing: [MissingOperations] = []
    /// What was noted is not all there, so that more may be missing.
    var mayMissMore = false
    var hasNewDevice = true
  }

  init(
    _ db: Database, _ copy: JournalCopy, _ findings: [JournalFinding], path: String,
    environment: StoreEnvironment
  ) throws {
    let isWhole = !findings.contains {
      switch $0 {
      case .file, .tables: true
      default: false
      }
    }
    salvage = Salvage(db, copy, isWhole: isWhole)
    isLogWhole = findings.allSatisfy(\.isDerived)
    self.environment = environment
    scratch = try ScratchFile(beside: path)
  }

  /// `nil` if the journal's keys cannot be read, without which nothing can be believed.
  func run() throws -> Result? {
    var result = Result()
    guard let identity = try identity() else { return nil }
    let rebuilt = try Rebuilding(scratch.queue, identity: identity, environment: environment)
    let notes = try gather(into: rebuilt, identity, &result)
    try rebuilt.finish()
    try rebuilt.write { log in
      // Also where words of what was erased were still there.
      for erase in notes.erases { try log.apply(erase: erase.header, of: erase.record) }
    }
    try rebuilt.write { try note(identity, notes, $0, &result) }
    try keepSettings(isIncomplete: result.mayMissMore || !result.missing.isEmpty)
    try keepErasures()
    return result
  }

  /// Who we are, with a key that the operations prove.
  private func identity() throws -> JournalRow? {
    let trial = try KeyTrial(salvage)
    if var identity = try salvage.identity() {
      switch trial.key(of: identity) {
      case .right: return identity
      case .mended(let account, let key):
        identity.account = account
        identity.accountKey = key
        return identity
      case .wrong: break
      }
    }
    return trial.identity(on: salvage.identityPage())
  }

  /// What the operations say of the devices.
  private struct LogNotes {
    var slotsByDevice: [DeviceID: Int64] = [:]
    var madeHere: Set<DeviceID> = []
    var erases: [(header: OperationHeader, record: RecordID?)] = []
  }

  private func gather(
    into rebuilt: Rebuilding, _ identity: JournalRow, _ result: inout Result
  ) throws -> LogNotes {
    let keys = JournalKeys(accountKey: identity.accountKey, account: identity.account)
    var notes = LogNotes()
    var stubs: [(OpenedOperation, Bool)] = []
    var erased: Set<ErasedOperation> = []
    var count = 0
    try salvage.operations { row in
      guard let opened = try? row.opened(keys) else { return }
      let header = opened.operation.header
      let madeHere = row.madeHere == 1
      erased.formUnion(header.erased)
      if !header.erased.isEmpty { notes.erases.append((header, opened.change?.record)) }
      notes.slotsByDevice[header.device] = row.key >> DeviceRow.sequenceBits
      if madeHere { notes.madeHere.insert(header.device) }
      if opened.change == nil {
        stubs.append((opened, madeHere))
      } else {
        count += 1
        try rebuilt.add(opened, madeHere: madeHere)
      }
    }
    for (stub, madeHere) in stubs {
      let header = stub.operation.header
      guard erased.contains(ErasedOperation(id: header.id, digest: header.digest))
      else { continue }
      count += 1
      try rebuilt.add(stub, madeHere: madeHere)
    }
    result.operations = count
    return notes
  }

  /// Brings over what was noted of devices and clock, as far as it can be right.
  private func note(
    _ identity: JournalRow, _ notes: LogNotes, _ log: LogTransaction, _ result: inout Result
  ) throws {
    let noted = try salvage.devices()
    let fresh = try log.device
    for row in log.devices.rows where row.id != fresh {
      let slot = notes.slotsByDevice[row.id]
      let note = noted.first { $0.id == row.id } ?? noted.first { $0.slot == slot }
      log.devices.update(row.id) { device in
        device.isOwn = note?.isOwn ?? false || notes.madeHere.contains(row.id)
        guard let note, device.isOwn else { return }
        device.released = min(note.released, device.sequences.last)
        device.accepted = min(note.accepted, device.released)
      }
      let missing = note.map { $0.sequences.missing(in: row.sequences) } ?? []
      result.missing += missing.map { MissingOperations(device: row.id, sequences: $0) }
    }
    // Whose slot is in use is not another device: its id is damaged.
    let usedSlots = Set(notes.slotsByDevice.values)
    result.mayMissMore =
      !usedSlots.union([identity.deviceSlot]).isSubset(of: noted.map(\.slot))
    for note in noted where log.devices[note.id] == nil && !usedSlots.contains(note.slot) {
      let missing = note.sequences.missing(in: KnownSequences())
      result.missing += missing.map { MissingOperations(device: note.id, sequences: $0) }
    }
    if isLogWhole, let old = noted.first(where: { $0.slot == identity.deviceSlot && $0.isOwn }) {
      try log.goOn(as: old.id, insteadOf: fresh, machine: identity.machine)
      result.hasNewDevice = false
    }
  }

  /// - Parameter isIncomplete: not all that was in the damaged file is here.
  private func keepSettings(isIncomplete: Bool) throws {
    let settings = try salvage.settings()
    try scratch.queue.writeWithoutTransaction { db in
      // Merging everything once more is no news.
      try db.execute(sql: "DELETE FROM setting WHERE name LIKE 'news.%'")
      for (name, value) in settings {
        try db.run(
          "INSERT OR REPLACE INTO setting(name, value) VALUES (?1, ?2)", .text(name), .blob(value))
      }
      guard isIncomplete else { return }
      try db.run(
        "INSERT OR REPLACE INTO setting(name, value) VALUES (?1, ?2)",
        .text(SettingName.halfRead.rawValue), .blob([1]))
    }
  }

  /// Records that nobody else had seen, of which no operation is left.
  private func keepErasures() throws {
    let records = try salvage.unseenErasures()
    try scratch.queue.writeWithoutTransaction { db in
      for record in records {
        try db.run(
          "INSERT OR IGNORE INTO erasure(record, operation) VALUES (?1, 0)", .blob(record))
      }
    }
  }
}

extension LogTransaction {
  /// Takes back the device id that the journal had, and drops one that never wrote.
  fileprivate func goOn(
    as device: DeviceID, insteadOf fresh: DeviceID, machine: [UInt8]
  ) throws {
    let freshSlot = journal.deviceSlot
    journal.deviceSlot = devices.slot(of: device, own: true)
    journal.machine = machine
    try devices.save(db)
    guard fresh != device else { return }
    try db.run("DELETE FROM device WHERE slot = ?1", .integer(freshSlot))
  }
}
