internal import OperationLog

/// Operations that the disk has changed keep their names: else a copy of a machine could put
/// another operation in the place of words that other machines have.
extension Push {
  /// Whether a damaged operation has the name, and this is another one.
  func isTaken(
    _ key: OperationKey, _ header: OperationHeader, _ envelope: [UInt8]
  ) throws -> Bool {
    guard damaged.contains(key), let operation = try transaction.damagedOperation(key) else {
      return false
    }
    return !operation.was(header, envelope, at: key, of: accountID)
  }

  /// A damaged operation has come again. If its stub takes the place of its words, they are erased.
  mutating func fill(_ key: OperationKey, with envelope: [UInt8], isStub: Bool) throws {
    guard damaged.remove(key) != nil else { return }
    if isStub, let operation = try transaction.damagedOperation(key),
      operation.envelope.count > envelope.count
    {
      try erase(operation, at: key, digest: operation.digest)
    }
    try transaction.setDamaged(nil, at: key)
  }

  /// Keeps of a damaged operation that an erase lists nothing but its name and digest.
  func eraseDamaged(_ key: OperationKey, digest: OperationDigest) throws {
    guard damaged.contains(key), let operation = try transaction.damagedOperation(key),
      operation.mayHave(digest, of: accountID)
    else { return }
    try erase(operation, at: key, digest: digest)
  }

  private func erase(
    _ operation: StoredOperation, at key: OperationKey, digest: OperationDigest
  ) throws {
    guard !operation.envelope.isEmpty else { return }
    try transaction.setDamaged(
      StoredOperation(
        timestamp: operation.timestamp, digest: digest, heldCount: 0, envelope: [],
        checksum: operation.checksum),
      at: key)
  }

  /// Throws `DamagedJournal` if any device is not what is noted: it may be this one.
  mutating func addDevice(_ id: DeviceID) throws -> StoredDevice {
    if !hasCheckedDevices {
      for device in try transaction.devices(of: account) {
        _ = try transaction.headDigest(of: device)
      }
      hasCheckedDevices = true
    }
    return try transaction.addDevice(id, to: account)
  }
}
