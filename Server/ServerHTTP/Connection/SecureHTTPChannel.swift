internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import SecureTransport
internal import ServerCore

/// How an accepted connection becomes HTTP: TLS, HTTP/1.1, our guard, Hummingbird.
struct SecureHTTPChannel: ServerChildChannel, HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  let responder: HTTPChannelHandler.Responder
  let tls: TLSServerContext
  let limits: ConnectionLimits
  let counter: ConnectionCounter

  /// Fails, having closed the connection, when its address has too many already.
  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      do {
        try admit(channel)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(TLSHandler(server: tls, handshakeTimeout: limits.headTimeout))
        try pipeline.configureHTTPServerPipeline(
          withPipeliningAssistance: false, withErrorHandling: false,
          withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
          withDecoderLimitConfiguration: decoderLimits)
        try pipeline.addHandler(ConnectionGuard(limits: limits))
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: true))
        return try NIOAsyncChannel(
          wrappingChannelSynchronously: channel,
          configuration: .init(isOutboundHalfClosureEnabled: true))
      } catch {
        channel.close(promise: nil)
        throw error
      }
    }
  }

  func handle(value: Value, logger: Logger) async {
    await handleHTTP(asyncChannel: value, logger: logger)
  }

  private func admit(_ channel: any Channel) throws {
    let address = ClientAddress(of: channel)
    guard counter.admit(address) else { throw TooManyConnections() }
    channel.closeFuture.whenComplete { [counter] _ in counter.release(address) }
  }

  private var decoderLimits: NIOHTTPDecoderLimitConfiguration {
    var decoder = NIOHTTPDecoderLimitConfiguration()
    decoder.maxHeaderFieldSize = limits.headerBytesMax
    decoder.maxHeaderListSize = limits.headerBytesMax
    decoder.maxHeaderFieldCount = limits.headerCountMax
    return decoder
  }

  private struct TooManyConnections: Error {}
}
