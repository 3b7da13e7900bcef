package import NIOCore
import NIOTLS

/// TLS between a socket and the handlers after it, for both sides of a connection.
///
/// Add it first, before the channel becomes active. It fires
/// `TLSUserEvent.handshakeCompleted(negotiatedProtocol:)` and holds back what is written before
/// that: a client's first byte leaves when the server has proved who it is. Plaintext is encrypted
/// only while the channel is writable, so a slow reader costs no more memory than the channel's
/// high-water mark. Every failure is one `TransportError` through `errorCaught`, fails the writes
/// that were waiting, and closes the channel. (An error of the socket itself stays what it is.)
///
/// With `ChannelOptions.allowRemoteHalfClosure` the other side's `close_notify` is
/// `ChannelEvent.inputClosed`; without, the channel is closed. `close(mode: .output)` and
/// `close(mode: .all)` first send what was flushed, and `close_notify`.
package final class TLSHandler: ChannelDuplexHandler, RemovableChannelHandler {
  package typealias InboundIn = ByteBuffer
  package typealias InboundOut = ByteBuffer
  package typealias OutboundIn = ByteBuffer
  package typealias OutboundOut = ByteBuffer

  enum State {
    case idle
    case handshaking
    case open
    case closed
  }

  var state = State.idle
  var connection: TLSConnection?
  var handshakeDeadline: Scheduled<Void>?
  /// Something downstream asked to read and got nothing yet.
  var isReadWanted = false
  /// Something was handed on since the last `channelReadComplete`.
  var hasDelivered = false
  /// Nothing more comes: the other side said `close_notify`, or the input was closed on this side.
  var inputEnded = false
  var output = Output()
  var closing = Closing()

  private let makeConnection: () throws(TransportError) -> TLSConnection
  private let handshakeTimeout: TimeAmount
  private var hasReported = false

  /// Accepts a client. `context` is asked for its identity when the connection begins.
  package init(server context: TLSServerContext, handshakeTimeout: TimeAmount = .seconds(10)) {
    makeConnection = { () throws(TransportError) in try context.makeConnection() }
    self.handshakeTimeout = handshakeTimeout
  }

  /// Connects to a server; `serverName` is the DNS name or IP address that was asked for.
  package init(
    client context: TLSClientContext, serverName: String,
    handshakeTimeout: TimeAmount = .seconds(10)
  ) {
    makeConnection = { () throws(TransportError) in
      try context.makeConnection(serverName: serverName)
    }
    self.handshakeTimeout = handshakeTimeout
  }

  /// The key that the server presented, once it did; nil on the server's side. To be asked on the
  /// event loop.
  package var peerFingerprint: PublicKeyFingerprint? { connection?.presented }
}

extension TLSHandler {
  package func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { start(context) }
  }

  package func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    start(context)
  }

  private func start(_ context: ChannelHandlerContext) {
    guard state == .idle else { return }
    state = .handshaking
    handshakeDeadline = context.eventLoop.assumeIsolated().scheduleTask(in: handshakeTimeout) {
      self.fail(context, .timedOut)
    }
    do throws(TransportError) {
      connection = try makeConnection()
      continueHandshake(context)
      context.read()  // the handshake does not wait until somebody downstream asks
    } catch {
      fail(context, error)
    }
  }

  func continueHandshake(_ context: ChannelHandlerContext) {
    switch connection?.handshake() {
    case .unfinished: sendCiphertext(context)
    case .failed(let error): fail(context, error)
    case .finished(let applicationProtocol):
      state = .open
      handshakeDeadline?.cancel()
      context.fireUserInboundEventTriggered(
        TLSUserEvent.handshakeCompleted(negotiatedProtocol: applicationProtocol))
      // The last message of the handshake and the first of the application share a packet.
      sendFlushedWrites(context)
      sendCiphertext(context)
      decrypt(context)
    case nil: break
    }
  }

  package func channelInactive(context: ChannelHandlerContext) {
    switch state {
    case .handshaking: report(context, .handshake("the other side closed the connection"))
    case .open where !inputEnded && closing.mode != .all: report(context, .truncated)
    default: break
    }
    finish(failingWritesWith: ChannelError.ioOnClosedChannel)
    context.fireChannelInactive()
  }

  package func handlerRemoved(context: ChannelHandlerContext) {
    finish(failingWritesWith: ChannelError.ioOnClosedChannel)
  }

  package func errorCaught(context: ChannelHandlerContext, error: any Error) {
    hasReported = true
    context.fireErrorCaught(error)
  }

  /// Ends everything at once; the alert that tells the other side why goes out if there is one.
  func fail(_ context: ChannelHandlerContext, _ error: TransportError) {
    guard state != .closed else { return }
    state = .closed
    sendCiphertext(context)
    report(context, error)
    let promise = closing.promise
    closing.promise = nil
    finish(failingWritesWith: error)
    context.close(promise: promise)
  }

  private func report(_ context: ChannelHandlerContext, _ error: TransportError) {
    guard !hasReported else { return }
    hasReported = true
    failWrites(error)
    context.fireErrorCaught(error)
  }

  /// Lets go of everything. Safe to call again.
  func finish(failingWritesWith error: any Error) {
    state = .closed
    connection = nil
    handshakeDeadline?.cancel()
    closing.deadline?.cancel()
    failWrites(error)
    let promise = closing.promise
    closing.promise = nil
    promise?.succeed()
  }
}
