package import Hummingbird
internal import HummingbirdCore
package import Logging
package import NIOCore
package import SecureTransport
package import ServerCore

/// Where and how the server listens.
package struct HTTPConfiguration: Sendable {
  /// A host name or an address.
  package var host: String
  /// 0 lets the system choose.
  package var port: Int
  /// The program's, as `GET /v1/server` tells it.
  package var version: String
  package var limits = ConnectionLimits.standard

  package init(host: String, port: Int, version: String) {
    self.host = host
    self.port = port
    self.version = version
  }
}

/// The server as one service: all routes over HTTPS, until it is shut down gracefully.
///
/// - Parameter onRunning: called once with the bound address.
package func buildApplication(
  configuration: HTTPConfiguration, accounts: AccountService, sync: SyncService,
  tls: TLSServerContext, logger: Logger,
  onRunning: @escaping @Sendable (SocketAddress?) async -> Void = { _ in }
) -> some ApplicationProtocol {
  let limits = configuration.limits
  let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
  router.add(middleware: LogMiddleware(logger: logger))
  router.add(middleware: ProblemMiddleware())
  router.add(middleware: ProtocolVersionMiddleware())
  let gate = RequestGate(limits: limits)
  router.add(middleware: GateMiddleware(gate: gate))
  Endpoints(accounts: accounts, sync: sync, gate: gate, version: configuration.version)
    .add(to: router)

  // What the framework has to say at lower levels may quote requests.
  var frameworkLogger = logger
  frameworkLogger.logLevel = .error
  let counter = ConnectionCounter(perAddressMax: limits.connectionsPerAddressMax)
  return Application(
    router: router,
    server: HTTPServerBuilder { responder in
      SecureHTTPChannel(responder: responder, tls: tls, limits: limits, counter: counter)
    },
    configuration: ApplicationConfiguration(
      address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
      availableConnectionsDelegate: .maximum(limits.connectionsMax, logger: frameworkLogger)),
    onServerRunning: { await onRunning($0.localAddress) },
    logger: frameworkLogger)
}
