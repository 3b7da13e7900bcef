package import NIOCore

extension TLSHandler {
  package func read(context: ChannelHandlerContext) {
    isReadWanted = true
    context.read()
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard let connection, !inputEnded, closing.mode != .all else { return }
    connection.receive(unwrapInboundIn(data))
    switch state {
    case .handshaking: continueHandshake(context)
    case .open: decrypt(context)
    case .idle, .closed: break
    }
  }

  package func channelReadComplete(context: ChannelHandlerContext) {
    if hasDelivered {
      completeDelivery(context)
    } else if state == .handshaking || state == .open && isReadWanted {
      context.read()  // what came was no whole record
    }
  }

  private func completeDelivery(_ context: ChannelHandlerContext) {
    guard hasDelivered else { return }
    hasDelivered = false
    context.fireChannelReadComplete()
  }

  /// Hands on what was received. Handlers that get it may write, or close: `state` is asked again.
  func decrypt(_ context: ChannelHandlerContext) {
    while state == .open, !inputEnded, closing.mode != .all, let connection {
      let outcome = decryptSome(connection, context)
      answer(context)
      switch outcome {
      case .full: continue
      case .drained: return
      case .ended: inputDidEnd(context)
      case .failed(let error): fail(context, error)
      }
    }
  }

  private func decryptSome(
    _ connection: TLSConnection, _ context: ChannelHandlerContext
  ) -> TLSConnection.ReadOutcome {
    guard connection.unreadCount > 0 else { return .drained }
    var plaintext = context.channel.allocator.buffer(capacity: connection.unreadCount)
    let outcome = connection.read(into: &plaintext)
    if plaintext.readableBytes > 0 {
      hasDelivered = true
      isReadWanted = false
      context.fireChannelRead(wrapInboundOut(plaintext))
    }
    return outcome
  }

  /// Sends what reading made the library say, such as "no renegotiation". Somebody who provokes
  /// answers without taking them would fill our memory.
  private func answer(_ context: ChannelHandlerContext) {
    guard let connection, connection.unsentCount > 0, state == .open else { return }
    if context.channel.isWritable {
      sendCiphertext(context)
    } else {
      fail(context, .connection("the other side does not read what it asks for"))
    }
  }

  private func inputDidEnd(_ context: ChannelHandlerContext) {
    guard state == .open, !inputEnded else { return }
    inputEnded = true
    completeDelivery(context)
    let isHalfClosureAllowed =
      (try? context.channel.syncOptions?.getOption(.allowRemoteHalfClosure)) ?? false
    if closing.mode == .output || !isHalfClosureAllowed {
      close(context: context, mode: .all, promise: nil)
    } else {
      context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }
  }

  package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case ChannelEvent.inputClosed = event, state == .handshaking || state == .open else {
      return context.fireUserInboundEventTriggered(event)
    }
    if state == .handshaking {
      fail(context, .handshake("the other side closed the connection"))
    } else if closing.isInputClosedHere {
      context.fireUserInboundEventTriggered(event)
    } else if !inputEnded, closing.mode != .all {
      fail(context, .truncated)
    }
  }
}
