import COpenSSL
import NIOCore
import NIOEmbedded
import Testing

@testable import SecureTransport

/// TLS 1.2 lets a client ask for a new handshake at any time; we only ever say no.
@Suite struct RenegotiationTests {
  @Test func `a client that asks for renegotiation is told no, and may go on`() throws {
    let (server, record, client) = try connected()
    try server.writeInbound(client.askForRenegotiation())
    #expect(try client.take(from: server).readableBytes > 0)
    #expect(record.errors.isEmpty && server.isActive)
  }

  @Test func `a client that asks without reading the answers is dropped`() throws {
    let (server, record, client) = try connected()
    server.isWritable = false
    try server.writeInbound(client.askForRenegotiation())
    #expect(
      record.transportErrors == [.connection("the other side does not read what it asks for")])
    #expect(!server.isActive)
  }

  private func connected() throws -> (EmbeddedChannel, Recorder, BareClient) {
    let context = try TLSServerContext(identity: makeSelfSigned(hosts: ["localhost"]))
    let record = Recorder()
    let server = EmbeddedChannel(handlers: [TLSHandler(server: context), record])
    server.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
    let client = try BareClient()
    for _ in 0..<2 {
      try server.writeInbound(client.continueHandshake())
      client.receive(try client.take(from: server))
    }
    _ = client.continueHandshake()
    try #require(record.handshakes.count == 1)
    return (server, record, client)
  }
}

/// OpenSSL's own client for TLS 1.2, which trusts anybody and may do what ours never does.
private final class BareClient {
  private let context: OpaquePointer
  private let ssl: OpaquePointer
  private let incoming = BIO_new(BIO_s_mem())
  private let outgoing = BIO_new(BIO_s_mem())

  init() throws {
    context = try #require(SSL_CTX_new(TLS_client_method()))
    ssl = try #require(SSL_new(context))
    COpenSSL_set_max_proto_version(ssl, TLS1_2_VERSION)
    SSL_set_bio(ssl, incoming, outgoing)
    SSL_set_connect_state(ssl)
  }

  deinit {
    SSL_free(ssl)
    SSL_CTX_free(context)
  }

  func continueHandshake() -> ByteBuffer {
    SSL_do_handshake(ssl)
    return sent()
  }

  func askForRenegotiation() -> ByteBuffer {
    SSL_renegotiate(ssl)
    return continueHandshake()
  }

  func receive(_ bytes: ByteBuffer) {
    _ = bytes.withUnsafeReadableBytes { BIO_write(incoming, $0.baseAddress, Int32($0.count)) }
  }

  func take(from channel: EmbeddedChannel) throws -> ByteBuffer {
    var bytes = ByteBuffer()
    while let next = try channel.readOutbound(as: ByteBuffer.self) {
      bytes.writeImmutableBuffer(next)
    }
    return bytes
  }

  private func sent() -> ByteBuffer {
    var bytes = ByteBuffer()
    bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: 16_384) { room in
      max(0, Int(BIO_read(outgoing, room.baseAddress, Int32(room.count))))
    }
    return bytes
  }
}
