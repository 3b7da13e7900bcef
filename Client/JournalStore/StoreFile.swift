private import Foundation
internal import GRDB
internal import GRDBSQLite
internal import JournalSealing
internal import OperationLog

/// The file that a journal is, and how it is opened and made.
enum StoreFile {
  static func path(in folder: String) -> String { folder + "/journal.sqlite" }

  static func lockPath(of path: String) -> String { path + ".lock" }

  /// The folder that a path lies in, without a slash at its end; empty for a name alone.
  ///
  /// Foundation's own way to it traps on a name of one character.
  static func folder(of path: String) -> String {
    let slash = UInt8(ascii: "/")
    guard let name = path.utf8.lastIndex(where: { $0 != slash }) else {
      return path.isEmpty ? "" : "/"
    }
    guard let end = path.utf8[...name].lastIndex(of: slash) else { return "" }
    guard let last = path.utf8[...end].lastIndex(where: { $0 != slash }) else { return "/" }
    return String(path[...last])
  }

  /// Makes what names the folder of a path holds durable.
  static func syncFolder(of path: String) throws {
    let folder = folder(of: path)
    let descriptor = Glibc.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StoreError(systemError: errno, path: path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StoreError(systemError: errno, path: path) }
  }

  /// - Throws: `StoreError` or `DatabaseError`.
  static func open(
    _ path: String, environment: StoreEnvironment, mode: StoreMode
  ) throws -> DatabaseQueue {
    if mode == .readWrite {
      try environment.disk.makeFolder(folder(of: path))
      try environment.disk.makeFile(path)
    } else {
      try environment.disk.checkExists(path)
    }
    let (queue, version) = try connect(path, environment: environment, mode: mode)
    switch version {
    case .current:
      break
    case .newer(let version):
      throw StoreError(.newerVersion(version), path: path)
    case .foreign:
      throw StoreError(.foreign, path: path)
    case .impossible:
      throw StoreError(.damaged, path: path)
    case .empty where mode != .readWrite:
      throw StoreError(.missing, path: path)
    case .empty, .older:
      // Who only reads needs the present tables too.
      let writer =
        mode == .readOnly
        ? try DatabaseQueue(
          path: path, configuration: configuration(environment, isReadOnly: false)) : queue
      try migrate(writer, path: path, environment: environment)
    }
    return queue
  }

  /// Where a writer died half-way, only a connection that may write can put back what it had begun
  /// to change.
  private static func connect(
    _ path: String, environment: StoreEnvironment, mode: StoreMode
  ) throws -> (DatabaseQueue, Version) {
    func connection(isReadOnly: Bool) throws -> (DatabaseQueue, Version) {
      let queue = try DatabaseQueue(
        path: path, configuration: configuration(environment, isReadOnly: isReadOnly))
      return (queue, try queue.writeWithoutTransaction(Version.init))
    }
    do {
      return try connection(isReadOnly: mode == .readOnly)
    } catch let error as DatabaseError
      where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK
    {
      _ = try connection(isReadOnly: false)
      return try connection(isReadOnly: true)
    }
  }

  /// The settings that durability rests on; a test reads them back.
  static func configuration(
    _ environment: StoreEnvironment, isReadOnly: Bool
  ) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(Double(environment.busyMilliseconds) / 1000)
    configuration.prepareDatabase { db in
      // What GRDB gathers of each statement is for observing the database, which nothing here does,
      // and takes half of what preparing a statement takes.
      sqlite3_set_authorizer(db.sqliteConnection, nil, nil)
      // A bounded cache, of 16 MiB: memory does not grow with the journal.
      try db.execute(
        sql: """
          PRAGMA synchronous = FULL;
          PRAGMA mmap_size = 0;
          PRAGMA cache_size = -16384;
          PRAGMA temp_store = MEMORY;
          PRAGMA trusted_schema = OFF;
          """)
      if !isReadOnly { try db.execute(sql: "PRAGMA journal_mode = TRUNCATE") }
    }
    return configuration
  }

  /// What the file's header says of who made it.
  private enum Version {
    case empty
    case older(Int)
    case current
    case newer(Int)
    case foreign
    /// A version that never was.
    case impossible

    init(_ db: Database) throws {
      let application = try db.first("PRAGMA application_id", read: { $0.integer(0) }) ?? 0
      let version = Int(try db.first("PRAGMA user_version", read: { $0.integer(0) }) ?? 0)
      if application == Schema.applicationID {
        self =
          switch version {
          case Schema.version: .current
          case (Schema.version + 1)...: .newer(version)
          case 1...: .older(version)
          default: .impossible
          }
      } else {
        let isEmpty =
          try db.first("SELECT 1 FROM sqlite_schema LIMIT 1", read: { _ in false }) ?? true
        self = isEmpty && application == 0 ? .empty : .foreign
      }
    }
  }

  /// Brings an empty or older file to the present version, in one transaction.
  private static func migrate(
    _ queue: DatabaseQueue, path: String, environment: StoreEnvironment
  ) throws {
    try FileLock(path: lockPath(of: path), environment).whileLocked {
      try queue.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          // Another process may have been first.
          let from: Int
          switch try Version(db) {
          case .empty: from = 0
          case .older(let version): from = version
          case .current, .newer, .foreign, .impossible: return .commit
          }
          for migration in Schema.migrations[from...] { try migration.run(db) }
          try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
          try db.execute(sql: "PRAGMA user_version = \(Schema.version)")
          if from == 0 { try begin(db, environment: environment, path: path) }
          return .commit
        }
      }
    }
  }

  /// Makes the ids and keys of a new journal.
  private static func begin(_ db: Database, environment: StoreEnvironment, path: String) throws {
    let random = environment.randomBytes
    guard let installation = InstallationID(random(InstallationID.count)),
      let account = AccountID(random(AccountID.count)),
      let accountKey = AccountKey(random(AccountKey.count))
    else { throw StoreError(.unexpected, path: path) }
    // Without a machine: the first transaction takes a device id, as on any new machine.
    try JournalRow(
      installation: installation, account: account, accountKey: accountKey, machine: [],
      deviceSlot: 0
    ).save(db)
    let log = try LogTransaction(
      db, environment: environment, keyCache: KeyCache(machine: environment.machine))
    try log.finish()
  }
}
