import NIOCore
import NIOPosix

@testable import SecureTransport

/// A TLS server on a port of the system's choice, for clients that are real. It runs until the
/// process ends, if no test stops it.
struct LoopbackServer {
  let port: Int
  private let channel: any Channel

  /// Each connection gets the handler that `application` makes, behind TLS.
  init(
    _ context: TLSServerContext,
    application: @escaping @Sendable () -> any ChannelHandler
  ) async throws {
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(TLSHandler(server: context))
          try channel.pipeline.syncOperations.addHandler(application())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  func stop() async throws { try await channel.close().get() }
}

/// Answers every request head with one body, and goes when the client has said that it is done.
final class Responder: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  private let body: ByteBuffer
  private var request = ByteBuffer()

  init(body: ByteBuffer = ByteBuffer(string: "hello from here\n")) { self.body = body }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    request.writeImmutableBuffer(unwrapInboundIn(data))
    guard request.readableBytesView.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return }
    let isLast = String(buffer: request).contains("HTTP/1.0")
    request.clear()
    let head = "HTTP/1.1 200 OK\r\nContent-Length: \(body.readableBytes)\r\n\r\n"
    context.write(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(body), promise: nil)
    if isLast { context.close(mode: .output, promise: nil) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// A client's connection, and what became of it.
struct LoopbackClient {
  let channel: any Channel
  private let answer: EventLoopFuture<ByteBuffer>

  init(
    port: Int, _ context: TLSClientContext, serverName: String = "localhost",
    autoRead: Bool = true, readsAgain: Bool = false
  ) async throws {
    let answer = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: ByteBuffer.self)
    channel = try await ClientBootstrap(group: answer.futureResult.eventLoop)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.autoRead, value: autoRead)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            TLSHandler(client: context, serverName: serverName))
          try channel.pipeline.syncOperations.addHandler(
            Collector(answer, readsAgain: readsAgain))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    self.answer = answer.futureResult
  }

  /// All that came until the other side said that it was done; throws what ended it otherwise.
  func whole() async throws -> ByteBuffer { try await answer.get() }

  private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let answer: EventLoopPromise<ByteBuffer>
    private let readsAgain: Bool
    private var received = ByteBuffer()
    private var isDone = false

    init(_ answer: EventLoopPromise<ByteBuffer>, readsAgain: Bool) {
      self.answer = answer
      self.readsAgain = readsAgain
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      received.writeImmutableBuffer(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
      if readsAgain { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      guard case ChannelEvent.inputClosed = event else { return }
      end(.success(received))
      context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { end(.failure(error)) }

    /// Without an error before it, this is a clean end after our own.
    func channelInactive(context: ChannelHandlerContext) { end(.success(received)) }

    private func end(_ result: Result<ByteBuffer, any Error>) {
      if !isDone { answer.completeWith(result) }
      isDone = true
    }
  }
}
