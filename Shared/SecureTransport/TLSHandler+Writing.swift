package import NIOCore

extension TLSHandler {
  /// What was written and is not encrypted yet.
  struct Output {
    typealias Write = (plaintext: ByteBuffer, promise: EventLoopPromise<Void>?)

    /// The mark is at the last one that was flushed.
    var writes = MarkedCircularBuffer<Write>(initialCapacity: 4)
    var isSending = false

    /// The first of the flushed writes, if it is also the last or fills a record.
    var isNextWorthARecord: Bool {
      guard let next = writes.first else { return false }
      return writes.isMarked(index: writes.startIndex)
        || next.plaintext.readableBytes >= Record.plaintextCountMax
    }

    /// Takes up to `count` bytes of the first write; its promise comes with the last of them.
    mutating func take(_ count: Int) -> Write {
      let index = writes.startIndex
      let available = writes[index].plaintext.readableBytes
      if available <= count { return writes.removeFirst() }
      let slice = writes[index].plaintext.readSlice(length: count)
      return (slice ?? ByteBuffer(), nil)
    }
  }

  private enum Record {
    static let plaintextCountMax = 16 * 1024
    /// Header, nonce and tag of TLS 1.2; 1.3 needs 22.
    static let overhead = 29
    /// How many are sent with one write to the channel: with these it takes 64 KiB of memory.
    static let batchCount = 3
  }

  package func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    if state == .closed {
      promise?.fail(ChannelError.ioOnClosedChannel)
    } else if closing.mode != nil {
      promise?.fail(ChannelError.outputClosed)
    } else {
      output.writes.append((unwrapOutboundIn(data), promise))
    }
  }

  package func flush(context: ChannelHandlerContext) {
    output.writes.mark()
    sendFlushedWrites(context)
  }

  package func channelWritabilityChanged(context: ChannelHandlerContext) {
    // Ours goes first: downstream may write more when there is room left.
    sendFlushedWrites(context)
    context.fireChannelWritabilityChanged()
  }

  func failWrites(_ error: any Error) {
    // Taken out first: who hears of a failure may write again.
    let failed = output.writes
    output.writes = MarkedCircularBuffer(initialCapacity: 0)
    for write in failed { write.promise?.fail(error) }
  }

  /// Encrypts and sends while the channel takes it.
  func sendFlushedWrites(_ context: ChannelHandlerContext) {
    guard state == .open, !output.isSending else { return }
    output.isSending = true
    defer { output.isSending = false }
    while output.writes.hasMark, context.channel.isWritable, let connection, state == .open {
      do throws(TransportError) {
        let promise = try encryptBatch(connection)
        closing.postpone(context, self)
        send(context, connection.takeOutgoing(), promise)
      } catch {
        fail(context, error)
      }
    }
    if state == .open, !output.writes.hasMark { endOutputIfAsked(context) }
  }

  /// Sends what the library has to say, if anything.
  func sendCiphertext(_ context: ChannelHandlerContext) {
    guard let ciphertext = connection?.takeOutgoing() else { return }
    context.writeAndFlush(wrapOutboundOut(ciphertext), promise: nil)
  }

  private func send(
    _ context: ChannelHandlerContext, _ ciphertext: ByteBuffer?, _ promise: EventLoopPromise<Void>?
  ) {
    // Without ciphertext (only empty writes) the promise still keeps its place in the order.
    context.writeAndFlush(wrapOutboundOut(ciphertext ?? ByteBuffer()), promise: promise)
  }

  /// Encrypts up to `Record.batchCount` records; the promise is for all writes that end in them.
  private func encryptBatch(
    _ connection: TLSConnection
  ) throws(TransportError) -> EventLoopPromise<Void>? {
    var promise: EventLoopPromise<Void>?
    var room = Record.batchCount * Record.plaintextCountMax
    while room > 0, output.writes.hasMark {
      let plaintext: ByteBuffer
      if output.isNextWorthARecord {
        let write = output.take(room)
        promise.setOrCascade(to: write.promise)
        plaintext = write.plaintext
      } else {
        plaintext = gather(&promise)
      }
      room -= plaintext.readableBytes
      guard plaintext.readableBytes > 0 else { continue }
      connection.reserve(plaintext.readableBytes + Record.batchCount * Record.overhead)
      try encrypt(plaintext, connection)
    }
    return promise
  }

  private func encrypt(
    _ plaintext: ByteBuffer, _ connection: TLSConnection
  ) throws(TransportError) {
    let result = plaintext.withUnsafeReadableBytes { bytes in
      Result { () throws(TransportError) in try connection.write(bytes) }
    }
    try result.get()
  }

  /// Puts small writes (a head, a body, an end) into one record.
  private func gather(_ promise: inout EventLoopPromise<Void>?) -> ByteBuffer {
    var gathered = ByteBuffer()
    while output.writes.hasMark, gathered.readableBytes < Record.plaintextCountMax {
      let write = output.take(Record.plaintextCountMax - gathered.readableBytes)
      promise.setOrCascade(to: write.promise)
      gathered.writeImmutableBuffer(write.plaintext)
    }
    return gathered
  }
}
