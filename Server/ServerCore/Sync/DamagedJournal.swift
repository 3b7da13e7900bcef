internal import OperationLog

/// What a storage handed over is not what it was given to keep: an operation that the disk has
/// changed, or something noted of a journal that its operations do not bear out.
package struct DamagedJournal: Error {
  package init() {}
}

extension StorageReading {
  /// An operation whose checksum fits; throws `DamagedJournal` if there is one that does not.
  func soundOperation(_ key: OperationKey) throws -> StoredOperation? {
    guard let operation = try operation(key) else { return nil }
    guard operation.isSound(at: key) else { throw DamagedJournal() }
    return operation
  }

  /// Whether there is such an operation, and it writes a register.
  func writes(_ key: OperationKey, _ tag: RegisterTag, of account: AccountID) throws -> Bool {
    let header = try operation(key)?.envelope.withUnsafeBytes {
      EnvelopeBytes.header(of: $0, account: account)
    }
    return header?.tags.contains(tag) ?? false
  }

  /// What a journal's row says; throws `DamagedJournal` if the disk has changed it.
  func soundJournal(of account: AccountSlot) throws -> StoredJournal {
    let journal = try journal(of: account) ?? StoredJournal()
    guard journal.isSound else { throw DamagedJournal() }
    return journal
  }

  /// The digest of the last operation that a device is noted to have without a gap.
  ///
  /// Throws `DamagedJournal` if that one is not there, is another device's, or is not the last.
  func headDigest(of device: StoredDevice) throws -> OperationDigest? {
    let gapless = device.sequences.gapless
    guard try digest(of: OperationKey(device.slot, gapless.next)) == nil else {
      throw DamagedJournal()
    }
    guard gapless != .none else { return nil }
    let id = OperationID(device: device.id, sequence: gapless)
    guard let last = try soundOperation(OperationKey(device.slot, gapless)),
      last.envelope.withUnsafeBytes(EnvelopeBytes.id) == id
    else { throw DamagedJournal() }
    return last.digest
  }
}
