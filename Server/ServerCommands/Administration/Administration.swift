internal import Foundation
internal import ServerCore
internal import ServerSQLite

/// Does what administration asks for, in a running server or on a storage that none holds.
struct Administration: Sendable {
  let accounts: AccountService
  let storage: SQLiteStorage

  /// Expected failures and others alike become an answer.
  func perform(_ request: AdministrationRequest) async -> AdministrationAnswer {
    do {
      switch request {
      case .invite(let days):
        return .invite(code: try await accounts.createInvite(validDays: days).code)
      case .accounts: return .accounts(try await accounts.accounts().map(AccountRow.init))
      case .backup(let path):
        try await storage.backup(to: path)
        return .done
      case .check: return .findings(try await storage.check())
      case .repair:
        let (corrections, findings) = try await storage.checkAndRepair()
        return .repaired(corrections: corrections, findings: findings)
      }
    } catch let error as StorageError {
      return .failure(CommandFailure(error))
    } catch {
      return .failure(
        CommandFailure(.disk, "The server's data cannot be used: \(type(of: error))."))
    }
  }
}

extension CommandFailure {
  init(_ error: StorageError) {
    let code: ExitCode =
      switch error.code {
      case .full, .readOnly, .other: .disk
      case .locked: .tryAgain
      case .newerVersion, .damaged: .badFile
      case .exists: .notPossible
      }
    self.init(code, error.message)
  }
}

extension AccountRow {
  init(_ summary: AccountSummary) {
    self.init(
      id: "\(summary.id)", name: summary.name, createdAt: Self.time(summary.createdAt),
      operations: summary.operationCount, bytes: summary.byteCount,
      sessions: summary.sessionCount, lastSeen: summary.lastSeen.map(Self.time))
  }

  private static func time(_ milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
  }
}
