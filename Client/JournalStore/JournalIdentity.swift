internal import GRDB
internal import JournalSealing
internal import OperationLog

/// Who writes here: what of the journal's row is asked for most, with the id of its device.
struct JournalIdentity {
  let installation: InstallationID
  let account: AccountID
  let accountKey: AccountKey
  /// A keyed hash of the machine that wrote last.
  let machine: [UInt8]
  /// New operations bear it; `nil` before the first.
  let device: DeviceID?

  /// Reads with a single statement.
  static func load(_ db: Database) throws -> JournalIdentity {
    let identity = try db.first(
      """
      SELECT installation, account, account_key, machine, device.id
      FROM journal LEFT JOIN device ON device.slot = journal.device
      """, read: JournalIdentity.init)
    guard let identity = identity ?? nil else { throw DamagedRow() }
    return identity
  }

  private init?(_ row: ResultRow) {
    guard let installation = InstallationID(row.bytes(0)), let account = AccountID(row.bytes(1)),
      let accountKey = AccountKey(row.bytes(2))
    else { return nil }
    self.installation = installation
    self.account = account
    self.accountKey = accountKey
    machine = row.bytes(3)
    device = row.isNull(4) ? nil : DeviceID(rawValue: UInt64(bitPattern: row.integer(4)))
  }
}
