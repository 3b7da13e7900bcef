internal import GRDB
internal import JournalSealing
internal import OperationLog

/// Makes a journal anew from operations, by the code that stores what a server sends.
///
/// Order makes no difference, and what comes twice is stored once.
final class Rebuilding {
  let queue: DatabaseQueue
  private let environment: StoreEnvironment
  private let keyCache: KeyCache
  private var batch: [(operation: OpenedOperation, madeHere: Bool)] = []
  private var batchBytes = 0

  private static let batchOperations = 4_000
  private static let batchBytesMax = 2 << 20

  /// Makes the tables in an empty database, with a device id that has never written.
  init(_ queue: DatabaseQueue, identity: JournalRow, environment: StoreEnvironment) throws {
    self.queue = queue
    self.environment = environment
    keyCache = KeyCache(machine: environment.machine)
    try queue.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        for migration in Schema.migrations { try migration.run(db) }
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(Schema.version)")
        try JournalRow(
          installation: identity.installation, account: identity.account,
          accountKey: identity.accountKey, machine: [], deviceSlot: 0
        ).save(db)
        return .commit
      }
    }
    try write { _ in }
  }

  func add(_ operation: OpenedOperation, madeHere: Bool) throws {
    batch.append((operation, madeHere))
    batchBytes += operation.operation.payload.count
    if batch.count >= Self.batchOperations || batchBytes >= Self.batchBytesMax { try store() }
  }

  /// Stores what is left, and fills the search index.
  func finish() throws {
    try store()
    while try inTransaction({ try SearchIndex.indexPending(limit: 20_000, $0) }) {}
  }

  /// Writes to the log in one transaction.
  func write(_ body: (LogTransaction) throws -> Void) throws {
    try inTransaction { db in
      let log = try LogTransaction(
        db, environment: environment, keyCache: keyCache, isBulk: true)
      try body(log)
      try log.finish()
    }
  }

  private func store() throws {
    let batch = self.batch
    self.batch = []
    batchBytes = 0
    guard !batch.isEmpty else { return }
    try write { log in
      var outcome = ApplyOutcome()
      for (operation, madeHere) in batch {
        try log.apply(operation, madeHere: madeHere, &outcome)
      }
    }
  }

  private func inTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try queue.writeWithoutTransaction { db in
      var value: Value?
      try db.inTransaction(.immediate) {
        value = try body(db)
        return .commit
      }
      guard let value else { throw DamagedRow() }
      return value
    }
  }
}
