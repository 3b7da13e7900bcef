internal import OperationLog

/// A storage that forgets all when the process ends: the plainest thing that passes the suite,
/// and what tests of the rules run on.
package actor InMemoryStorage: Storage {
  private var tables = InMemoryTables()

  package init() {}

  private init(_ tables: InMemoryTables) {
    self.tables = tables
  }

  /// Another storage that holds the same, and goes its own way from here: a backup.
  package func copy() -> InMemoryStorage {
    InMemoryStorage(tables)
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageReading) throws -> Value
  ) throws -> Value {
    try body(InMemoryTransaction(tables))
  }

  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageWriting) throws -> Value
  ) throws -> Value {
    let transaction = InMemoryTransaction(tables)
    let value = try body(transaction)
    tables = transaction.tables
    return value
  }

  /// There is no file.
  package func scrub() {}
}

struct InMemoryTables {
  struct RegisterKey: Hashable {
    let account: AccountSlot
    let tag: RegisterTag
  }

  struct ErasedKey: Hashable {
    let account: AccountSlot
    let operation: ErasedOperation
  }

  struct InstallationKey: Hashable {
    let account: AccountSlot
    let id: InstallationID
  }

  var lastSlot: Int64 = 0
  var values: [String: [UInt8]] = [:]
  var accounts: [AccountSlot: StoredAccount] = [:]
  var journals: [AccountSlot: StoredJournal] = [:]
  var invites: [SecretHash: StoredInvite] = [:]
  var installations: [InstallationKey: StoredInstallation] = [:]
  var devices: [DeviceSlot: StoredDevice] = [:]
  var accountsByDevice: [DeviceSlot: AccountSlot] = [:]
  var operations: [DeviceSlot: [OperationKey: StoredOperation]] = [:]
  var damaged: [OperationKey: StoredOperation] = [:]
  var winners: [RegisterKey: StoredWinner] = [:]
  var erased: Set<ErasedKey> = []
}
