internal import GRDB
package import JournalSealing
package import OperationLog

/// The journal on this machine: the operation log, and the state it makes, in one SQLite file.
///
/// Every call is one transaction, and what it wrote is durable when it returns. Any number of
/// processes may use one journal at once: a writer waits for another for some seconds, then throws
/// `StoreError.busy`. Errors are `StoreError`, but for those that a closure passed in throws.
/// Closures must not call the store again: they run inside its transaction, and must not wait for
/// anything.
package final class JournalStore: Sendable {
  /// The journal's file.
  package let path: String
  package let environment: StoreEnvironment
  let mode: StoreMode
  private let queue: DatabaseQueue
  private let lock: FileLock
  private let keyCache: KeyCache
  private let decodedSettings = DecodedSettings()

  init(path: String, environment: StoreEnvironment, mode: StoreMode, queue: DatabaseQueue) {
    self.path = path
    self.environment = environment
    self.mode = mode
    self.queue = queue
    lock = FileLock(path: StoreFile.lockPath(of: path), environment)
    keyCache = KeyCache(machine: environment.machine)
  }

  /// Opens the journal in a folder, and in mode `readWrite` makes what is missing: folder (0700),
  /// file (0600), keys and ids.
  package static func open(
    folder: String, environment: StoreEnvironment, mode: StoreMode = .readWrite
  ) throws -> JournalStore {
    try open(path: StoreFile.path(in: folder), environment: environment, mode: mode)
  }

  private static func open(
    path: String, environment: StoreEnvironment, mode: StoreMode
  ) throws -> JournalStore {
    let queue = try StoreError.naming(path) {
      try StoreFile.open(path, environment: environment, mode: mode)
    }
    return JournalStore(path: path, environment: environment, mode: mode, queue: queue)
  }

  /// The same journal, opened for something else.
  func reopened(mode: StoreMode) throws -> JournalStore {
    try Self.open(path: path, environment: environment, mode: mode)
  }
}

// Transactions.
extension JournalStore {
  /// One state of the journal for everything that `body` reads.
  func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try transaction(.deferred, body)
  }

  /// Reads with a single statement, which sees one state of the journal without a transaction's
  /// cost.
  func readingOnce<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try outsideTransactions(body)
  }

  /// Writes under the lock, so that writers of all processes follow each other.
  func writing<Value>(
    isBulk: Bool = false, _ body: (LogTransaction) throws -> Value
  ) throws -> Value {
    try writingPlainly { db in
      let log = try LogTransaction(
        db, environment: self.environment, keyCache: self.keyCache, isBulk: isBulk)
      let value = try body(log)
      try log.finish()
      return value
    }
  }

  /// Writes what is not of the log.
  func writingPlainly<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try whileLocked { try transaction(.immediate, body) }
  }

  /// Keeps other writers out for several transactions. `body` must not take the lock again.
  func whileLocked<Value>(_ body: () throws -> Value) throws -> Value {
    guard mode != .readOnly else { throw StoreError(.readOnly, path: path) }
    return try lock.whileLocked(body)
  }

  /// Runs statements that cannot be part of a transaction.
  func outsideTransactions<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try StoreError.naming(path) { try queue.writeWithoutTransaction(body) }
  }

  func transaction<Value>(
    _ kind: Database.TransactionKind, _ body: (Database) throws -> Value
  ) throws -> Value {
    try outsideTransactions { db in
      // Prepared once a connection, as all statements here: GRDB's own would be each time anew.
      try db.run("BEGIN \(kind.rawValue) TRANSACTION")
      do {
        let value = try body(db)
        try db.run("COMMIT TRANSACTION")
        return value
      } catch {
        // Some errors have ended it already; the first error says more than another.
        if db.isInsideTransaction { try? db.run("ROLLBACK TRANSACTION") }
        throw error
      }
    }
  }
}

// Who we are.
extension JournalStore {
  /// The id that new operations bear. On another machine than last time, a new one.
  package var device: DeviceID { get throws { try identity().device } }

  /// This client on this machine. A copy is another one.
  package var installation: InstallationID { get throws { try identity().installation } }

  /// Both, found to be of the machine that wrote last or else made anew.
  private func identity() throws -> (device: DeviceID, installation: InstallationID) {
    let (journal, device) = try readingOnce(JournalRow.loadWithDevice)
    guard keyCache.derived(of: journal).machineTag == journal.machine || mode == .readOnly else {
      return try writing { log in (try log.device, log.journal.installation) }
    }
    guard let device else { throw StoreError(.damaged, path: path, cause: DamagedRow()) }
    return (device, journal.installation)
  }

  package var account: AccountID { get throws { try journal().account } }

  package var keys: JournalKeys { get throws { keys(of: try journal()) } }

  /// The keys as they are in the transaction at hand.
  func keys(_ db: Database) throws -> JournalKeys { keys(of: try JournalRow.load(db)) }

  func keys(of journal: JournalRow) -> JournalKeys { keyCache.derived(of: journal).keys }

  /// The secret that everything else derives from.
  package func accountKey() throws -> AccountKey { try journal().accountKey }

  /// The digest of the journal's state, to compare with the server's.
  package var stateDigest: StateDigest { get throws { try journal().digest } }

  /// An id for an installation that there never was.
  package func newInstallation() throws -> InstallationID {
    guard let id = InstallationID(environment.randomBytes(InstallationID.count))
    else { throw StoreError(.unexpected, path: path) }
    return id
  }

  /// Becomes another installation, and keeps or with `nil` forgets what goes with that: all or
  /// nothing.
  package func setInstallation(
    _ id: InstallationID, with settings: [SettingName: [UInt8]?] = [:]
  ) throws {
    try writing { log in
      log.journal.installation = id
      try Self.keep(settings, log.db)
    }
  }

  func journal() throws -> JournalRow { try readingOnce(JournalRow.load) }
}

// Settings.
extension JournalStore {
  package func setting(_ name: SettingName) throws -> [UInt8]? {
    try readingOnce { try Self.setting(name, $0) }
  }

  /// What a setting's bytes stand for, decoded anew only once they are others; `nil` also where
  /// `decode` has none. One name has one type of value.
  package func setting<Value: Sendable>(
    _ name: SettingName, decode: ([UInt8]) -> Value?
  ) throws -> Value? {
    decodedSettings.value(of: name, in: try setting(name), decode)
  }

  /// Keeps a value, or with `nil` forgets it.
  package func setSetting(_ name: SettingName, _ value: [UInt8]?) throws {
    try writingPlainly { try Self.setSetting(name, value, $0) }
  }

  /// Makes another value of the one that is kept, in one transaction; `nil` is none.
  package func updateSetting(_ name: SettingName, _ change: ([UInt8]?) throws -> [UInt8]?) throws {
    try writingPlainly { db in
      let before = try Self.setting(name, db)
      let after = try change(before)
      if after != before { try Self.setSetting(name, after, db) }
    }
  }

  /// Throws what a small change would throw: before something is asked of others that is to be noted
  /// here. Room for that is taken, and then free again in the journal's own file.
  package func verifyWritable() throws {
    try setSetting(.room, Array(repeating: 0, count: 1 << 16))
    try setSetting(.room, nil)
  }

  private static func setting(_ name: SettingName, _ db: Database) throws -> [UInt8]? {
    try db.first(
      "SELECT value FROM setting WHERE name = ?1", .text(name.rawValue), read: { $0.bytes(0) })
  }

  /// Keeps values, or with `nil` forgets them.
  static func keep(_ settings: [SettingName: [UInt8]?], _ db: Database) throws {
    for (name, value) in settings { try setSetting(name, value, db) }
  }

  private static func setSetting(
    _ name: SettingName, _ value: [UInt8]?, _ db: Database
  ) throws {
    if let value {
      try db.run(
        "INSERT OR REPLACE INTO setting(name, value) VALUES (?1, ?2)", .text(name.rawValue),
        .blob(value))
    } else {
      try db.run("DELETE FROM setting WHERE name = ?1", .text(name.rawValue))
    }
  }
}

extension SettingName {
  fileprivate static let room = SettingName("store.room")
}
