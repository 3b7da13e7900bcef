package import OperationLog

/// Where a server keeps its accounts and their sealed operations.
///
/// A small protocol so that the rules stand above it and every storage passes one suite of tests.
/// Each call of `read` and `write` is one transaction: what it sees is of one moment; what it
/// wrote is durable when `write` returns, all of it, and none of it when `body` throws. Writing
/// transactions follow one another.
///
/// Errors are `StorageError` where they come from the storage, else those that `body` throws.
package protocol Storage: Sendable {
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageReading) throws -> Value
  ) async throws -> Value

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageWriting) throws -> Value
  ) async throws -> Value

  /// Overwrites in all its files what was replaced by stubs, or was of removed accounts. Does
  /// nothing when there is nothing to do; what fails is done the next time, or at the next start.
  func scrub() async throws
}

/// What a transaction may ask.
package protocol StorageReading {
  /// A value the server keeps for itself, such as its secret.
  func value(named name: String) throws -> [UInt8]?

  func account(_ id: AccountID) throws -> StoredAccount?
  func account(named name: String) throws -> StoredAccount?
  /// All accounts, by name.
  func accounts() throws -> [StoredAccount]
  func invite(_ hash: SecretHash) throws -> StoredInvite?
  func inviteCount() throws -> Int

  /// The installation whose session has this token.
  func installation(withToken hash: SecretHash) throws -> StoredInstallation?
  func installation(_ id: InstallationID, of account: AccountSlot) throws -> StoredInstallation?
  /// By id.
  func installations(of account: AccountSlot) throws -> [StoredInstallation]

  func journal(of account: AccountSlot) throws -> StoredJournal?
  /// By id.
  func devices(of account: AccountSlot) throws -> [StoredDevice]
  func digest(of operation: OperationKey) throws -> OperationDigest?
  func operation(_ key: OperationKey) throws -> StoredOperation?
  /// How many operations there are in a range.
  func operationCount(in range: ClosedRange<OperationKey>) throws -> Int
  /// The operations that were set aside as damaged.
  func damagedOperations(of account: AccountSlot) throws -> [OperationKey]
  /// One that was set aside, as the disk left it.
  func damagedOperation(_ key: OperationKey) throws -> StoredOperation?
  /// Slots that hold operations and are no device's, which only damage leaves.
  func strayDevices() throws -> [DeviceSlot]
  func winner(of tag: RegisterTag, in account: AccountSlot) throws -> StoredWinner?
  func isErased(_ operation: ErasedOperation, in account: AccountSlot) throws -> Bool
  /// How many operations are erased.
  func erasedCount(of account: AccountSlot) throws -> Int

  /// Hands over the operations of a range in ascending order until `body` returns false.
  ///
  /// Takes time in proportion to what it hands over; for
  /// `.superseded`, to the length of the range.
  func forEachOperation(
    in range: ClosedRange<OperationKey>, _ filter: OperationFilter,
    _ body: (OperationView) throws -> Bool
  ) throws

  /// Hands over all registers in ascending order.
  func forEachRegister(
    of account: AccountSlot, _ body: (RegisterTag, StoredWinner) throws -> Void
  ) throws
}

/// What a writing transaction may also do. Rows named must be there; nothing checks rules.
package protocol StorageWriting: StorageReading {
  func setValue(_ value: [UInt8], named name: String) throws

  func addAccount(
    _ id: AccountID, name: String, keys: StoredKeys, createdAt: Int64
  ) throws -> AccountSlot
  func setKeys(_ keys: StoredKeys, of account: AccountSlot) throws
  /// Removes the account and all that is kept for it.
  func removeAccount(_ account: AccountSlot) throws
  func addInvite(_ invite: StoredInvite) throws
  func setInviteUsed(_ hash: SecretHash) throws
  func removeInvites(expiredBefore time: Int64) throws
  /// Adds the installation, or replaces what is kept of it.
  func setInstallation(_ installation: StoredInstallation) throws

  func setJournal(_ journal: StoredJournal, of account: AccountSlot) throws
  /// Adds a device in a slot that has never held an operation.
  func addDevice(_ id: DeviceID, to account: AccountSlot) throws -> StoredDevice
  /// Gives a slot to a device, and leaves the operations there.
  func setDevice(_ id: DeviceID, at slot: DeviceSlot, of account: AccountSlot) throws
  func setSequences(_ sequences: KnownSequences, of device: DeviceSlot) throws
  /// Throws `DamagedJournal` if there is one already.
  func addOperation(_ operation: StoredOperation, at key: OperationKey) throws
  /// Replaces an operation by its stub, which holds no register.
  func setStub(_ stub: StoredOperation, at key: OperationKey) throws
  /// Removes an operation, and nothing of what follows from it.
  func removeOperation(_ key: OperationKey) throws
  /// Moves an operation to the damaged ones, and changes nothing of what follows from it.
  func setAside(_ key: OperationKey, of account: AccountSlot) throws
  /// Replaces what is kept of a damaged operation; what it was is overwritten by the next `scrub`.
  /// `nil` removes it, for it is whole again.
  func setDamaged(_ operation: StoredOperation?, at key: OperationKey) throws
  /// Changes the number of registers that an operation holds.
  func changeHeldCount(of key: OperationKey, by difference: Int) throws
  /// Gives a register to an operation if nobody holds it; else changes nothing and says who does.
  func claim(
    _ tag: RegisterTag, for winner: StoredWinner, in account: AccountSlot
  ) throws -> StoredWinner?
  /// `nil` removes the register.
  func setWinner(
    _ winner: StoredWinner?, of tag: RegisterTag, in account: AccountSlot) throws
  func addErased(_ operation: ErasedOperation, to account: AccountSlot) throws
}

package enum OperationFilter: Hashable, Sendable {
  case all
  /// Holding at least one register.
  case live
  /// Holding none.
  case superseded
}
