import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import SecureTransport

/// What a broken or hostile peer may send: never a crash, a hang or a second error.
@Suite struct TLSGarbageTests {
  /// All that each side sends in one whole handshake and request.
  private struct Transcript {
    let identity: TLSIdentity
    let server: TLSServerContext
    let client: TLSClientContext

    init() throws {
      identity = try makeSelfSigned(hosts: ["localhost"])
      server = try TLSServerContext(identity: identity)
      client = try TLSClientContext(trust: .pinned(identity.fingerprint))
    }

    func pair() throws -> TLSPair { try TLSPair(server: server, client: client) }
  }

  @Test func `a handshake cut at any byte ends with one error on each side`() throws {
    let transcript = try Transcript()
    var isDone = false
    var count = 0
    while !isDone {
      let pair = try transcript.pair()
      isDone = try carry(pair, count)
      count += 1
      let wasOpen = pair.clientRecord.handshakes.count == 1
      for channel in [pair.client, pair.server] { channel.pipeline.fireChannelInactive() }
      #expect(pair.clientRecord.transportErrors.count == 1, "after \(count) bytes")
      #expect(pair.serverRecord.transportErrors.count == 1, "after \(count) bytes")
      if !wasOpen {
        #expect(
          pair.clientRecord.transportErrors == [.handshake("the other side closed the connection")])
      }
    }
    #expect(count > 1000)
  }

  /// Carries exactly `count` bytes between the sides; true if there was no more to carry.
  private func carry(_ pair: TLSPair, _ count: Int) throws -> Bool {
    var left = count
    while left > 0 {
      var isIdle = true
      for (from, to) in [(pair.client, pair.server), (pair.server, pair.client)] {
        let bytes = try pair.take(from: from)
        guard bytes.readableBytes > 0 else { continue }
        isIdle = false
        let carried = min(left, bytes.readableBytes)
        left -= carried
        if carried > 0 { try to.writeInbound(ByteBuffer(bytes.readableBytesView.prefix(carried))) }
      }
      if isIdle { return true }
    }
    return false
  }

  @Test(arguments: 0..<64)
  func `a flipped bit anywhere in the handshake is noticed`(seed: Int) throws {
    let pair = try Transcript().pair()
    var random = SeededGenerator(seed: UInt64(seed))
    var position = Int.random(in: 0..<1200, using: &random)
    while true {
      var isIdle = true
      for (from, to) in [(pair.client, pair.server), (pair.server, pair.client)] {
        var bytes = try pair.take(from: from)
        guard bytes.readableBytes > 0, to.isActive else { continue }
        isIdle = false
        if bytes.readableBytes > position, position >= 0 {
          let old = bytes.getInteger(at: position, as: UInt8.self) ?? 0
          bytes.setInteger(old ^ UInt8(1 << Int.random(in: 0..<8, using: &random)), at: position)
        }
        position -= bytes.readableBytes
        try to.writeInbound(bytes)
      }
      if isIdle { break }
    }
    // The outer version byte of a record may change unnoticed: nobody reads it.
    let isNoticed = !(pair.client.isActive && pair.server.isActive)
    let isStuck = pair.clientRecord.handshakes.isEmpty || pair.serverRecord.handshakes.isEmpty
    if !isNoticed && !isStuck {
      try pair.client.writeOutbound(ByteBuffer(string: "fine"))
      try pair.pump()
      #expect(pair.serverRecord.text == "fine")
    }
    #expect(pair.clientRecord.errors.count <= 1 && pair.serverRecord.errors.count <= 1)
  }

  @Test(arguments: 0..<64)
  func `a flipped bit in application data is never delivered`(seed: Int) throws {
    let pair = try TLSPair.connected()
    var random = SeededGenerator(seed: UInt64(seed))
    try pair.client.writeOutbound(ByteBuffer(string: "transfer one euro"))
    var sent = try pair.take(from: pair.client)
    // After the header: its bytes may make the server wait for a longer record.
    let position = Int.random(in: 5..<sent.readableBytes, using: &random)
    let old = try #require(sent.getInteger(at: position, as: UInt8.self))
    sent.setInteger(old ^ UInt8(1 << Int.random(in: 0..<8, using: &random)), at: position)
    try pair.server.writeInbound(sent)
    #expect(pair.serverRecord.text.isEmpty)
    #expect(
      pair.serverRecord.transportErrors == [.connection("data was altered on the way")])
    #expect(!pair.server.isActive)
  }

  @Test(arguments: 0..<200)
  func `random bytes end a server's connection or leave it waiting`(seed: Int) throws {
    let pair = try Transcript().pair()
    var random = SeededGenerator(seed: UInt64(seed))
    var bytes = (0..<Int.random(in: 1..<600, using: &random)).map { _ in
      UInt8.random(in: .min ... .max, using: &random)
    }
    if seed.isMultiple(of: 2) { bytes = [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3] + bytes }
    try pair.server.writeInbound(ByteBuffer(bytes: bytes))
    #expect(pair.serverRecord.text.isEmpty && pair.serverRecord.handshakes.isEmpty)
    #expect(pair.serverRecord.errors.count == (pair.server.isActive ? 0 : 1))
  }

  @Test func `plain HTTP on the TLS port is called by its name`() throws {
    let pair = try Transcript().pair()
    try pair.server.writeInbound(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
    #expect(pair.serverRecord.transportErrors == [.handshake("the other side speaks plain HTTP")])
    #expect(!pair.server.isActive)
  }

  @Test func `a server that speaks no TLS is called by its name`() throws {
    let pair = try Transcript().pair()
    try pair.client.writeInbound(ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\n\r\n"))
    #expect(
      pair.clientRecord.transportErrors == [.handshake("the other side does not speak TLS")])
  }

  @Test func `a name that is none is an error, no trap`() throws {
    let transcript = try Transcript()
    let pair = try TLSPair(
      server: transcript.server, client: transcript.client, serverName: "no name\u{0}")
    #expect(
      pair.clientRecord.transportErrors == [
        .handshake("\"no name\u{0}\" is neither a host name nor an IP address")
      ])
    #expect(!pair.client.isActive)
  }
}
