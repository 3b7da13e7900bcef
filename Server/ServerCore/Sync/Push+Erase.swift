internal import OperationLog

/// Erasing: operations that an erase lists count as never made. What remains of each is a stub,
/// which keeps the device's sequence dense and holds no register.
///
/// An erase itself cannot be erased, for its list must stay known.
extension Push {
  /// Whether an erase known by now lists the operation.
  func isErased(_ header: OperationHeader) throws -> Bool {
    guard header.erased.isEmpty else { return false }
    return try isErased(ErasedOperation(id: header.id, digest: header.digest))
  }

  func isErased(_ operation: ErasedOperation) throws -> Bool {
    guard journal.erasedCount > 0 else { return false }
    return try transaction.isErased(operation, in: account)
  }

  /// Makes stubs of all that this request's erases list, and gives the registers that those held
  /// to the best of the operations that remain.
  mutating func applyErases() throws {
    var orphans: Set<RegisterTag> = []
    for erase in pending where !erase.header.erased.isEmpty {
      for operation in erase.header.erased {
        guard let device = devices[operation.id.device] else { continue }
        let key = OperationKey(device.slot, operation.id.sequence)
        guard device.sequences.contains(operation.id.sequence) else {
          try eraseDamaged(key, digest: operation.digest)
          continue
        }
        if let index = indexOfPending[key] {
          erasePending(at: index, digest: operation.digest)
        } else {
          try eraseStored(key, digest: operation.digest, orphans: &orphans)
        }
      }
    }
    try Orphans(tags: orphans, account: account, accountID: accountID)
      .adopt(devices, &journal, in: transaction)
  }

  private mutating func erasePending(at index: Int, digest: OperationDigest) {
    let header = pending[index].header
    guard header.digest == digest, header.erased.isEmpty, !pending[index].isStub else { return }
    journal.byteCount -= pending[index].envelope.count
    pending[index].envelope = EnvelopeBytes.encode(header: header.stub.wireBytes, sealed: [])
    pending[index].isStub = true
    journal.byteCount += pending[index].envelope.count
  }

  private mutating func eraseStored(
    _ key: OperationKey, digest: OperationDigest, orphans: inout Set<RegisterTag>
  ) throws {
    guard let stored = try transaction.soundOperation(key), stored.digest == digest,
      let header = stored.envelope.withUnsafeBytes({
        EnvelopeBytes.header(of: $0, account: accountID)
      })
    else { return }
    let stub = EnvelopeBytes.encode(header: header.stub.wireBytes, sealed: [])
    guard header.erased.isEmpty, stored.envelope != stub else { return }
    for tag in header.tags {
      guard try transaction.winner(of: tag, in: account)?.operation == key else { continue }
      try transaction.setWinner(nil, of: tag, in: account)
      journal.stateDigest.remove(tag, winner: header.id)
      orphans.insert(tag)
    }
    try transaction.setStub(
      StoredOperation(
        timestamp: stored.timestamp, digest: digest, heldCount: 0, envelope: stub, at: key),
      at: key)
    journal.byteCount += stub.count - stored.envelope.count
  }
}
