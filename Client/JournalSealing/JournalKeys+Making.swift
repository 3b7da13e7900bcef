package import JournalModel
package import OperationLog

extension JournalKeys {
  /// Makes the operation of a change: encoded, tagged and digested.
  ///
  /// - Parameter erased: what an erase names; its change then has no writes.
  package func makeOperation(
    _ change: RecordChange, id: OperationID, timestamp: Timestamp, erased: [ErasedOperation] = []
  ) throws(ChangeError) -> StoredOperation {
    guard change.writes.isEmpty || erased.isEmpty else { throw .writesAndErases }
    guard !change.writes.isEmpty || !erased.isEmpty else { throw .empty }
    return try operation(
      id: id, timestamp: timestamp, tags: try writtenTags(of: change),
      erased: erased.sorted { $0.id < $1.id }, payload: try PayloadCoding.encode(change))
  }

  /// Issues an operation again: the same content under another name, time or account, the account
  /// being that of these keys.
  ///
  /// The payload keeps its bytes, unless one of its `seen` names a renamed operation. What an
  /// erase names stays: an erase is of accepted operations, and those are never issued again.
  ///
  /// - Parameter renaming: the new names of operations issued again.
  /// - Throws: `OperationRefusal` if the operation cannot be read, `ChangeError` if it does not
  ///   fit under its new name.
  package func reissue(
    _ operation: StoredOperation, id: OperationID, timestamp: Timestamp,
    renaming: [OperationID: OperationID] = [:]
  ) throws -> StoredOperation {
    guard !operation.isStub else { throw OperationRefusal(operation.header.id, .isStub) }
    do {
      let (payload, change) = try PayloadCoding.rename(renaming, in: operation.payload)
      return try self.operation(
        id: id, timestamp: timestamp, tags: try writtenTags(of: change),
        erased: operation.header.erased, payload: payload)
    } catch let error as PayloadError {
      throw OperationRefusal(operation.header.id, .malformedPayload(error))
    }
  }

  private func operation(
    id: OperationID, timestamp: Timestamp, tags: [RegisterTag], erased: [ErasedOperation],
    payload: [UInt8]
  ) throws(ChangeError) -> StoredOperation {
    var header = OperationHeader(
      account: account, device: id.device, sequence: id.sequence, timestamp: timestamp,
      tags: tags, erased: erased, digest: .unset)
    header.digest = digest(of: header, payload: payload)
    let headerBytes = header.bytes.count
    guard headerBytes <= OperationHeader.bytesMax else {
      throw .headerTooLarge(bytes: headerBytes, limit: OperationHeader.bytesMax)
    }
    return StoredOperation(header: header, payload: payload)
  }

  /// The tags of a change's writes, ascending.
  private func writtenTags(of change: RecordChange) throws(ChangeError) -> [RegisterTag] {
    guard change.writes.count <= OperationHeader.tagsMax else {
      throw .tooManyWrites(count: change.writes.count, limit: OperationHeader.tagsMax)
    }
    let tags = tags(of: change)
    if let repeated = zip(tags, tags.dropFirst()).first(where: { $0 == $1 })?.0,
      let write = change.writes.first(where: {
        tag(of: change.record, register: $0.register) == repeated
      })
    {
      throw .repeatedRegister(write.register)
    }
    return tags
  }
}

extension OperationDigest {
  /// Stands in a header until its digest is known.
  fileprivate static var unset: OperationDigest {
    guard let digest = OperationDigest([UInt8](repeating: 0, count: count))
    else { preconditionFailure("as many bytes as it counts") }
    return digest
  }
}
