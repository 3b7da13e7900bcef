import NIOCore
import NIOExtras
import NIOHTTP1
import NIOTLS
import SecureTransport

/// What a new connection goes through: perhaps a proxy's CONNECT, then the TLS handshake.
struct Opening: Sendable {
  typealias Handlers = (NIOLoopBound<ExchangeHandler>, NIOLoopBound<TrafficHandler>)

  let server: ServerAddress
  let proxy: ProxySettings?
  let context: TLSClientContext
  let loop: any EventLoop

  /// Before the connection is made: TLS listens from its first byte on.
  func prepare(_ channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(TrafficHandler())
    if proxy == nil { try addSecureHandlers(channel) }
  }

  /// Ends when the server has proved who it is.
  func finish(_ channel: any Channel) -> EventLoopFuture<Handlers> {
    do {
      guard let proxy else { return try awaitHandshake(channel) }
      return try connect(channel, through: proxy).flatMapThrowing {
        try addSecureHandlers(channel)
      }.flatMap {
        do {
          return try awaitHandshake(channel)
        } catch {
          return loop.makeFailedFuture(error)
        }
      }
    } catch {
      return loop.makeFailedFuture(error)
    }
  }

  private func addSecureHandlers(_ channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    let traffic = try pipeline.handler(type: TrafficHandler.self)
    try pipeline.addHandler(
      TLSHandler(
        client: context, serverName: server.host,
        handshakeTimeout: TLSConnectionToServer.Limits.handshake))
    let handshake = HandshakeHandler(loop.makePromise())
    try pipeline.addHandler(handshake)
    try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
    try pipeline.addHandler(ExchangeHandler(traffic: traffic))
  }

  private func awaitHandshake(_ channel: any Channel) throws -> EventLoopFuture<Handlers> {
    let pipeline = channel.pipeline.syncOperations
    let exchanges = NIOLoopBound(
      try pipeline.handler(type: ExchangeHandler.self), eventLoop: loop)
    let traffic = NIOLoopBound(try pipeline.handler(type: TrafficHandler.self), eventLoop: loop)
    return try pipeline.handler(type: HandshakeHandler.self).done.map { (exchanges, traffic) }
  }

  private func connect(
    _ channel: any Channel, through proxy: ProxySettings
  ) throws -> EventLoopFuture<Void> {
    let pipeline = channel.pipeline.syncOperations
    let promise = loop.makePromise(of: Void.self)
    var fields = HTTPHeaders()
    fields.add(name: "host", value: "\(server.bracketedHost):\(server.port)")
    if let credentials = proxy.credentials {
      fields.add(name: "proxy-authorization", value: "Basic \(credentials)")
    }
    let encoder = HTTPRequestEncoder()
    let decoder = ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes))
    let handler = NIOHTTP1ProxyConnectHandler(
      targetHost: server.bracketedHost, targetPort: server.port, headers: fields,
      deadline: .now() + TLSConnectionToServer.Limits.connect, promise: promise)
    try pipeline.addHandlers([encoder, decoder, handler])
    // The proxy's handler goes by itself when it is done.
    let handlers = NIOLoopBound((encoder, decoder), eventLoop: loop)
    return promise.futureResult.flatMap {
      let (encoder, decoder) = handlers.value
      let pipeline = channel.pipeline.syncOperations
      return pipeline.removeHandler(encoder).and(pipeline.removeHandler(decoder)).map { _ in }
    }
  }
}

/// Tells when TLS is set up, or why it was not.
private final class HandshakeHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let promise: EventLoopPromise<Void>
  private var isDone = false

  init(_ promise: EventLoopPromise<Void>) {
    self.promise = promise
  }

  var done: EventLoopFuture<Void> { promise.futureResult }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted = event { settle(nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    settle(error)
    context.fireErrorCaught(error)
  }

  func channelInactive(context: ChannelHandlerContext) {
    settle(ChannelError.eof)
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    settle(ChannelError.ioOnClosedChannel)
  }

  private func settle(_ error: (any Error)?) {
    guard !isDone else { return }
    isDone = true
    if let error { promise.fail(error) } else { promise.succeed() }
  }
}
