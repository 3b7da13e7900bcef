import NIOCore
import NIOEmbedded
import Testing

@testable import SecureTransport

@Suite struct TLSHandlerTests {
  @Test func `a handshake is told once, with the protocol both speak`() throws {
    let pair = try TLSPair.connected()
    #expect(pair.clientRecord.handshakes == ["http/1.1"])
    #expect(pair.serverRecord.handshakes == ["http/1.1"])
    #expect(pair.clientRecord.errors.isEmpty && pair.serverRecord.errors.isEmpty)
    #expect(pair.clientHandler.peerFingerprint != nil)
    #expect(pair.serverHandler.peerFingerprint == nil)
  }

  @Test func `bytes arrive as they were written, both ways`() throws {
    let pair = try TLSPair.connected()
    try pair.client.writeOutbound(ByteBuffer(string: "ping"))
    try pair.server.writeOutbound(ByteBuffer(string: "pong"))
    try pair.pump()
    #expect(pair.serverRecord.text == "ping")
    #expect(pair.clientRecord.text == "pong")
    #expect(pair.serverRecord.readCompletions == 1)
  }

  @Test func `a write before the handshake waits for it and its promise with it`() throws {
    let identity = try makeSelfSigned(hosts: ["localhost"])
    let pair = try TLSPair(
      server: TLSServerContext(identity: identity),
      client: TLSClientContext(trust: .pinned(identity.fingerprint)), connects: false)
    let written = pair.client.writeAndFlush(ByteBuffer(string: "early"))
    #expect(!written.isFulfilled)
    let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
    pair.server.connect(to: address, promise: nil)
    pair.client.connect(to: address, promise: nil)
    #expect(!written.isFulfilled)
    try pair.pump()
    try written.now()
    #expect(pair.serverRecord.text == "early")
  }

  @Test func `what is not flushed is not sent`() throws {
    let pair = try TLSPair.connected()
    pair.client.write(ByteBuffer(string: "one"), promise: nil)
    try pair.pump()
    #expect(pair.serverRecord.text.isEmpty)
    pair.client.flush()
    pair.client.write(ByteBuffer(string: "two"), promise: nil)
    try pair.pump()
    #expect(pair.serverRecord.text == "one")
  }

  @Test func `small writes share a record and each keeps its promise`() throws {
    let pair = try TLSPair.connected()
    let parts = (0..<100).map { "part \($0);" }
    let promises = parts.map { pair.client.write(ByteBuffer(string: $0)) }
    let empty = pair.client.write(ByteBuffer())
    pair.client.flush()
    let sent = try pair.take(from: pair.client)
    #expect(sent.readableBytes < parts.joined().utf8.count + 40)
    for promise in promises + [empty] { try promise.now() }
    try pair.server.writeInbound(sent)
    #expect(pair.serverRecord.text == parts.joined())
    #expect(pair.serverRecord.reads == 1)
  }

  @Test func `an empty write is kept and sends nothing`() throws {
    let pair = try TLSPair.connected()
    try pair.client.writeAndFlush(ByteBuffer()).now()
    #expect(try pair.take(from: pair.client).readableBytes == 0)
  }

  @Test(arguments: [
    1, 16_383, 16_384, 16_385, 49_151, 49_152, 49_153, 65_536, 1_000_000,
  ])
  func `a write of any size arrives whole`(count: Int) throws {
    let pair = try TLSPair.connected()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    try pair.client.writeAndFlush(ByteBuffer(bytes: bytes)).now()
    try pair.pump()
    #expect(pair.serverRecord.received == ByteBuffer(bytes: bytes))
  }

  @Test func `bytes that come one at a time make the same stream`() throws {
    let pair = try TLSPair.connected()
    let text = String(repeating: "slowly ", count: 50)
    try pair.client.writeAndFlush(ByteBuffer(string: text)).now()
    let sent = try pair.take(from: pair.client)
    for byte in sent.readableBytesView { try pair.server.writeInbound(ByteBuffer(bytes: [byte])) }
    #expect(pair.serverRecord.text == text)
    #expect(pair.serverRecord.readCompletions == 1)
  }

  @Test func `nothing is encrypted while the channel takes nothing`() throws {
    let pair = try TLSPair.connected()
    pair.client.isWritable = false
    let written = pair.client.writeAndFlush(ByteBuffer(repeating: 7, count: 1_000_000))
    #expect(try pair.take(from: pair.client).readableBytes == 0)
    #expect(!written.isFulfilled)
    pair.client.isWritable = true
    pair.client.pipeline.fireChannelWritabilityChanged()
    try written.now()
    try pair.pump()
    #expect(pair.serverRecord.received.readableBytes == 1_000_000)
  }

  @Test func `a channel that fills up gets one batch of records`() throws {
    let identity = try makeSelfSigned(hosts: ["localhost"])
    let pair = try TLSPair(
      server: TLSServerContext(identity: identity),
      client: TLSClientContext(trust: .pinned(identity.fingerprint)))
    try pair.pump()
    let valve = Valve(channel: pair.client)
    try pair.client.pipeline.syncOperations.addHandler(valve, position: .first)
    let written = pair.client.writeAndFlush(ByteBuffer(repeating: 7, count: 1_000_000))
    #expect((49_152..<65_536).contains(try pair.take(from: pair.client).readableBytes))
    #expect(!written.isFulfilled)
    pair.client.isWritable = true
    pair.client.pipeline.fireChannelWritabilityChanged()
    #expect((49_152..<65_536).contains(try pair.take(from: pair.client).readableBytes))
  }

  @Test func `a handler may answer while it reads`() throws {
    let pair = try TLSPair.connected()
    pair.serverRecord.onRead = {
      pair.server.writeAndFlush(ByteBuffer(string: "answer"), promise: nil)
    }
    try pair.client.writeOutbound(ByteBuffer(string: "question"))
    try pair.pump()
    #expect(pair.clientRecord.text == "answer")
  }

  @Test func `a handler may close while it reads`() throws {
    let pair = try TLSPair.connected()
    pair.serverRecord.onRead = { pair.server.close(promise: nil) }
    try pair.client.writeOutbound(ByteBuffer(repeating: 1, count: 200_000))
    try pair.pump()
    #expect(pair.serverRecord.reads == 1)
    #expect(pair.serverRecord.errors.isEmpty)
    #expect(pair.clientRecord.errors.isEmpty)
    #expect(!pair.client.isActive)
  }

  @Test func `a handler may close when the handshake is done`() throws {
    let identity = try makeSelfSigned(hosts: ["localhost"])
    let pair = try TLSPair(
      server: TLSServerContext(identity: identity),
      client: TLSClientContext(trust: .pinned(identity.fingerprint)), connects: false)
    pair.clientRecord.onHandshake = { pair.client.close(promise: nil) }
    let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
    pair.server.connect(to: address, promise: nil)
    pair.client.connect(to: address, promise: nil)
    try pair.pump()
    #expect(pair.clientRecord.errors.isEmpty && pair.serverRecord.errors.isEmpty)
    #expect(!pair.client.isActive && !pair.server.isActive)
  }

  @Test func `a write that fails may be tried again where it is told`() throws {
    let pair = try TLSPair.connected()
    pair.client.isWritable = false
    var second: EventLoopFuture<Void>?
    let lost = pair.client.writeAndFlush(ByteBuffer(string: "lost"))
    lost.assumeIsolated().whenFailure { _ in
      second = pair.client.writeAndFlush(ByteBuffer(string: "again"))
    }
    try pair.client.writeInbound(ByteBuffer(string: "garbage"))
    #expect(throws: ChannelError.ioOnClosedChannel) { try second?.wait() }
    #expect(pair.clientRecord.errors.count == 1)
  }

  @Test func `nothing of a connection outlives its channel`() throws {
    weak var handler: TLSHandler?
    weak var connection: TLSConnection?
    do {
      let pair = try TLSPair.connected()
      handler = pair.serverHandler
      connection = pair.serverHandler.connection
      #expect(connection != nil)
      try pair.client.close().now()
      try pair.pump()
      pair.server.embeddedEventLoop.run()
      pair.client.embeddedEventLoop.run()
    }
    #expect(connection == nil)
    #expect(handler == nil)
  }

  @Test func `a handler that is taken out lets go of its writes`() throws {
    let pair = try TLSPair.connected()
    pair.client.isWritable = false
    let written = pair.client.writeAndFlush(ByteBuffer(string: "lost"))
    try pair.client.pipeline.syncOperations.removeHandler(pair.clientHandler).now()
    #expect(throws: ChannelError.ioOnClosedChannel) { try written.now() }
  }
}

/// Becomes unwritable with the first write, as a full socket does.
private final class Valve: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  private let channel: EmbeddedChannel

  init(channel: EmbeddedChannel) { self.channel = channel }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    channel.isWritable = false
    context.write(data, promise: promise)
  }
}
