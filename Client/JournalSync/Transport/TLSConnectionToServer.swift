import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import SecureTransport
import SyncProtocol

/// One HTTP connection inside TLS, opened when it is first used.
actor TLSConnectionToServer: SyncConnection {
  /// How long each step may take before the server counts as not reachable.
  enum Limits {
    static let connect = TimeAmount.seconds(10)
    static let handshake = TimeAmount.seconds(10)
    /// Without a byte in either direction, while an answer is awaited.
    static let idleSeconds = 60
  }

  private struct Open {
    let channel: any Channel
    let exchanges: NIOLoopBound<ExchangeHandler>
    let traffic: NIOLoopBound<TrafficHandler>
  }

  private let server: ServerAddress
  private let trust: TLSClientContext.Trust
  private let environment: [String: String]
  private let loop = TLSTransport.eventLoop
  private var open: Open?
  private var pastTraffic = Traffic()

  init(_ server: ServerAddress, trust: TLSClientContext.Trust, environment: [String: String]) {
    self.server = server
    self.trust = trust
    self.environment = environment
  }

  func send(_ request: ExchangeRequest) async throws -> ExchangeResponse {
    try Task.checkCancellation()
    let open: Open
    if let existing = self.open {
      open = existing
    } else {
      open = try await connect()
      self.open = open
    }
    let head = head(of: request)
    let body = ByteBuffer(bytes: request.body)
    let idleLimit = TimeAmount.seconds(Int64(Limits.idleSeconds + request.waitSeconds))
    do {
      return try await withTaskCancellationHandler {
        try await loop.flatSubmit {
          let promise = open.channel.eventLoop.makePromise(of: ExchangeResponse.self)
          open.exchanges.value.start(
            head, body: body, bodyBytesMax: request.answerBytesMax, idleLimit: idleLimit,
            promise: promise)
          return promise.futureResult
        }.get()
      } onCancel: {
        open.channel.close(promise: nil)
      }
    } catch {
      try Task.checkCancellation()
      switch error {
      case HTTPAnswerError.timedOut: throw ConnectionFailure(.exchanging, cause: error)
      case is HTTPAnswerError: throw ConnectionFailure(.malformedAnswer, cause: error)
      default: throw ConnectionFailure(.exchanging, cause: error)
      }
    }
  }

  var traffic: Traffic {
    get async {
      guard let open else { return pastTraffic }
      return (try? await loop.submit { open.traffic.value.traffic }.get()) ?? pastTraffic
    }
  }

  func close() async {
    guard let open else { return }
    pastTraffic = await traffic
    self.open = nil
    try? await open.channel.close().get()
  }

  private func head(of request: ExchangeRequest) -> HTTPRequestHead {
    var fields = HTTPHeaders()
    fields.add(name: "host", value: server.authority)
    fields.add(name: ProtocolVersion.headerName, value: String(ProtocolVersion.current))
    if let token = request.token { fields.add(name: "authorization", value: "Bearer \(token)") }
    if let type = request.contentType { fields.add(name: "content-type", value: type) }
    fields.add(name: "content-length", value: String(request.body.count))
    return HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: request.route.method.rawValue),
      uri: request.route.path, headers: fields)
  }
}

// MARK: Opening

extension TLSConnectionToServer {
  private func connect() async throws -> Open {
    do {
      let proxy = try ProxySettings(environment: environment)
        .flatMap { $0.isUsed(for: server) ? $0 : nil }
      let context = try TLSClientContext(trust: trust)
      let addresses = try Resolver.addresses(
        of: proxy?.host ?? server.host, port: proxy?.port ?? server.port)
      return try await connect(toFirstOf: addresses, through: proxy, context)
    } catch {
      try Task.checkCancellation()
      throw ConnectionFailure(.opening, cause: error)
    }
  }

  private func connect(
    toFirstOf addresses: [SocketAddress], through proxy: ProxySettings?, _ context: TLSClientContext
  ) async throws -> Open {
    var last: any Error = ChannelError.connectPending
    for address in addresses {
      do {
        return try await connect(to: address, through: proxy, context)
      } catch let error as TransportError {
        // The server was reached; the same one at another address would say the same.
        throw error
      } catch {
        try Task.checkCancellation()
        last = error
      }
    }
    throw last
  }

  private func connect(
    to address: SocketAddress, through proxy: ProxySettings?, _ context: TLSClientContext
  ) async throws -> Open {
    let opening = Opening(server: server, proxy: proxy, context: context, loop: loop)
    // All on the loop: a certificate refused at once must not overtake who waits to hear of it.
    let (channel, opened) = try await loop.flatSubmit {
      ClientBootstrap(group: self.loop)
        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .connectTimeout(Limits.connect)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture { try opening.prepare(channel) }
        }
        .connect(to: address)
        .map { channel in (channel, opening.finish(channel)) }
    }.get()
    return try await withTaskCancellationHandler {
      let (exchanges, traffic) = try await opened.get()
      return Open(channel: channel, exchanges: exchanges, traffic: traffic)
    } onCancel: {
      channel.close(promise: nil)
    }
  }
}
