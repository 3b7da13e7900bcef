internal import Crypto
internal import Foundation
package import JournalModel
internal import OperationLog
package import SyncProtocol

extension JournalKeys {
  /// Seals an operation for its way over the server: the same operation, the same bytes.
  ///
  /// Padded payload under AES-256-GCM, the header authenticated with it; key and nonce come from
  /// the journal key and the header, whose digest covers the payload. So a key is never used for
  /// two contents, and there is no counter or randomness to get wrong. A stub stays empty.
  package func seal(_ operation: StoredOperation) throws(OperationRefusal) -> Envelope {
    guard operation.header.account == account else {
      throw OperationRefusal(operation.header.id, .otherAccount(operation.header.account))
    }
    guard !operation.isStub else { return Envelope(header: operation.header, sealed: []) }
    guard operation.payload.count <= ProtocolLimits.payloadBytesMax else {
      let error = PayloadError.tooLarge(limit: ProtocolLimits.payloadBytesMax)
      throw OperationRefusal(operation.header.id, .malformedPayload(error))
    }
    let headerBytes = operation.header.bytes
    do {
      let (key, nonce) = try sealingKey(headerBytes: headerBytes)
      let box = try AES.GCM.seal(
        Padding.padded(operation.payload), using: key, nonce: nonce, authenticating: headerBytes)
      return Envelope(header: operation.header, sealed: [UInt8](box.ciphertext) + box.tag)
    } catch {
      throw OperationRefusal(operation.header.id, .notAuthentic)
    }
  }

  /// Opens what came from the server, and checks all there is to check: the account, the seal, the
  /// digest, the payload, and that the header's tags are exactly those of the writes.
  package func open(_ envelope: Envelope) throws(OperationRefusal) -> OpenedOperation {
    let header = envelope.header
    func refuse(_ reason: OperationRefusal.Reason) -> OperationRefusal {
      OperationRefusal(header.id, reason)
    }
    guard header.account == account else { throw refuse(.otherAccount(header.account)) }
    guard !envelope.isStub else {
      guard header.tags.isEmpty, header.erased.isEmpty else { throw refuse(.malformedStub) }
      // Whatever time it bears, a server may have given it.
      return OpenedOperation(
        operation: StoredOperation(header: header.stub, payload: []), change: nil)
    }
    guard let padded = unsealed(envelope) else { throw refuse(.notAuthentic) }
    guard let count = padded.withUnsafeBytes(Padding.payloadCount)
    else { throw refuse(.malformedPadding) }
    let operation = StoredOperation(header: header, payload: [UInt8](padded.prefix(count)))
    return OpenedOperation(
      operation: operation, change: try open(payloadOf: operation))
  }

  /// Opens several, in their order; the first that is refused ends it.
  ///
  /// Needs no other thread and shares nothing: callers may split a page between threads.
  package func open(
    _ envelopes: some Collection<Envelope>
  ) throws(OperationRefusal) -> [OpenedOperation] {
    var opened: [OpenedOperation] = []
    opened.reserveCapacity(envelopes.count)
    for envelope in envelopes { opened.append(try open(envelope)) }
    return opened
  }

  /// Reads the payload of a stored operation, as strictly as if it came from elsewhere.
  package func open(
    payloadOf operation: StoredOperation
  ) throws(OperationRefusal) -> RecordChange {
    let header = operation.header
    func refuse(_ reason: OperationRefusal.Reason) -> OperationRefusal {
      OperationRefusal(header.id, reason)
    }
    guard header.account == account else { throw refuse(.otherAccount(header.account)) }
    guard !operation.isStub else { throw refuse(.isStub) }
    guard digest(of: header, payload: operation.payload) == header.digest
    else { throw refuse(.wrongDigest) }
    let change: RecordChange
    do throws(PayloadError) {
      change = try PayloadCoding.decode(operation.payload)
    } catch {
      throw refuse(.malformedPayload(error))
    }
    guard change.writes.isEmpty != header.erased.isEmpty
    else { throw refuse(.neitherWriteNorErase) }
    guard change.writes.count == header.tags.count, tags(of: change) == header.tags
    else { throw refuse(.wrongTags) }
    return change
  }

  /// The padded payload; `nil` unless it was sealed with these keys under this header.
  private func unsealed(_ envelope: Envelope) -> Data? {
    let headerBytes = envelope.header.bytes
    guard let (key, nonce) = try? sealingKey(headerBytes: headerBytes),
      let box = try? AES.GCM.SealedBox(combined: Array(nonce) + envelope.sealed)
    else { return nil }
    return try? AES.GCM.open(box, using: key, authenticating: headerBytes)
  }
}
