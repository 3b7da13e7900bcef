import JournalSealing

@testable import JournalSync

extension SyncClient {
  func newRecoveryCode(current: Secret) async throws -> RecoveryCode {
    let new = try await makeRecoveryCode(current: current)
    try await replaceRecoveryCode(by: new)
    return new.code
  }
}
