internal import Glibc
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import SecureTransport
internal import ServerCore
internal import ServerHTTP
internal import ServerSQLite
internal import ServiceLifecycle
internal import UnixSignals

/// `ebb-server serve`: puts the parts together and runs them until told to stop.
struct Serving {
  let folder: DataFolder
  let listen: ListenAddress
  /// `nil` for those the server makes itself.
  let certificateFiles: CertificateFiles?
  let hosts: [String]

  /// How long what is under way may take once the server is told to stop.
  private static let shutdownTimeout = Duration.seconds(10)

  func run() async throws {
    umask(0o077)
    MemoryUse.returnLargeBuffers()
    try OpenFiles.raiseLimit(to: ConnectionLimits.standard.connectionsMax + 100)
    try folder.make()
    let storage = try folder.openStorage()
    do {
      try await serve(from: storage)
      try storage.close()
    } catch {
      try? storage.close()
      throw error
    }
  }

  private func serve(from storage: SQLiteStorage) async throws {
    let logger = Logger(label: "ebb-server") { _ in
      LineLogHandler { StandardStream.error.write($0) }
    }
    let files =
      certificateFiles
      ?? CertificateFiles(certificate: folder.certificate, key: folder.key, areOwn: true)
    let tls = try TLSServerContext(identity: files.identity(hosts: hosts + listen.namedHosts))
    let names = ServerNames(hosts: hosts, tls: tls)
    do {
      try await storage.scrub()
    } catch {
      logger.error("what was erased is not overwritten yet", metadata: ["reason": "\(error)"])
    }
    let news = News()
    let accounts = try await AccountService(
      storage: storage, news: news, acceptsServerName: names.accept)
    let application = buildApplication(
      configuration: HTTPConfiguration(
        host: listen.host, port: listen.port, version: ServerVersion.current),
      accounts: accounts, sync: SyncService(storage: storage, news: news), tls: tls,
      logger: logger
    ) { address in
      await announce(address, tls, accounts, logger)
    }
    // They end from the last to the first: those who wait are told, then requests are finished.
    try await run(
      [
        ControlService(
          folder: folder, administration: Administration(accounts: accounts, storage: storage),
          logger: logger),
        application,
        CertificateReload(files: files, tls: tls, logger: logger),
        NewsEnding(news: news),
      ],
      logger: logger)
    logger.info("stopped")
  }

  private func run(_ services: [any Service], logger: Logger) async throws {
    var quietLogger = logger
    quietLogger.logLevel = .error
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: quietLogger)
    configuration.maximumGracefulShutdownDuration = Self.shutdownTimeout
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch let error as IOError {
      throw listen.failure(error)
    } catch is SocketAddressError.UnknownHost {
      throw CommandFailure(.badOption, "There is no address called \(listen.host) to listen on.")
    }
  }

  /// What a script waits for, on standard output.
  private func announce(
    _ address: SocketAddress?, _ tls: TLSServerContext, _ accounts: AccountService,
    _ logger: Logger
  ) async {
    let port = address?.port ?? listen.port
    let host = hosts.first ?? (listen.isWildcard ? "localhost" : listen.host)
    var lines = "url: https://\(HostName.inURL(host)):\(port)\n"
    lines += "fingerprint: \(tls.identity.fingerprint)\n"
    do {
      if let invite = try await accounts.firstInvite() { lines += "invite: \(invite.code)\n" }
    } catch {
      logger.error("no first invite", metadata: ["reason": "\(error)"])
    }
    StandardStream.output.write(lines)
    logger.info("listening", metadata: ["address": "\(listen.host)", "port": "\(port)"])
  }
}

/// Ends the requests that wait for news when the server is told to stop.
private struct NewsEnding: Service {
  let news: News

  func run() async throws {
    try await gracefulShutdown()
    news.end()
  }
}
