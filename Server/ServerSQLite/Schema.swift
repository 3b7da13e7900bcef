internal import Foundation
internal import GRDB
internal import OperationLog
internal import ServerCore

/// The tables of a server's database.
///
/// Migrations are only ever appended: databases that were made by any version must open for ever.
enum Schema {
  /// "EbbS": tells the file from other programs' databases.
  static let applicationID: Int32 = 0x4562_6253
  static let version = 4

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: accounts and journals") { database in
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
      try database.execute(sql: accounts)
      try database.execute(sql: journals)
      try database.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2: checksums") { database in
      try database.execute(sql: checksums)
      try addChecksums(to: database)
      try database.execute(sql: "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3: damage") { database in
      try database.execute(sql: damage)
      try addRowChecksums(to: database)
      try database.execute(sql: "PRAGMA user_version = 3")
    }
    migrator.registerMigration("4: names") { database in
      try database.execute(sql: names)
      try addNameChecksums(to: database)
      try database.execute(sql: "PRAGMA user_version = 4")
    }
    return migrator
  }

  /// Of the operations that are there, as they are now.
  private static func addChecksums(to database: Database) throws {
    let function = DatabaseFunction("operationChecksum", argumentCount: 4, pure: true) { columns in
      guard let key = Int64.fromDatabaseValue(columns[0]),
        let timestamp = Int64.fromDatabaseValue(columns[1]),
        let digest = Data.fromDatabaseValue(columns[2]).flatMap({ OperationDigest($0) }),
        let envelope = Data.fromDatabaseValue(columns[3])
      else { return 0 }
      let checksum = envelope.withUnsafeBytes {
        OperationChecksum(
          OperationKey(rawValue: key), Timestamp(rawValue: UInt64(bitPattern: timestamp)), digest,
          $0)
      }
      return Int64(bitPattern: checksum.rawValue)
    }
    database.add(function: function)
    defer { database.remove(function: function) }
    try database.execute(
      sql: """
        UPDATE operation SET checksum = operationChecksum(key, timestamp, digest, envelope)
        """)
  }

  /// Of the rows that are there, as they are now.
  private static func addRowChecksums(to database: Database) throws {
    let transaction = SQLiteTransaction(database)
    for account in try transaction.accounts() {
      let keys = StoredKeys(version: account.keys.version, json: account.keys.json)
      try transaction.setKeys(keys, of: account.slot)
      guard let journal = try transaction.journal(of: account.slot) else { continue }
      try transaction.setJournal(journal, of: account.slot)
    }
  }

  /// Of the accounts that are there, as they are now; none where row and index say different things.
  private static func addNameChecksums(to database: Database) throws {
    for account in try AccountFault.all(in: database) { try account.mend(database) }
  }

  /// Throws before anything is written to a file that is not this program's, or a newer one's.
  static func verifyIdentity(of database: Database, path: String) throws {
    let id = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    // A first start that was cut short may have come no further than GRDB's own table.
    let isEmpty =
      try Int.fetchOne(
        database,
        sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") ?? 0 == 0
    if id == 0 && found == 0 && isEmpty { return }
    guard id == applicationID else {
      throw StorageError(.damaged, "\(path) is not the database of an Ebb server.")
    }
    guard found <= version else {
      throw StorageError(
        .newerVersion, "\(path) was made by a newer version of ebb-server; nothing was changed.")
    }
  }

  /// Times are Unix milliseconds. A slot is a small number for a long id.
  private static let accounts = """
    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE account (
      slot INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE,
      name TEXT NOT NULL UNIQUE,
      keysVersion INTEGER NOT NULL,
      keys BLOB NOT NULL,
      createdAt INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE invite (
      hash BLOB PRIMARY KEY,
      expiresAt INTEGER NOT NULL,
      isUsed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- token: SHA-256 of the session's token; NULL without a session.
    CREATE TABLE installation (
      account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
      id BLOB NOT NULL,
      token BLOB UNIQUE,
      lastSeen INTEGER NOT NULL,
      isRevoked INTEGER NOT NULL,
      PRIMARY KEY (account, id)
    ) STRICT, WITHOUT ROWID;
    """

  /// Operations and registers have no foreign keys: a key of an operation holds its device's slot
  /// (bits 40 and up) and its sequence, and a register's account would be looked up each time.
  private static let journals = """
    CREATE TABLE journal (
      account INTEGER PRIMARY KEY REFERENCES account ON DELETE CASCADE,
      operationCount INTEGER NOT NULL,
      byteCount INTEGER NOT NULL,
      stateDigest BLOB NOT NULL,
      greatestTimestamp INTEGER NOT NULL,
      erasedCount INTEGER NOT NULL
    ) STRICT;

    -- id: the 64 bits as a signed number. gapless: the last sequence known from 1 on.
    -- beyond: ranges known beyond a gap, 8 bytes each for first and last sequence, big-endian.
    CREATE TABLE device (
      slot INTEGER PRIMARY KEY,
      account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
      id INTEGER NOT NULL,
      gapless INTEGER NOT NULL,
      beyond BLOB NOT NULL,
      UNIQUE (account, id)
    ) STRICT;

    -- held: how many registers the operation holds. envelope: exactly as it travels.
    CREATE TABLE operation (
      key INTEGER PRIMARY KEY,
      timestamp INTEGER NOT NULL,
      digest BLOB NOT NULL,
      held INTEGER NOT NULL,
      envelope BLOB NOT NULL
    ) STRICT;

    CREATE INDEX operation_live ON operation(key) WHERE held > 0;

    -- Small rows: tags are random, so many operations touch nearly every page.
    CREATE TABLE register (
      account INTEGER NOT NULL,
      tag BLOB NOT NULL,
      operation INTEGER NOT NULL,
      PRIMARY KEY (account, tag)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE erased (
      account INTEGER NOT NULL,
      device INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      digest BLOB NOT NULL,
      PRIMARY KEY (account, device, sequence, digest)
    ) STRICT, WITHOUT ROWID;
    """

  /// `OperationChecksum`: the 64 bits as a signed number.
  private static let checksums = """
    ALTER TABLE operation ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
    """

  /// Operations as the disk left them, whose names stay taken until they come again; and
  /// `RowChecksum` of what is kept of a journal, and of a keys document.
  private static let damage = """
    CREATE TABLE damaged (
      key INTEGER PRIMARY KEY,
      account INTEGER NOT NULL,
      timestamp INTEGER NOT NULL,
      digest BLOB NOT NULL,
      envelope BLOB NOT NULL,
      checksum INTEGER NOT NULL
    ) STRICT;

    ALTER TABLE journal ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE account ADD COLUMN keysChecksum INTEGER NOT NULL DEFAULT 0;
    """

  /// `RowChecksum` of an account's id and name.
  private static let names = """
    ALTER TABLE account ADD COLUMN nameChecksum INTEGER NOT NULL DEFAULT 0;
    """
}
