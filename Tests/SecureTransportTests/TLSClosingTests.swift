import NIOCore
import NIOEmbedded
import Testing

@testable import SecureTransport

@Suite struct TLSClosingTests {
  @Test func `a close is told to the other side, which closes too`() throws {
    let pair = try TLSPair.connected()
    try pair.client.close().now()
    try pair.pump()
    #expect(pair.serverRecord.errors.isEmpty && pair.clientRecord.errors.isEmpty)
    #expect(pair.serverRecord.isInactive && pair.clientRecord.isInactive)
  }

  @Test func `what was flushed before a close arrives, the rest fails`() throws {
    let pair = try TLSPair.connected()
    pair.client.isWritable = false
    let flushed = pair.client.writeAndFlush(ByteBuffer(repeating: 1, count: 300_000))
    let unflushed = pair.client.write(ByteBuffer(string: "never"))
    let closed = pair.client.close()
    let late = pair.client.writeAndFlush(ByteBuffer(string: "late"))
    #expect(throws: ChannelError.ioOnClosedChannel) { try unflushed.now() }
    #expect(throws: ChannelError.outputClosed) { try late.now() }
    #expect(!closed.isFulfilled)
    pair.client.isWritable = true
    pair.client.pipeline.fireChannelWritabilityChanged()
    try flushed.now()
    try closed.now()
    try pair.pump()
    #expect(pair.serverRecord.received.readableBytes == 300_000)
    #expect(pair.serverRecord.errors.isEmpty)
  }

  @Test func `a close does not wait for ever for a reader`() throws {
    let pair = try TLSPair.connected()
    pair.client.isWritable = false
    let written = pair.client.writeAndFlush(ByteBuffer(string: "stuck"))
    let closed = pair.client.close()
    pair.client.embeddedEventLoop.advanceTime(by: .seconds(9))
    #expect(!closed.isFulfilled)
    pair.client.embeddedEventLoop.advanceTime(by: .seconds(1))
    try closed.now()
    #expect(throws: ChannelError.ioOnClosedChannel) { try written.now() }
    #expect(pair.clientRecord.isInactive)
  }

  @Test func `all who ask for a close are told`() throws {
    let pair = try TLSPair.connected()
    pair.client.isWritable = false
    pair.client.writeAndFlush(ByteBuffer(string: "x"), promise: nil)
    let closes = (0..<3).map { _ in pair.client.close() }
    pair.client.isWritable = true
    pair.client.pipeline.fireChannelWritabilityChanged()
    for close in closes { try close.now() }
  }

  @Test func `an end without close_notify is truncation`() throws {
    let pair = try TLSPair.connected()
    try pair.client.writeOutbound(ByteBuffer(string: "half an ans"))
    try pair.pump()
    pair.serverHandler.closing.mode = .all  // keeps the other side from answering
    pair.server.pipeline.fireChannelInactive()
    #expect(pair.serverRecord.errors.isEmpty, "who closes is not cut off")
    pair.client.pipeline.fireChannelInactive()
    #expect(pair.clientRecord.transportErrors == [.truncated])
  }

  @Test func `writes that were waiting fail when the connection is cut`() throws {
    let pair = try TLSPair.connected()
    pair.client.isWritable = false
    let written = pair.client.writeAndFlush(ByteBuffer(string: "lost"))
    pair.client.pipeline.fireChannelInactive()
    #expect(throws: TransportError.truncated) { try written.now() }
  }

  @Test func `an error of the socket is told as it is, and only once`() throws {
    let pair = try TLSPair.connected()
    let error = IOError(errnoCode: 104, reason: "read")
    pair.client.pipeline.fireErrorCaught(error)
    pair.client.pipeline.fireChannelInactive()
    #expect(pair.clientRecord.errors.count == 1)
    #expect(pair.clientRecord.errors.first is IOError)
  }

  @Test func `a close during the handshake is no error`() throws {
    let identity = try makeSelfSigned(hosts: [])
    let pair = try TLSPair(
      server: TLSServerContext(identity: identity), client: TLSClientContext(trust: .system))
    let written = pair.client.writeAndFlush(ByteBuffer(string: "never"))
    try pair.client.close().now()
    #expect(throws: ChannelError.ioOnClosedChannel) { try written.now() }
    #expect(pair.clientRecord.errors.isEmpty && pair.clientRecord.isInactive)
  }

  @Test func `a handshake that takes too long ends`() throws {
    let identity = try makeSelfSigned(hosts: [])
    let pair = try TLSPair(
      server: TLSServerContext(identity: identity), client: TLSClientContext(trust: .system))
    for (channel, record) in [(pair.client, pair.clientRecord), (pair.server, pair.serverRecord)] {
      channel.embeddedEventLoop.advanceTime(by: .seconds(9))
      #expect(record.errors.isEmpty)
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      #expect(record.transportErrors == [.timedOut])
      #expect(record.isInactive)
    }
  }

  @Test func `a handshake that was in time is not timed out later`() throws {
    let pair = try TLSPair.connected()
    pair.client.embeddedEventLoop.advanceTime(by: .hours(1))
    pair.server.embeddedEventLoop.advanceTime(by: .hours(1))
    #expect(pair.clientRecord.errors.isEmpty && pair.serverRecord.errors.isEmpty)
  }
}
