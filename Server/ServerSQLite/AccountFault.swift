private import Foundation
internal import GRDB
internal import OperationLog
private import ServerCore

/// An account whose id or name is not, or not everywhere, what it was given.
///
/// Both lie in the file twice: in the account's row, and in the index by which whoever logs in finds
/// it; the id is in the keys document, too. A checksum says what the disk has left as it was.
struct AccountFault {
  let slot: Int64
  /// As the row has it.
  let id: AccountID
  /// `nil` if nothing tells any more what they were.
  let sound: Identity?

  struct Identity: Hashable {
    var id: AccountID
    var name: String

    var checksum: Int64 { RowChecksum.of(id, name: name) }
  }

  /// Those of all accounts.
  static func all(in database: Database) throws -> [AccountFault] {
    let names = try lookedUp("name", in: "sqlite_autoindex_account_2", database) { $0.text(1) }
    let ids = try lookedUp("id", in: "sqlite_autoindex_account_1", database) { row in
      try? row.fixed(1, AccountID.self)
    }
    return try SQLiteTransaction(database).accountsByRow().compactMap { account, checksum in
      let slot = account.slot.rawValue
      let noted = Identity(id: account.id, name: account.name)
      let isLookedUpRight = noted.id == ids[slot] && noted.name == names[slot]
      if isLookedUpRight && noted.checksum == checksum { return nil }
      let possible = [noted.id, ids[slot], account.keys.account].compactMap { $0 }.flatMap { id in
        [noted.name, names[slot]].compactMap { $0 }.map { Identity(id: id, name: $0) }
      }
      // What says the same in both places is so; then it is the checksum that was damaged.
      let sound = possible.first { $0.checksum == checksum } ?? (isLookedUpRight ? noted : nil)
      return AccountFault(slot: slot, id: noted.id, sound: sound)
    }
  }

  /// What an index has of each account, read without the rows, as far as it can be read.
  private static func lookedUp<Value>(
    _ column: String, in index: String, _ database: Database, _ read: (Row) -> Value?
  ) throws -> [Int64: Value] {
    var found: [Int64: Value] = [:]
    do {
      let sql = "SELECT slot, \(column) FROM account INDEXED BY \(index) ORDER BY \(column)"
      let cursor = try Row.fetchCursor(database, sql: sql)
      while let row = try cursor.next() {
        if let value = read(row) { found[row.integer(0)] = value }
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      // What lies behind an entry that cannot be read is in the rows.
    }
    return found
  }

  /// Writes what is sound into the rows, and makes their indexes anew.
  static func mend(_ faults: [AccountFault], _ database: Database) throws {
    // Where two rows seem to have the same name, an index of them cannot be made; but then the one
    // that is there fits what is sound, and SQLite is to overlook that it does not fit the rows.
    try? database.execute(sql: "REINDEX account")
    try database.execute(sql: "PRAGMA writable_schema = ON")
    defer { try? database.execute(sql: "PRAGMA writable_schema = OFF") }
    for fault in faults { try fault.mend(database) }
    try database.execute(sql: "REINDEX account")
  }

  func mend(_ database: Database) throws {
    guard let sound else { return }
    try database.execute(
      sql: "UPDATE account SET id = ?, name = ?, nameChecksum = ? WHERE slot = ?",
      arguments: [sound.id.data, sound.name, sound.checksum, slot])
  }

  var finding: String {
    let damage = "Account \(sound?.id ?? id): Its name or id is damaged on the disk"
    return sound == nil
      ? "\(damage), and nothing tells what they were; a backup of the server's folder does."
      : "\(damage), so that the right passphrase may be called wrong."
  }

  var correction: String {
    let name = sound.map(\.name) ?? ""
    let goesBy = AccountName.isWellFormed(name) ? " It goes by the name \(name)." : ""
    return "Account \(sound?.id ?? id): Its name or id was damaged.\(goesBy)"
  }
}
