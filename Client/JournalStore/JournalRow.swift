internal import GRDB
internal import JournalSealing
internal import OperationLog

/// The one row of table `journal`: who we are, the clock, the state digest.
struct JournalRow {
  var installation: InstallationID
  var account: AccountID
  var accountKey: AccountKey
  /// A keyed hash of the machine that wrote last; empty after a restored backup.
  var machine: [UInt8]
  /// The slot of the device id that new operations bear.
  var deviceSlot: Int64
  var clock: HybridClock
  /// How far this machine's clock is behind the server's, where that matters.
  var clockOffsetMilliseconds: Int64
  var digest: StateDigest

  static func load(_ db: Database) throws -> JournalRow {
    let row = try db.first(
      """
      SELECT installation, account, account_key, machine, device, clock, clock_offset, digest
      FROM journal
      """, read: JournalRow.init)
    guard let row = row ?? nil else { throw DamagedRow() }
    return row
  }

  /// With the id of the device that new operations bear: `nil` where it has no row.
  static func loadWithDevice(_ db: Database) throws -> (journal: JournalRow, device: DeviceID?) {
    let found = try db.first(
      """
      SELECT installation, account, account_key, machine, device, clock, clock_offset,
        journal.digest, device.id
      FROM journal LEFT JOIN device ON device.slot = journal.device
      """
    ) { row in
      JournalRow(row).map { journal in
        let id = row.isNull(8) ? nil : UInt64(bitPattern: row.integer(8))
        return (journal, id.map(DeviceID.init(rawValue:)))
      }
    }
    guard let found = found ?? nil else { throw DamagedRow() }
    return found
  }

  private init?(_ row: ResultRow) {
    guard let installation = row.withBytes(0, { InstallationID($0) }),
      let account = row.withBytes(1, { AccountID($0) }),
      let accountKey = AccountKey(row.bytes(2)), let digest = StateDigest(row.bytes(7)),
      row.integer(6).magnitude <= Timestamp.millisecondsMax.magnitude
    else { return nil }
    self.installation = installation
    self.account = account
    self.accountKey = accountKey
    machine = row.bytes(3)
    deviceSlot = row.integer(4)
    clock = HybridClock(last: Timestamp(rawValue: UInt64(bitPattern: row.integer(5))))
    clockOffsetMilliseconds = row.integer(6)
    self.digest = digest
  }

  init(
    installation: InstallationID, account: AccountID, accountKey: AccountKey, machine: [UInt8],
    deviceSlot: Int64
  ) {
    self.installation = installation
    self.account = account
    self.accountKey = accountKey
    self.machine = machine
    self.deviceSlot = deviceSlot
    clock = HybridClock()
    clockOffsetMilliseconds = 0
    digest = StateDigest()
  }

  func save(_ db: Database) throws {
    try db.run(
      """
      INSERT OR REPLACE INTO journal(one, installation, account, account_key, machine, device,
        clock, clock_offset, digest)
      VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """,
      .blob(installation.bytes), .blob(account.bytes), .blob(accountKey.bytes), .blob(machine),
      .integer(deviceSlot), .integer(Int64(bitPattern: clock.last.rawValue)),
      .integer(clockOffsetMilliseconds), .blob(digest.bytes))
  }
}

/// A row that this store never wrote: the file is damaged.
struct DamagedRow: Error {}
