extension SyncService {
  /// Stores the request's operations in one durable transaction, then answers what lies beyond
  /// `have`, after waiting for it if asked to.
  ///
  /// Throws a `StorageError`, or `CancellationError` when cancelled while it waits.
  package func sync(_ request: SyncRequest, session: Session) async throws -> SyncOutcome {
    guard request.operations.count <= limits.pageOperationsMax else { return .tooLarge }
    throw StorageError(.other, "not there yet")
  }
}
