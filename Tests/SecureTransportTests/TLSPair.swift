import NIOCore
import NIOEmbedded
import NIOTLS
import Testing

@testable import SecureTransport

/// A client and a server without a network: `pump` carries the bytes, and a test may keep them.
final class TLSPair {
  let client: EmbeddedChannel
  let server: EmbeddedChannel
  let clientHandler: TLSHandler
  let serverHandler: TLSHandler
  let clientRecord = Recorder()
  let serverRecord = Recorder()

  init(
    server serverContext: TLSServerContext, client clientContext: TLSClientContext,
    serverName: String = "localhost", connects: Bool = true
  ) throws {
    clientHandler = TLSHandler(client: clientContext, serverName: serverName)
    serverHandler = TLSHandler(server: serverContext)
    client = EmbeddedChannel(handlers: [clientHandler, clientRecord])
    server = EmbeddedChannel(handlers: [serverHandler, serverRecord])
    guard connects else { return }
    let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
    server.connect(to: address, promise: nil)
    client.connect(to: address, promise: nil)
  }

  /// A pair whose client trusts the server's key; the handshake is done.
  static func connected() throws -> TLSPair {
    let identity = try makeSelfSigned(hosts: ["localhost"])
    let pair = try TLSPair(
      server: TLSServerContext(identity: identity),
      client: TLSClientContext(trust: .pinned(identity.fingerprint)))
    try pair.pump()
    return pair
  }

  /// Carries bytes both ways until nobody has anything to say.
  func pump() throws {
    while true {
      let toServer = try take(from: client)
      let toClient = try take(from: server)
      if toServer.readableBytes == 0, toClient.readableBytes == 0 { return }
      if toServer.readableBytes > 0, server.isActive { try server.writeInbound(toServer) }
      if toClient.readableBytes > 0, client.isActive { try client.writeInbound(toClient) }
    }
  }

  /// Everything that a side has sent since it was asked last.
  func take(from channel: EmbeddedChannel) throws -> ByteBuffer {
    var bytes = ByteBuffer()
    while let next = try channel.readOutbound(as: ByteBuffer.self) {
      bytes.writeImmutableBuffer(next)
    }
    return bytes
  }
}

/// The last handler: what reached the application.
final class Recorder: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private(set) var received = ByteBuffer()
  private(set) var reads = 0
  private(set) var readCompletions = 0
  private(set) var errors: [any Error] = []
  private(set) var handshakes: [String?] = []
  private(set) var hasInputEnded = false
  private(set) var isInactive = false
  var onRead: (() -> Void)?
  var onHandshake: (() -> Void)?

  var text: String { String(buffer: received) }
  var transportErrors: [TransportError] { errors.compactMap { $0 as? TransportError } }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received.writeImmutableBuffer(unwrapInboundIn(data))
    reads += 1
    onRead?()
  }

  func channelReadComplete(context: ChannelHandlerContext) { readCompletions += 1 }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { errors.append(error) }

  func channelInactive(context: ChannelHandlerContext) { isInactive = true }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSUserEvent.handshakeCompleted(let applicationProtocol):
      handshakes.append(applicationProtocol)
      onHandshake?()
    case ChannelEvent.inputClosed: hasInputEnded = true
    default: break
    }
  }
}

/// For an embedded loop, where nothing happens while a test waits: `wait()` would never return.
extension EventLoopFuture<Void> {
  /// Throws what the future failed with; fails the test if it has no result.
  func now() throws { try #require(result).get() }

  var isFulfilled: Bool { result != nil }

  private var result: Result<Void, any Error>? {
    var result: Result<Void, any Error>?
    assumeIsolated().whenComplete { result = $0 }
    return result
  }
}
