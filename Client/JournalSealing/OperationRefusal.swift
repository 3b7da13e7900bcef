package import OperationLog

/// Why an operation that came from elsewhere, or from the database, is not believed.
package struct OperationRefusal: Error, Hashable {
  package let id: OperationID
  package let reason: Reason

  package init(_ id: OperationID, _ reason: Reason) {
    self.id = id
    self.reason = reason
  }

  package enum Reason: Hashable, Sendable {
    /// It belongs to another account.
    case otherAccount(AccountID)
    /// It was not sealed under this account's key, or was changed since.
    case notAuthentic
    /// Header and payload do not belong together.
    case wrongDigest
    /// The padding is not what sealing makes.
    case malformedPadding
    /// The payload cannot be read.
    case malformedPayload(PayloadError)
    /// The header's register tags are not those of the payload's writes.
    case wrongTags
    /// It names erased operations and writes as well, or neither.
    case neitherWriteNorErase
    /// It has no payload, but tags or erased operations.
    case malformedStub
    /// It is a stub, and the whole operation is needed.
    case isStub
  }
}
