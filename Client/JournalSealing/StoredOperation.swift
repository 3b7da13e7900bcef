package import JournalModel
package import OperationLog

/// An operation as a device stores it: readable, and with the very bytes it was made with.
package struct StoredOperation: Hashable, Sendable {
  package var header: OperationHeader
  /// Encoded by `PayloadCoding`; kept and forwarded as it came. Empty for a stub.
  package var payload: [UInt8]

  package init(header: OperationHeader, payload: [UInt8]) {
    self.header = header
    self.payload = payload
  }

  /// Whether this is what remains of an erased operation.
  package var isStub: Bool { payload.isEmpty }

  /// What remains when the operation is erased.
  package var stub: StoredOperation { StoredOperation(header: header.stub, payload: []) }
}

/// An operation that came from elsewhere, and has been checked.
package struct OpenedOperation: Hashable, Sendable {
  package let operation: StoredOperation
  /// `nil` for a stub, which nothing vouches for but an erase that lists it. Without writes for
  /// an erase.
  package let change: RecordChange?

  package init(operation: StoredOperation, change: RecordChange?) {
    self.operation = operation
    self.change = change
  }
}
