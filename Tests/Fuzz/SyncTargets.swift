import Dispatch
import OperationLog
@testable import ServerCore
import SwiftProtobuf
import SyncProtocol

extension FuzzTarget {
  /// The body of a sync against a server whose journal holds what earlier inputs brought.
  static let syncRequest = FuzzTarget(name: "sync-request") { bytes in
    guard let server, let message = try? WireSyncRequest(serializedBytes: bytes),
      let request = SyncRequest(message, account: server.session.account)?.withoutWaiting
    else { return }
    waiting {
      guard
        case .answer(let answer) = try await server.service.sync(
          request, session: server.session)
      else { return }
      _ = try answer.message.serializedBytes() as [UInt8]
    }
  }

  /// The body of an answer, as a client reads it.
  static let syncAnswer = FuzzTarget(name: "sync-answer") { bytes in
    guard let answer = try? WireSyncResponse(decoding: bytes),
      let account = AccountID(Array(repeating: 7, count: 16))
    else { return }
    for head in answer.heads { _ = KnownDevice(head) }
    for message in answer.operations { _ = Envelope(message, account: account) }
    _ = StateDigest(answer.stateDigest)
  }

  private static let server = waiting { try await FuzzedServer() }

  /// libFuzzer waits for each input; nothing else runs meanwhile.
  @discardableResult
  private static func waiting<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) -> Value? {
    let done = DispatchSemaphore(value: 0)
    let result = Outcome<Value>()
    Task {
      result.value = try? await body()
      done.signal()
    }
    done.wait()
    return result.value
  }

  private final class Outcome<Value>: @unchecked Sendable {
    var value: Value?
  }
}

extension SyncRequest {
  fileprivate var withoutWaiting: SyncRequest {
    var request = self
    request.waitSeconds = 0
    return request
  }
}

/// A server with one account, in memory.
private struct FuzzedServer: Sendable {
  let service: SyncService
  let session: Session

  init() async throws {
    let storage = InMemoryStorage()
    let news = News()
    guard let account = AccountID(Array(repeating: 7, count: 16)),
      let installation = InstallationID(Array(repeating: 8, count: 16))
    else { throw StorageError(.other, "An id has sixteen bytes.") }
    try await storage.write { transaction in
      let slot = try transaction.addAccount(
        account, name: "ada", keys: StoredKeys(version: 1, json: []), createdAt: 0)
      try transaction.setInstallation(
        StoredInstallation(
          account: slot, accountID: account, id: installation,
          token: SecretHash(of: Array(repeating: 0, count: 32)), lastSeen: .max, isRevoked: false))
    }
    let accounts = try await AccountService(
      storage: storage, news: news, acceptsServerName: { _ in true })
    guard let session = try await accounts.authorize(token: String(repeating: "A", count: 43))
    else { throw StorageError(.other, "There is no session.") }
    self.session = session
    service = SyncService(storage: storage, news: news)
  }
}
