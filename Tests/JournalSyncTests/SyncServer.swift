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
/// all it holds, or be put back from a backup.
struct SyncServer: Sendable {
  let port: Int
  let accounts: AccountService
  let fingerprint: PublicKeyFingerprint
  let storage: ReplaceableStorage

  var address: ServerAddress {
    get throws { try ServerAddress(parsing: "https://localhost:\(port)") }
  }

  /// Runs `body` while the server runs.
  static func run<Value: Sendable>(
    storage: any Storage = InMemoryStorage(), clock: any ServerClock = SystemServerClock(),
    limits: ServerLimits = ServerLimits(),
    _ body: @Sendable @escaping (SyncServer) async throws -> Value
  ) async throws -> Value {
    let storage = ReplaceableStorage(storage)
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

/// A storage that a test copies as a backup does, and puts another in the place of.
final class ReplaceableStorage: Storage {
  private let present: Mutex<any Storage>

  init(_ storage: any Storage) {
    present = Mutex(storage)
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageReading) throws -> Value
  ) async throws -> Value {
    try await present.withLock { $0 }.read(body)
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StorageWriting) throws -> Value
  ) async throws -> Value {
    try await present.withLock { $0 }.write(body)
  }

  func scrub() async throws { try await present.withLock { $0 }.scrub() }

  func backup() async throws -> InMemoryStorage {
    try await #require(present.withLock { $0 } as? InMemoryStorage).copy()
  }

  func putBack(_ backup: InMemoryStorage) async {
    let copy = await backup.copy()
    present.withLock { $0 = copy }
  }
}

/// A clock that a test sets: a server's, or a machine's.
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
