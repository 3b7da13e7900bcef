internal import GRDB
internal import JournalSealing
internal import OperationLog

/// Everything of a journal that cannot be made anew, read from a file that may be damaged: through
/// SQLite where its tables are whole, else page by page.
struct Salvage {
  private let db: Database
  private let pages: PageScan
  /// `nil` where SQLite can be trusted with the file.
  private let scan: PageScan?

  init(_ db: Database, _ copy: JournalCopy, isWhole: Bool) {
    self.db = db
    pages = PageScan(copy)
    scan = isWhole ? nil : pages
  }

  func operations(_ body: (LogRow) throws -> Void) throws {
    guard let scan else {
      return try db.rows("SELECT \(LogRow.columns) FROM operation ORDER BY key", []) { row in
        try body(LogRow(row))
        return true
      }
    }
    try scan.rows { row in
      if let row = LogRow(row) { try body(row) }
    }
  }

  /// The page of table `journal`, the first that was ever made.
  func identityPage() -> [UInt8] { pages.page(2) ?? [] }

  func identity() throws -> JournalRow? {
    guard let scan else { return try? JournalRow.load(db) }
    var found: JournalRow?
    try scan.rows { row in found = found ?? JournalRow(row) }
    return found
  }

  func devices() throws -> [DeviceNote] {
    guard let scan else {
      return try db.all(
        "SELECT slot, id, own, gapless, digest, beyond, accepted, released FROM device",
        read: DeviceRow.init
      ).compactMap { $0.map(DeviceNote.init) }
    }
    var notes: [DeviceNote] = []
    try scan.rows { row in
      if let note = DeviceNote(row) { notes.append(note) }
    }
    return notes
  }

  func settings() throws -> [(name: String, value: [UInt8])] {
    guard let scan else {
      return try db.all("SELECT name, value FROM setting", read: { ($0.text(0), $0.bytes(1)) })
    }
    var settings: [(String, [UInt8])] = []
    try scan.rows { row in
      guard case .index(let columns) = row, columns.count == 2, case .text(let name) = columns[0],
        case .blob(let value) = columns[1], let name = String(validating: name, as: UTF8.self)
      else { return }
      settings.append((name, value))
    }
    return settings
  }
}

extension Salvage {
  /// The ids of erased records that no operation tells of.
  func unseenErasures() throws -> [[UInt8]] {
    guard let scan else {
      return try db.all("SELECT record FROM erasure WHERE operation = 0", read: { $0.bytes(0) })
    }
    var records: [[UInt8]] = []
    try scan.rows { row in
      // The index of record ids has such rows too, but no record has the number 0.
      guard case .index(let columns) = row, columns.count == 2, case .blob(let id) = columns[0],
        case .integer(0) = columns[1], id.count == 16
      else { return }
      records.append(id)
    }
    return records
  }
}

/// What was noted of a device besides its operations.
struct DeviceNote {
  let slot: Int64
  let id: DeviceID
  let isOwn: Bool
  let sequences: KnownSequences
  let accepted: Sequence
  let released: Sequence

  init(_ row: DeviceRow) {
    slot = row.slot
    id = row.id
    isOwn = row.isOwn
    sequences = row.sequences
    accepted = row.accepted
    released = row.released
  }

  fileprivate init?(_ row: PageScan.Row) {
    guard case .table(let slot, let columns) = row, columns.count == 8,
      case .integer(let id) = columns[1], case .integer(let own) = columns[2],
      case .integer(let gapless) = columns[3], case .integer(let accepted) = columns[6],
      case .integer(let released) = columns[7]
    else { return nil }
    let bounds = 0...Int64(Sequence.max.rawValue)
    guard [gapless, accepted, released].allSatisfy(bounds.contains) else { return nil }
    self.slot = slot
    self.id = DeviceID(rawValue: UInt64(bitPattern: id))
    isOwn = own != 0
    sequences = KnownSequences(gapless: Sequence(UInt64(gapless)))
    self.accepted = Sequence(UInt64(accepted))
    self.released = Sequence(UInt64(released))
  }
}

extension LogRow {
  fileprivate init?(_ row: PageScan.Row) {
    guard case .table(let key, let columns) = row, columns.count == 6,
      case .integer(let timestamp) = columns[1], case .integer(let madeHere) = columns[2],
      case .blob(let header) = columns[4]
    else { return nil }
    let record: Int64? = if case .integer(let record) = columns[3] { record } else { nil }
    let payload: [UInt8]? = if case .blob(let payload) = columns[5] { payload } else { nil }
    self.init(
      key: key, timestamp: timestamp, madeHere: madeHere, record: record, header: header,
      payload: payload)
  }
}

extension JournalRow {
  fileprivate init?(_ row: PageScan.Row) {
    guard case .table(1, let columns) = row, columns.count == 9,
      case .blob(let installation) = columns[1], case .blob(let account) = columns[2],
      case .blob(let accountKey) = columns[3], case .blob(let machine) = columns[4],
      case .integer(let device) = columns[5],
      let installation = InstallationID(installation), let account = AccountID(account),
      let accountKey = AccountKey(accountKey)
    else { return nil }
    // Clock and sum are made anew with the log.
    self.init(
      installation: installation, account: account, accountKey: accountKey, machine: machine,
      deviceSlot: device)
  }
}
