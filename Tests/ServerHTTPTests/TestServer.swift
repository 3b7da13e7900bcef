import Hummingbird
import Logging
import NIOCore
import SecureTransport
import ServerCore
import ServiceLifecycle
import Testing

@testable import ServerHTTP

/// A server over TLS on a free port of loopback, with its storage in memory.
struct TestServer: Sendable {
  let port: Int
  let accounts: AccountService
  let sync: SyncService
  let news: News
  let tls: TLSServerContext
  let logs: LogRecorder
  private let group: ServiceGroup

  /// Runs `body` while the server runs; it is shut down gracefully afterwards.
  static func run(
    limits: ConnectionLimits = .standard, serverLimits: ServerLimits = ServerLimits(),
    storage: any Storage = InMemoryStorage(), clock: any ServerClock = SystemServerClock(),
    _ body: @Sendable (TestServer) async throws -> Void
  ) async throws {
    let news = News()
    let accounts = try await AccountService(storage: storage, news: news, clock: clock) {
      $0 == "localhost"
    }
    let sync = SyncService(storage: storage, news: news, clock: clock, limits: serverLimits)
    let pem = try SelfSignedCertificate.make(hosts: [])
    let tls = try TLSServerContext(
      identity: TLSIdentity(
        certificatePEM: pem.certificatePEM, privateKeyPEM: pem.privateKeyPEM))
    let logs = LogRecorder()
    var configuration = HTTPConfiguration(host: "127.0.0.1", port: 0, version: "1.2.3")
    configuration.limits = limits
    let (ports, portFound) = AsyncStream.makeStream(of: Int.self)
    let application = buildApplication(
      configuration: configuration, accounts: accounts, sync: sync, tls: tls,
      logger: Logger(label: "test") { _ in logs }
    ) { address in
      portFound.yield(address?.port ?? 0)
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [application], logger: Logger(label: "test") { _ in logs }))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { portFound.finish() }
        try await group.run()
      }
      let port = try #require(await ports.first { _ in true })
      let server = TestServer(
        port: port, accounts: accounts, sync: sync, news: news, tls: tls, logs: logs, group: group)
      do {
        try await body(server)
      } catch {
        await server.shutDown()
        throw error
      }
      await server.shutDown()
      try await tasks.waitForAll()
    }
  }

  func shutDown() async {
    news.end()
    await group.triggerGracefulShutdown()
  }

  func connect() async throws -> TestConnection {
    try await TestConnection(port: port, trust: .pinned(tls.identity.fingerprint))
  }

  /// One request on a connection of its own.
  func request(
    _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
  ) async throws -> TestResponse {
    let connection = try await connect()
    try await connection.send(method, path, headers: headers, body: body)
    let response = try await connection.response(toHead: method == "HEAD")
    await connection.close()
    return response
  }
}
