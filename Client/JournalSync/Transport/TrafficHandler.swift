import NIOCore

/// Counts the bytes of a socket and remembers when the last went by. Stands next to the socket.
final class TrafficHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private(set) var traffic = Traffic()
  private(set) var lastActivity = NIODeadline.now()

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    traffic.bytesReceived += unwrapInboundIn(data).readableBytes
    lastActivity = .now()
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    traffic.bytesSent += unwrapOutboundIn(data).readableBytes
    lastActivity = .now()
    context.write(data, promise: promise)
  }
}
