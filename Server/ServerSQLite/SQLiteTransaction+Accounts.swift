internal import Foundation
internal import GRDB
internal import OperationLog
internal import ServerCore

extension SQLiteTransaction {
  func value(named name: String) throws -> [UInt8]? {
    try row("SELECT value FROM setting WHERE name = ?", [name]) { try $0.bytes(0) }
  }

  func setValue(_ value: [UInt8], named name: String) throws {
    try execute(
      "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", [name, Data(value)])
  }

  func account(_ id: AccountID) throws -> StoredAccount? {
    try row("\(Self.selectAccount) WHERE id = ?", [id.data], Self.account)
  }

  func account(named name: String) throws -> StoredAccount? {
    try row("\(Self.selectAccount) WHERE name = ?", [name], Self.account)
  }

  func accounts() throws -> [StoredAccount] {
    try rows("\(Self.selectAccount) ORDER BY name", [], Self.account)
  }

  /// All accounts as their rows have them, whatever indexes say, each with the checksum of its name.
  func accountsByRow() throws -> [(account: StoredAccount, nameChecksum: Int64)] {
    try rows(
      """
      SELECT slot, id, name, keysVersion, keys, keysChecksum, createdAt, nameChecksum
      FROM account NOT INDEXED ORDER BY slot
      """
    ) { (try Self.account($0), $0.integer(7)) }
  }

  func addAccount(
    _ id: AccountID, name: String, keys: StoredKeys, createdAt: Int64
  ) throws -> AccountSlot {
    try execute(
      """
      INSERT INTO account (id, name, nameChecksum, keysVersion, keys, keysChecksum, createdAt)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        id.data, name, RowChecksum.of(id, name: name), keys.version, Data(keys.json),
        keys.checksum, createdAt,
      ])
    let slot = AccountSlot(rawValue: database.lastInsertedRowID)
    try setJournal(StoredJournal(), of: slot)
    return slot
  }

  func setKeys(_ keys: StoredKeys, of account: AccountSlot) throws {
    try execute(
      "UPDATE account SET keysVersion = ?, keys = ?, keysChecksum = ? WHERE slot = ?",
      [keys.version, Data(keys.json), keys.checksum, account.rawValue])
  }

  func removeAccount(_ account: AccountSlot) throws {
    for device in try devices(of: account) {
      try execute(
        "DELETE FROM operation WHERE key BETWEEN ? AND ?",
        [device.slot.keys.lowerBound.rawValue, device.slot.keys.upperBound.rawValue])
    }
    try execute("DELETE FROM damaged WHERE account = ?", [account.rawValue])
    try execute("DELETE FROM register WHERE account = ?", [account.rawValue])
    try execute("DELETE FROM erased WHERE account = ?", [account.rawValue])
    // The rest is bound to it by foreign keys.
    try execute("DELETE FROM account WHERE slot = ?", [account.rawValue])
    try noteUnscrubbed()
  }

  func invite(_ hash: SecretHash) throws -> StoredInvite? {
    try row("SELECT expiresAt, isUsed FROM invite WHERE hash = ?", [hash.data]) {
      StoredInvite(hash: hash, expiresAt: $0.integer(0), isUsed: $0.flag(1))
    }
  }

  func inviteCount() throws -> Int {
    try row("SELECT count(*) FROM invite", []) { $0.integer(0) } ?? 0
  }

  func addInvite(_ invite: StoredInvite) throws {
    try execute(
      "INSERT INTO invite (hash, expiresAt, isUsed) VALUES (?, ?, ?)",
      [invite.hash.data, invite.expiresAt, invite.isUsed])
  }

  func setInviteUsed(_ hash: SecretHash) throws {
    try execute("UPDATE invite SET isUsed = 1 WHERE hash = ?", [hash.data])
  }

  func removeInvites(expiredBefore time: Int64) throws {
    try execute("DELETE FROM invite WHERE expiresAt < ?", [time])
  }

  func installation(withToken hash: SecretHash) throws -> StoredInstallation? {
    try row("\(Self.selectInstallation) WHERE token = ?", [hash.data], Self.installation)
  }

  func installation(
    _ id: InstallationID, of account: AccountSlot
  ) throws -> StoredInstallation? {
    try row(
      "\(Self.selectInstallation) WHERE account = ? AND installation.id = ?",
      [account.rawValue, id.data], Self.installation)
  }

  func installations(of account: AccountSlot) throws -> [StoredInstallation] {
    try rows(
      "\(Self.selectInstallation) WHERE account = ? ORDER BY installation.id",
      [account.rawValue], Self.installation)
  }

  func setInstallation(_ installation: StoredInstallation) throws {
    try execute(
      """
      INSERT OR REPLACE INTO installation (account, id, token, lastSeen, isRevoked)
      VALUES (?, ?, ?, ?, ?)
      """,
      [
        installation.account.rawValue, installation.id.data, installation.token?.data,
        installation.lastSeen, installation.isRevoked,
      ])
  }

  private static let selectAccount =
    "SELECT slot, id, name, keysVersion, keys, keysChecksum, createdAt FROM account"

  private static func account(_ row: Row) throws -> StoredAccount {
    StoredAccount(
      slot: AccountSlot(rawValue: row.integer(0)), id: try row.fixed(1), name: row.text(2),
      keys: StoredKeys(
        version: row.integer(3), json: try row.bytes(4), checksum: row.integer(5)),
      createdAt: row.integer(6))
  }

  private static let selectInstallation = """
    SELECT account, account.id, installation.id, token, lastSeen, isRevoked
    FROM installation JOIN account ON account.slot = installation.account
    """

  private static func installation(_ row: Row) throws -> StoredInstallation {
    StoredInstallation(
      account: AccountSlot(rawValue: row.integer(0)), accountID: try row.fixed(1),
      id: try row.fixed(2),
      token: row.hasNull(atIndex: 3) ? nil : try row.fixed(3), lastSeen: row.integer(4),
      isRevoked: row.flag(5))
  }
}
