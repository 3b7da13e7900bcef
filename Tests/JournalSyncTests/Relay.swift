import NIOCore
import NIOPosix
import Synchronization

/// Passes bytes between clients and the server, and cuts connections; or is a proxy that takes
/// CONNECT.
final class Relay: Sendable {
  let port: Int
  /// The first lines of what clients said, before a proxy's tunnel began.
  var requests: [String] { state.withLock { $0.requests } }

  fileprivate struct State {
    /// How many bytes go to clients before the next connection is cut; `nil` for ever.
    var bytesLeft: Int?
    var requests: [String] = []
  }

  fileprivate let state: Mutex<State>
  private let channel: any Channel

  /// - Parameter cutAfter: how many bytes the server may answer before the connection is cut, once.
  static func run<Value>(
    to port: Int, isProxy: Bool = false, cutAfter: Int? = nil,
    _ body: (Relay) async throws -> Value
  ) async throws -> Value {
    let relay = try await Relay(to: port, isProxy: isProxy, cutAfter: cutAfter)
    do {
      let value = try await body(relay)
      try await relay.channel.close()
      return value
    } catch {
      try? await relay.channel.close()
      throw error
    }
  }

  /// Cuts the connection when the server next answers.
  func cutNow() {
    state.withLock { $0.bytesLeft = 0 }
  }

  private init(to server: Int, isProxy: Bool, cutAfter: Int?) async throws {
    let state = Mutex(State(bytesLeft: cutAfter))
    self.state = state
    let shared = Shared(server: server, isProxy: isProxy)
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.autoRead, value: false)
      .childChannelInitializer { client in
        client.eventLoop.makeCompletedFuture {
          try client.pipeline.syncOperations.addHandler(ClientSide(shared))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
    shared.relay.withLock { $0 = self }
  }

  fileprivate final class Shared: Sendable {
    let server: Int
    let isProxy: Bool
    let relay = Mutex<Relay?>(nil)

    init(server: Int, isProxy: Bool) {
      self.server = server
      self.isProxy = isProxy
    }

    /// Whether this many more bytes may pass.
    func mayPass(_ count: Int) -> Bool {
      relay.withLock { $0 }?.state.withLock { state in
        guard let left = state.bytesLeft else { return true }
        state.bytesLeft = count < left ? left - count : nil
        return count < left
      } ?? true
    }

    func note(_ request: String) {
      relay.withLock { $0 }?.state.withLock { $0.requests.append(request) }
    }
  }
}

private final class ClientSide: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let shared: Relay.Shared
  private var server: (any Channel)?
  private var isTunnel: Bool

  init(_ shared: Relay.Shared) {
    self.shared = shared
    isTunnel = !shared.isProxy
  }

  func channelActive(context: ChannelHandlerContext) {
    let client = context.channel
    let shared = shared
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    ClientBootstrap(group: context.eventLoop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ServerSide(shared, client: client))
        }
      }
      .connect(host: "127.0.0.1", port: shared.server)
      .whenComplete { result in
        switch result {
        case .success(let channel):
          bound.value.server = channel
          _ = client.setOption(.autoRead, value: true)
        case .failure: client.close(promise: nil)
        }
      }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var buffer = unwrapInboundIn(data)
    if isTunnel {
      server?.writeAndFlush(buffer, promise: nil)
    } else {
      let text = buffer.readString(length: buffer.readableBytes) ?? ""
      shared.note(text)
      isTunnel = true
      context.writeAndFlush(
        wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 200 OK\r\n\r\n")), promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    server?.close(promise: nil)
  }
}

private final class ServerSide: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let shared: Relay.Shared
  private let client: any Channel

  init(_ shared: Relay.Shared, client: any Channel) {
    self.shared = shared
    self.client = client
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    if shared.mayPass(buffer.readableBytes) {
      client.writeAndFlush(buffer, promise: nil)
    } else {
      client.close(promise: nil)
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    client.close(promise: nil)
  }
}
