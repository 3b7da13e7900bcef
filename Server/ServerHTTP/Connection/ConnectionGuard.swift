internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import SecureTransport
internal import SyncProtocol

/// Watches over one connection: deadlines for headers, bodies, answers and idleness; an orderly
/// end; an answer, too, to what cannot even be parsed.
///
/// It stands between NIO's HTTP/1 codec and Hummingbird. A client that is late for headers or
/// idle is closed without a word. One that is late with a body makes the reader of the body fail,
/// so that the answer comes from where all answers come from.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// Where the request that is being read stands.
  private enum Reading {
    case head
    case body(since: NIODeadline, bytes: Int)
    /// Answered before it was read whole: the rest is dropped.
    case dropped(bytes: Int)
  }

  let peer = PeerSignal()
  private let limits: ConnectionLimits
  private var reading = Reading.head
  /// Requests whose answer is not written yet; clients may send several ahead.
  private var answersOwed = 0
  private var closesAfterAnswer = false
  private var parseFailure: ProblemDetails?
  /// What cannot be parsed came between requests: it gets an answer of its own, after theirs.
  private var owesFailure = false
  private var replacesAnswer = false
  private var lastWritten: EventLoopFuture<Void>?
  private var readTimer: Scheduled<Void>?
  private var writeTimer: Scheduled<Void>?

  init(limits: ConnectionLimits) {
    self.limits = limits
  }

  // MARK: Requests

  func handlerAdded(context: ChannelHandlerContext) {
    setReadTimer(limits.headTimeout, context: context) { $0.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    cancelTimers()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      readTimer?.cancel()
      answersOwed += 1
      reading = .body(since: .now(), bytes: 0)
      setBodyTimer(context: context, in: limits.bodyGrace)
      if head.expectsContinue && answersOwed == 1 && !head.announcesTooMuch {
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
      }
      context.fireChannelRead(wrapInboundOut(.head(head.withPlainConnectionHeader)))
    case .body(let buffer):
      switch reading {
      case .head: break
      case .body(let since, let bytes):
        reading = .body(since: since, bytes: bytes + buffer.readableBytes)
        context.fireChannelRead(data)
      case .dropped(let bytes):
        reading = .dropped(bytes: bytes + buffer.readableBytes)
        if bytes > limits.lingerBytesMax { context.close(promise: nil) }
      }
    case .end:
      readTimer?.cancel()
      if case .dropped = reading {
        closeOutput(context: context)
      } else {
        reading = .head
        context.fireChannelRead(data)
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    readTimer?.cancel()
    closesAfterAnswer = true
    if let error = error as? HTTPParserError {
      parseFailure = error.problem
      if case .head = reading { owesFailure = true }
      // Whoever reads the body gets the error from here, and answers; otherwise Hummingbird
      // writes an answer of its own, which is replaced on its way out.
      setReadTimer(limits.writeStallTimeout, context: context) { $0.close(promise: nil) }
      context.fireErrorCaught(error)
    } else {
      peer.fire()
      context.fireErrorCaught(error)
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    cancelTimers()
    peer.fire()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed:
      peer.fire()
      context.fireUserInboundEventTriggered(event)
    case is ChannelShouldQuiesceEvent:
      closesAfterAnswer = true
      if answersOwed == 0 { context.close(promise: nil) }
    default:
      context.fireUserInboundEventTriggered(event)
    }
  }

  // MARK: Answers

  func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      if answersOwed == 1, case .body = reading { closesAfterAnswer = true }
      if answersOwed == 0, let parseFailure {
        replacesAnswer = true
        writeAnswer(parseFailure, context: context)
        promise?.succeed()
        return
      }
      if closesAfterAnswer && answersOwed == 1 && !owesFailure {
        head.headers.replaceOrAdd(name: "connection", value: "close")
      }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body:
      if replacesAnswer {
        promise?.succeed()
      } else {
        context.write(data, promise: promise)
      }
    case .end:
      if replacesAnswer {
        promise?.succeed()
        return
      }
      answersOwed -= 1
      let written = promise ?? context.eventLoop.makePromise()
      context.writeAndFlush(data, promise: written)
      lastWritten = written.futureResult
      answered(context: context)
    }
  }

  private func answered(context: ChannelHandlerContext) {
    if closesAfterAnswer {
      guard answersOwed == 0, !owesFailure else { return }
      if parseFailure == nil, case .body = reading {
        reading = .dropped(bytes: 0)
        linger(context: context)
      } else {
        closeOutput(context: context)
      }
    } else if answersOwed == 0, case .head = reading {
      setReadTimer(limits.idleTimeout, context: context) { $0.close(promise: nil) }
    }
  }

  private func writeAnswer(_ problem: ProblemDetails, context: ChannelHandlerContext) {
    let body = problem.body
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: problem.status),
      headers: [
        "content-type": MediaType.problem, "content-length": String(body.readableBytes),
        ProtocolVersion.headerName: String(ProtocolVersion.current), "cache-control": "no-store",
        "connection": "close",
      ])
    let written = context.eventLoop.makePromise(of: Void.self)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    lastWritten = written.futureResult
    closeOutput(context: context)
  }

  // MARK: The end

  /// Says that nothing more comes, and gives the other side a moment to say the same: closing
  /// at once while it still sends would take the answer from it.
  private func closeOutput(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    afterLastWrite(context: context) {
      let (handler, context) = bound.value
      context.close(mode: .output, promise: nil)
      handler.linger(context: context)
    }
  }

  /// Hummingbird has no more to say.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    context.close(mode: mode, promise: promise)
    guard mode == .output else { return }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    afterLastWrite(context: context) { bound.value.0.linger(context: bound.value.1) }
  }

  private func linger(context: ChannelHandlerContext) {
    setReadTimer(limits.lingerTimeout, context: context) { $0.cut() }
  }

  private func afterLastWrite(
    context: ChannelHandlerContext, _ action: @escaping @Sendable () -> Void
  ) {
    let written = lastWritten ?? context.eventLoop.makeSucceededVoidFuture()
    written.whenComplete { _ in action() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    writeTimer?.cancel()
    if !context.channel.isWritable {
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      writeTimer = context.eventLoop.scheduleTask(in: limits.writeStallTimeout) {
        bound.value.cut()
      }
    }
    context.fireChannelWritabilityChanged()
  }

  // MARK: Time

  private func setBodyTimer(context: ChannelHandlerContext, in delay: TimeAmount) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    setReadTimer(delay, context: context) { _ in bound.value.0.checkBodyRate(context: bound.value.1)
    }
  }

  private func checkBodyRate(context: ChannelHandlerContext) {
    guard case .body(let since, let bytes) = reading else { return }
    let late = (NIODeadline.now() - since - limits.bodyGrace).nanoseconds
    let bytesMin = Int64(limits.bodyBytesPerSecondMin) * max(late, 1) / 1_000_000_000
    if Int64(bytes) > bytesMin {
      setBodyTimer(context: context, in: limits.bodyRateInterval)
    } else {
      closesAfterAnswer = true
      // However long a busy server takes to answer: what is left of the body is waited for then.
      setReadTimer(limits.writeStallTimeout, context: context) { $0.close(promise: nil) }
      context.fireErrorCaught(ProblemDetails(.malformed, detail: "The body came too slowly."))
    }
  }

  private func setReadTimer(
    _ delay: TimeAmount, context: ChannelHandlerContext,
    _ action: @escaping @Sendable (ChannelHandlerContext) -> Void
  ) {
    readTimer?.cancel()
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    readTimer = context.eventLoop.scheduleTask(in: delay) { action(bound.value) }
  }

  private func cancelTimers() {
    readTimer?.cancel()
    writeTimer?.cancel()
  }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}

extension ChannelHandlerContext {
  /// Closes the socket itself: TLS would first wait for the other side to take what is unsent.
  fileprivate func cut() {
    let tls = try? pipeline.syncOperations.context(handlerType: TLSHandler.self)
    (tls ?? self).close(promise: nil)
  }
}

extension HTTPRequestHead {
  fileprivate var expectsContinue: Bool {
    headers.first(name: "expect")?.lowercased() == "100-continue"
  }

  fileprivate var announcesTooMuch: Bool {
    guard let length = headers.first(name: "content-length").flatMap({ Int($0) }) else {
      return false
    }
    return length > ProtocolLimits.syncBodyBytesMax
  }

  /// What follows understands only a bare `close`: not upper case, lists, or HTTP/1.0.
  fileprivate var withPlainConnectionHeader: HTTPRequestHead {
    guard !isKeepAlive || version != .http1_1 else { return self }
    var head = self
    head.headers.replaceOrAdd(name: "connection", value: "close")
    return head
  }
}

extension HTTPParserError {
  fileprivate var problem: ProblemDetails {
    switch self {
    case .headerOverflow: ProblemDetails(.tooLarge, detail: "The headers are too large.")
    case .invalidEOFState: ProblemDetails(.malformed, detail: "The request ended too early.")
    default: ProblemDetails(.malformed, detail: "This is not HTTP/1.1.")
    }
  }
}
