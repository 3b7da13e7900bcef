package import NIOCore

extension TLSHandler {
  /// How far the end of the output has come.
  struct Closing {
    /// What was asked for; it happens when the flushed writes are sent.
    var mode: CloseMode?
    var promise: EventLoopPromise<Void>?
    var isInputClosedHere = false
    fileprivate var hasSaidEnd = false
    fileprivate var isEndSent = false
    fileprivate(set) var deadline: Scheduled<Void>?

    /// How long the other side may take nothing before a channel that is to be closed just is.
    static let patience = TimeAmount.seconds(10)

    /// Starts waiting again, if this is the end of a connection.
    mutating func postpone(_ context: ChannelHandlerContext, _ handler: TLSHandler) {
      guard mode == .all else { return }
      deadline?.cancel()
      deadline = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
        handler.closeNow(context)
      }
    }
  }

  package func close(
    context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
  ) {
    switch (state, mode) {
    case (.closed, _), (.idle, _): context.close(mode: mode, promise: promise)
    case (.handshaking, .all), (.handshaking, .input):
      closing.mode = .all  // so that the end is no failure
      finish(failingWritesWith: ChannelError.ioOnClosedChannel)
      context.close(promise: promise)
    case (.open, .input):
      inputEnded = true
      closing.isInputClosedHere = true
      context.close(mode: .input, promise: promise)
    case (.handshaking, .output), (.open, .output), (.open, .all):
      closeOutput(context, mode, promise)
    }
  }

  private func closeOutput(
    _ context: ChannelHandlerContext, _ mode: CloseMode, _ promise: EventLoopPromise<Void>?
  ) {
    if mode == .output, closing.mode != nil {
      promise?.fail(ChannelError.outputClosed)
      return
    }
    closing.mode = mode
    closing.promise.setOrCascade(to: promise)
    dropUnflushedWrites()
    closing.postpone(context, self)
    if closing.isEndSent { closeNow(context) } else { sendFlushedWrites(context) }
  }

  /// Says `close_notify` after the last write, and closes the channel when that is on its way.
  func endOutputIfAsked(_ context: ChannelHandlerContext) {
    guard closing.mode != nil, !closing.hasSaidEnd, let connection else { return }
    closing.hasSaidEnd = true
    connection.end()
    guard let ciphertext = connection.takeOutgoing() else { return closeNow(context) }
    let sent = context.eventLoop.makePromise(of: Void.self)
    sent.futureResult.assumeIsolated().whenComplete { _ in
      self.closing.isEndSent = true
      self.closeNow(context)
    }
    context.writeAndFlush(wrapOutboundOut(ciphertext), promise: sent)
  }

  private func closeNow(_ context: ChannelHandlerContext) {
    guard state == .open, let mode = closing.mode else { return }
    let promise = closing.promise
    closing.promise = nil
    if mode == .output, !inputEnded {
      context.close(mode: .output, promise: promise)
    } else {
      closing.mode = .all
      finish(failingWritesWith: ChannelError.ioOnClosedChannel)
      context.close(promise: promise)
    }
  }

  /// A close lets only flushed writes through, as it does on a plain channel.
  private func dropUnflushedWrites() {
    var flushed = MarkedCircularBuffer<Output.Write>(initialCapacity: output.writes.count)
    while output.writes.hasMark { flushed.append(output.writes.removeFirst()) }
    flushed.mark()
    let dropped = output.writes
    output.writes = flushed
    for write in dropped { write.promise?.fail(ChannelError.ioOnClosedChannel) }
  }
}
