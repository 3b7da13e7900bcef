internal import CZlib
private import Synchronization

/// zlib's memory for deflating, kept for the next message: taking it anew costs about as much as
/// deflating a short one.
final class DeflateStreams: Sendable {
  static let shared = DeflateStreams()

  private let idle = Mutex<[DeflateStream]>([])

  /// A stream with nothing in it, for a message of that length.
  func take(forCount count: Int) -> DeflateStream? {
    let size = DeflateStream.Size(forCount: count)
    let found = idle.withLock { idle in
      idle.lastIndex { $0.size == size }.map { idle.remove(at: $0) }
    }
    if let found, deflateReset(found.state) == Z_OK { return found }
    return DeflateStream(size)
  }

  /// Keeps it, if it is one of few and small.
  func giveBack(_ stream: DeflateStream) {
    guard stream.size.isSmall else { return }
    idle.withLock { idle in
      idle.append(stream)
      if idle.count > Self.idleMax { idle.removeFirst() }
    }
  }

  /// More threads than that seldom deflate at once.
  private static let idleMax = 8
}

/// One stream, where zlib finds it again.
final class DeflateStream: @unchecked Sendable {
  let size: Size
  let state: UnsafeMutablePointer<z_stream>

  struct Size: Hashable {
    let windowBits: Int32
    let memoryLevel: Int32
    let level: Int32

    /// A window and hash table just large enough for that many bytes: clearing the default's 268 kB
    /// would cost more than deflating a journal entry.
    ///
    /// zlib's quickest level for what is short: 600 bytes of prose take three quarters of the time
    /// that its default takes, and become 1.5 % longer. Of 2,000 it would be 4 %.
    init(forCount count: Int) {
      let all = PayloadDictionary.bytes.count + count
      let bits = Int32(Int.bitWidth - max(all - 1, 1).leadingZeroBitCount)
      windowBits = min(max(bits, 9), MAX_WBITS)
      memoryLevel = min(max(bits - 6, 1), 8)
      level = count < 1024 ? 1 : 6
    }

    var isSmall: Bool { windowBits <= 12 }
  }

  init?(_ size: Size) {
    self.size = size
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    guard
      deflateInit2_(
        state, size.level, Z_DEFLATED, -size.windowBits, size.memoryLevel, Z_DEFAULT_STRATEGY,
        ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      state.deallocate()
      return nil
    }
  }

  deinit {
    deflateEnd(state)
    state.deallocate()
  }
}
