import ServerCore
import Synchronization
import SyncProtocol
import Testing

@testable import ServerHTTP

/// What clients hear when the storage fails.
@Suite struct StorageFailureTests {
  @Test(arguments: [
    (StorageError.Code.full, ProblemType.storageFull), (.readOnly, .internal), (.other, .internal),
  ])
  func `a failure is told apart where the client can act on it, and logged`(
    code: StorageError.Code, expected: ProblemType
  ) async throws {
    let storage = FailingStorage()
    try await TestServer.run(storage: storage) { server in
      let (_, token) = try await TestAccount.session(at: server)
      storage.fail(with: code)
      let bearer = ["authorization": "Bearer \(token)"]
      let write = try await server.request("DELETE", "/v1/sessions/current", headers: bearer)
      #expect(try write.problem() == expected)
      #expect(server.logs.lines.contains { $0.contains("failure=planned") })
      #expect(try await server.request("GET", "/v1/keys", headers: bearer).status == 200)
    }
  }
}

/// Fails to write once told to.
private final class FailingStorage: Storage {
  private let storage = InMemoryStorage()
  private let code = Mutex<StorageError.Code?>(nil)

  func fail(with code: StorageError.Code) {
    self.code.withLock { $0 = code }
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageReading) throws -> Value
  ) async throws -> Value {
    try await storage.read(body)
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageWriting) throws -> Value
  ) async throws -> Value {
    if let code = code.withLock({ $0 }) { throw StorageError(code, "planned") }
    return try await storage.write(body)
  }

  func scrub() async throws {}
}
