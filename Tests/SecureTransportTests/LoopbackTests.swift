import NIOCore
import NIOPosix
import Testing

@testable import SecureTransport

/// Over real sockets: what an embedded channel cannot show.
@Suite struct LoopbackTests {
  private static let request = ByteBuffer(string: "GET / HTTP/1.0\r\n\r\n")

  private let identity: TLSIdentity
  private let serverContext: TLSServerContext
  private let clientContext: TLSClientContext

  init() throws {
    identity = try makeSelfSigned(hosts: ["localhost"])
    serverContext = try TLSServerContext(identity: identity)
    clientContext = try TLSClientContext(trust: .pinned(identity.fingerprint))
  }

  @Test func `a request is answered and both ends are said`() async throws {
    let server = try await LoopbackServer(serverContext) { Responder() }
    let client = try await LoopbackClient(port: server.port, clientContext)
    try await client.channel.writeAndFlush(Self.request)
    #expect(String(buffer: try await client.whole()).hasSuffix("\r\n\r\nhello from here\n"))
    try await client.channel.closeFuture.get()
    try await server.stop()
  }

  @Test func `a hundred million bytes arrive whole through one write`() async throws {
    var body = ByteBuffer()
    for index in 0..<UInt8(100) { body.writeRepeatingByte(index, count: 999_983 + Int(index)) }
    let server = try await LoopbackServer(serverContext) { [body] in Responder(body: body) }
    let client = try await LoopbackClient(port: server.port, clientContext)
    try await client.channel.writeAndFlush(Self.request)
    var answer = try await client.whole()
    answer.moveReaderIndex(to: answer.writerIndex - body.readableBytes)
    #expect(answer == body)
    try await server.stop()
  }

  @Test func `a side that has said its end still reads the answer`() async throws {
    let server = try await LoopbackServer(serverContext) { AnswersAtTheEnd() }
    let client = try await LoopbackClient(port: server.port, clientContext)
    try await client.channel.writeAndFlush(ByteBuffer(repeating: 1, count: 300_000))
    try await client.channel.close(mode: .output)
    #expect(String(buffer: try await client.whole()) == "300000 bytes")
    try await client.channel.closeFuture.get()
    try await server.stop()
  }

  @Test func `a reader that stops bounds what waits in memory`() async throws {
    let probe = Probe()
    let server = try await LoopbackServer(serverContext) { probe.makeHandler() }
    let client = try await LoopbackClient(port: server.port, clientContext, autoRead: false)
    try await client.channel.writeAndFlush(ByteBuffer(string: "go"))
    let waiting = try await probe.waitingBytes.get()
    #expect((1...131_072).contains(waiting), "\(waiting) bytes of ciphertext")
    try await client.channel.setOption(.autoRead, value: true).get()
    #expect(try await client.whole().readableBytes == Probe.count)
    try await server.stop()
  }

  @Test func `a reader that asks for every read gets everything`() async throws {
    let body = ByteBuffer(repeating: 1, count: 5_000_000)
    let server = try await LoopbackServer(serverContext) { Responder(body: body) }
    let client = try await LoopbackClient(
      port: server.port, clientContext, autoRead: false, readsAgain: true)
    try await client.channel.writeAndFlush(Self.request)  // the handshake reads by itself
    client.channel.read()
    #expect(try await client.whole().readableBytes > body.readableBytes)
    try await server.stop()
  }

  @Test func `a reloaded identity is for connections that begin later`() async throws {
    let server = try await LoopbackServer(serverContext) { Responder() }
    let before = try await LoopbackClient(port: server.port, clientContext)
    try await before.channel.writeAndFlush(ByteBuffer(string: "GET / HTTP/1.0\r\n"))
    let renewed = try makeSelfSigned(hosts: ["localhost"])
    try serverContext.reload(renewed)
    #expect(serverContext.identity.fingerprint == renewed.fingerprint)
    try await before.channel.writeAndFlush(ByteBuffer(string: "\r\n"))
    #expect(try await before.whole().readableBytes > 0)

    let stale = try await LoopbackClient(port: server.port, clientContext)
    let mismatch = TransportError.pinMismatch(
      expected: identity.fingerprint, presented: renewed.fingerprint)
    stale.channel.writeAndFlush(Self.request, promise: nil)
    await #expect(throws: mismatch) { try await stale.whole() }

    let after = try await LoopbackClient(
      port: server.port, TLSClientContext(trust: .pinned(renewed.fingerprint)))
    try await after.channel.writeAndFlush(Self.request)
    #expect(try await after.whole().readableBytes > 0)
    try await server.stop()
  }

  @Test func `a socket that is cut is truncation, even between two records`() async throws {
    let server = try await LoopbackServer(serverContext) { CutsTheSocket() }
    let client = try await LoopbackClient(port: server.port, clientContext)
    try await client.channel.writeAndFlush(Self.request)
    await #expect(throws: TransportError.truncated) { try await client.whole() }
    try await client.channel.closeFuture.get()
    try await server.stop()
  }

  @Test func `a side that closes its input still writes`() async throws {
    let server = try await LoopbackServer(serverContext) { ClosesItsInput() }
    let client = try await LoopbackClient(port: server.port, clientContext)
    try await client.channel.writeAndFlush(Self.request)
    #expect(String(buffer: try await client.whole()) == "enough")
    try await server.stop()
  }

  @Test func `many connections at once are served`() async throws {
    let server = try await LoopbackServer(serverContext) { Responder() }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<50 {
        group.addTask { [clientContext] in
          let client = try await LoopbackClient(port: server.port, clientContext)
          try await client.channel.writeAndFlush(Self.request)
          return try await client.whole().readableBytes
        }
      }
      for try await count in group { #expect(count > 0) }
    }
    try await server.stop()
  }
}

/// Says how much it got, after the end.
private final class AnswersAtTheEnd: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  private var count = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    count += unwrapInboundIn(data).readableBytes
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case ChannelEvent.inputClosed = event else { return }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "\(count) bytes")), promise: nil)
    context.close(promise: nil)
  }
}

/// Takes one read and no more.
private final class ClosesItsInput: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.close(mode: .input, promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case ChannelEvent.inputClosed = event else { return }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "enough")), promise: nil)
    context.close(promise: nil)
  }
}

/// Writes half an answer and ends the connection below TLS.
private final class CutsTheSocket: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let half = wrapOutboundOut(
      ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal"))
    let channel = context.channel
    context.writeAndFlush(half).assumeIsolated().whenComplete { _ in
      let tls = try? channel.pipeline.syncOperations.context(handlerType: TLSHandler.self)
      tls?.close(promise: nil)
    }
  }
}

/// Writes more than any socket takes, and looks at what waits when the channel takes no more.
private final class Probe: Sendable {
  static let count = 50_000_000
  let waitingBytes: EventLoopFuture<Int>
  private let promise: EventLoopPromise<Int>

  init() {
    promise = MultiThreadedEventLoopGroup.singleton.any().makePromise()
    waitingBytes = promise.futureResult
  }

  func makeHandler() -> any ChannelHandler { Handler(promise) }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let promise: EventLoopPromise<Int>

    init(_ promise: EventLoopPromise<Int>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let body = ByteBuffer(repeating: 1, count: Probe.count)
      context.writeAndFlush(wrapOutboundOut(body), promise: nil)
      let waiting = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
      promise.succeed(waiting ?? -1)
      context.close(mode: .output, promise: nil)
    }
  }
}
