import Logging
import NIOCore
import SecureTransport
import ServerCore
import ServerHTTP
import ServiceLifecycle
import Synchronization
import SyncProtocol
import Testing

@testable import JournalSync

/// A whole server over TLS on a free port of loopback, with its storage in memory. It can lose
/// all it holds.
struct SyncServer: Sendable {
  let port: Int
  let accounts: AccountService
  let fingerprint: PublicKeyFingerprint
  let storage: any Storage

  var address: ServerAddress {
    get throws { try ServerAddress(parsing: "https://localhost:\(port)") }
  }

  /// Runs `body` while the server runs.
  static func run<Value: Sendable>(
    storage: any Storage = InMemoryStorage(), clock: any ServerClock = SystemServerClock(),
    limits: ServerLimits = ServerLimits(),
    _ body: @Sendable @escaping (SyncServer) async throws -> Value
  ) async throws -> Value {
    let news = News()
    let accounts = try await AccountService(storage: storage, news: news, clock: clock) {
      $0 == "localhost"
    }
    let sync = SyncService(storage: storage, news: news, clock: clock, limits: limits)
    let pem = try SelfSignedCertificate.make(hosts: [])
    let tls = try TLSServerContext(
      identity: TLSIdentity(certificatePEM: pem.certificatePEM, privateKeyPEM: pem.privateKeyPEM))
    let (ports, portFound) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    let application = buildApplication(
      configuration: HTTPConfiguration(host: "127.0.0.1", port: 0, version: "1"),
      accounts: accounts, sync: sync, tls: tls, logger: logger
    ) { address in
      portFound.yield(address?.port ?? 0)
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(services: [application], logger: logger))
    return try await withThrowingTaskGroup(of: Value?.self) { tasks in
      tasks.addTask {
        defer { portFound.finish() }
        try await group.run()
        return nil
      }
      let port = try #require(await ports.first { _ in true })
      let server = SyncServer(
        port: port, accounts: accounts, fingerprint: tls.identity.fingerprint, storage: storage)
      tasks.addTask {
        do {
          let value = try await body(server)
          news.end()
          await group.triggerGracefulShutdown()
          return value
        } catch {
          news.end()
          await group.triggerGracefulShutdown()
          throw error
        }
      }
      var value: Value?
      for try await result in tasks { value = result ?? value }
      return try #require(value)
    }
  }
}

/// A server's clock that a test sets.
final class SetClock: ServerClock {
  private let milliseconds: Mutex<Int64>

  init(_ milliseconds: Int64) {
    self.milliseconds = Mutex(milliseconds)
  }

  func now() -> Int64 { milliseconds.withLock { $0 } }

  func set(_ value: Int64) {
    milliseconds.withLock { $0 = value }
  }

  func sleep(for duration: Duration) async throws {
    try await Task.sleep(for: duration)
  }
}
