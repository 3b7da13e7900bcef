import NIOCore
import NIOHTTP1

/// One request and its answer after the other, on one event loop.
final class ExchangeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private struct Pending {
    let promise: EventLoopPromise<ExchangeResponse>
    let bodyBytesMax: Int
    var response: ExchangeResponse?
  }

  private let traffic: TrafficHandler
  private var context: ChannelHandlerContext?
  private var pending: Pending?
  private var idleCheck: Scheduled<Void>?
  /// Why no further exchange is possible.
  private var end: (any Error)?
  private var isClosingAfterAnswer = false

  init(traffic: TrafficHandler) {
    self.traffic = traffic
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    fail(ChannelError.ioOnClosedChannel)
    self.context = nil
  }

  /// Sends a request whose head is complete; to be called on the event loop.
  func start(
    _ head: HTTPRequestHead, body: ByteBuffer, bodyBytesMax: Int, idleLimit: TimeAmount,
    promise: EventLoopPromise<ExchangeResponse>
  ) {
    guard let context, end == nil, pending == nil else {
      return promise.fail(end ?? ChannelError.ioOnClosedChannel)
    }
    pending = Pending(promise: promise, bodyBytesMax: bodyBytesMax)
    watch(context, idleLimit: idleLimit)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if body.readableBytes > 0 {
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard var current = pending else {
      // Bytes that answer nothing: whoever sends them cannot be trusted to answer the next.
      return close(context, HTTPAnswerError.unexpected)
    }
    // So that the body below is not copied when it grows.
    pending = nil
    switch unwrapInboundIn(data) {
    case .head(let head):
      if (100..<200).contains(head.status.code) {
        pending = current
        return
      }
      isClosingAfterAnswer = !head.isKeepAlive
      current.response = ExchangeResponse(
        status: Int(head.status.code),
        fields: Dictionary(
          head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 }))
      let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
      if length > current.bodyBytesMax {
        pending = current
        return close(context, HTTPAnswerError.tooLarge)
      }
      current.response?.body.reserveCapacity(length)
      pending = current
    case .body(let buffer):
      guard let count = current.response?.body.count,
        count + buffer.readableBytes <= current.bodyBytesMax
      else {
        pending = current
        return close(context, HTTPAnswerError.tooLarge)
      }
      current.response?.body.append(contentsOf: buffer.readableBytesView)
      pending = current
    case .end:
      idleCheck?.cancel()
      guard let response = current.response else {
        pending = current
        return close(context, HTTPAnswerError.unexpected)
      }
      if isClosingAfterAnswer {
        end = ChannelError.ioOnClosedChannel
        context.close(promise: nil)
      }
      current.promise.succeed(response)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    close(context, error is HTTPParserError ? HTTPAnswerError.notHTTP(error) : error)
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(ChannelError.eof)
    context.fireChannelInactive()
  }

  private func close(_ context: ChannelHandlerContext, _ error: any Error) {
    fail(error)
    context.close(promise: nil)
  }

  private func fail(_ error: any Error) {
    if end == nil { end = error }
    idleCheck?.cancel()
    let promise = pending?.promise
    pending = nil
    promise?.fail(error)
  }

  /// Gives up when no byte went by in either direction for that long.
  private func watch(_ context: ChannelHandlerContext, idleLimit: TimeAmount) {
    let loop = context.eventLoop.assumeIsolated()
    let start = NIODeadline.now()
    func check() {
      guard pending != nil else { return }
      let last = max(start, traffic.lastActivity)
      if NIODeadline.now() - last >= idleLimit {
        close(context, HTTPAnswerError.timedOut)
      } else {
        idleCheck = loop.scheduleTask(deadline: last + idleLimit) { check() }
      }
    }
    check()
  }
}

/// What is wrong with an answer, or with there being none. `description` is a plain sentence
/// without its full stop.
enum HTTPAnswerError: Error {
  case tooLarge
  case unexpected
  case notHTTP(any Error)
  case timedOut
}

extension HTTPAnswerError: CustomStringConvertible {
  var description: String {
    switch self {
    case .tooLarge: "the answer is larger than any that a server of Ebb gives"
    case .unexpected: "the server sent what nobody asked for"
    case .notHTTP: "the answer is not HTTP"
    case .timedOut: "the server did not answer in time"
    }
  }
}
