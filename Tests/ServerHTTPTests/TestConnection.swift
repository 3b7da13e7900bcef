import Foundation
import NIOCore
import NIOPosix
import SecureTransport
import SyncProtocol
import Testing

/// A client that can misbehave: sends any bytes over TLS, and reads what comes.
final class TestConnection: @unchecked Sendable {
  private let channel: any Channel
  private let received: AsyncStream<ByteBuffer>
  private var iterator: AsyncStream<ByteBuffer>.Iterator
  private var buffer: [UInt8] = []

  init(port: Int, trust: TLSClientContext.Trust) async throws {
    let context = try TLSClientContext(trust: trust)
    let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(TLSHandler(client: context, serverName: "localhost"), name: "tls")
          try pipeline.addHandler(Receiver(continuation))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    received = stream
    iterator = stream.makeAsyncIterator()
  }

  func send(_ bytes: some Collection<UInt8>) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
  }

  func send(_ text: String) async throws {
    try await send(Array(text.utf8))
  }

  func send(
    _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8] = []
  ) async throws {
    var text = "\(method) \(path) HTTP/1.1\r\nhost: localhost\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if !body.isEmpty { text += "content-length: \(body.count)\r\n" }
    try await send(Array((text + "\r\n").utf8) + body)
  }

  /// The next answer; throws when the connection ends first.
  func response(toHead: Bool = false) async throws -> TestResponse {
    let end = Array("\r\n\r\n".utf8)
    while buffer.firstRange(of: end) == nil { try await readMore() }
    let range = try #require(buffer.firstRange(of: end))
    let head = String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
    buffer.removeSubrange(..<range.upperBound)
    var response = try TestResponse(head: head)
    let length = response.headers["content-length"].flatMap { Int($0) } ?? 0
    if !toHead {
      while buffer.count < length { try await readMore() }
      response.body = Array(buffer.prefix(length))
      buffer.removeFirst(length)
    }
    return response
  }

  /// Returns when the server has closed the connection; what it sent until then.
  func readToEnd() async -> [UInt8] {
    while (try? await readMore()) != nil {}
    return buffer
  }

  func close() async {
    try? await channel.close()
  }

  /// Ends without a word of TLS, as a process does that is killed.
  func cut() async throws {
    let channel = channel
    try await channel.eventLoop.flatSubmit {
      channel.pipeline.syncOperations.removeHandler(name: "tls")
    }.get()
    await close()
  }

  /// Leaves what the server sends in the sockets' buffers.
  func stopReading() async throws {
    try await channel.setOption(.autoRead, value: false).get()
  }

  /// Returns when the connection has ended.
  func closed() async throws {
    try await channel.closeFuture.get()
  }

  private func readMore() async throws {
    guard let part = await iterator.next() else { throw ConnectionEnded() }
    buffer.append(contentsOf: part.readableBytesView)
  }

  struct ConnectionEnded: Error {}

  private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let continuation: AsyncStream<ByteBuffer>.Continuation

    init(_ continuation: AsyncStream<ByteBuffer>.Continuation) {
      self.continuation = continuation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      continuation.yield(unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
      continuation.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }
}

struct TestResponse {
  let status: Int
  /// Names in lower case.
  let headers: [String: String]
  var body: [UInt8] = []

  init(head: String) throws {
    let lines = head.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    try #require(words.count >= 2)
    status = try #require(Int(words[1]))
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let colon = try #require(line.firstIndex(of: ":"))
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      headers[line[..<colon].lowercased()] = value
    }
    self.headers = headers
  }

  func json<Message: Decodable>(_ type: Message.Type = Message.self) throws -> Message {
    try JSONDecoder().decode(type, from: Data(body))
  }

  /// The problem that the answer is; requires that it is one in all respects.
  func problem() throws -> ProblemType {
    #expect(headers["content-type"] == MediaType.problem)
    #expect(headers[ProtocolVersion.headerName] == "1")
    let details: ProblemDetails = try json()
    #expect(details.status == status)
    return try #require(details.problem)
  }
}
