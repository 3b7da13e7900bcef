import COpenSSL
import NIOCore

/// The library's view of the network: it reads ciphertext from one buffer and appends to another.
///
/// Its own memory BIO would copy every byte once more in each direction.
final class BufferBIO {
  var incoming = ByteBuffer()
  var outgoing = ByteBuffer()

  func receive(_ ciphertext: ByteBuffer) {
    if incoming.readableBytes == 0 {
      incoming = ciphertext
    } else {
      incoming.writeImmutableBuffer(ciphertext)
    }
  }

  /// A BIO over these buffers, which must outlive it; the caller owns it.
  func makeBIO() -> OpaquePointer? {
    let bio = BIO_new(Self.method)
    BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
    BIO_set_init(bio, 1)
    return bio
  }

  /// Made once and never changed or freed.
  private nonisolated(unsafe) static let method: OpaquePointer? = {
    let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "ByteBuffer")
    BIO_meth_set_read(method) { bio, bytes, count in
      guard let buffers = BufferBIO.of(bio), let bytes, count > 0 else { return -1 }
      COpenSSL_BIO_clear_retry_flags(bio)
      let taken = buffers.take(UnsafeMutableRawBufferPointer(start: bytes, count: Int(count)))
      if taken == 0 {
        COpenSSL_BIO_set_retry_read(bio)
        return -1
      }
      return Int32(taken)
    }
    BIO_meth_set_write(method) { bio, bytes, count in
      guard let buffers = BufferBIO.of(bio), let bytes, count > 0 else { return -1 }
      COpenSSL_BIO_clear_retry_flags(bio)
      buffers.outgoing.writeBytes(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
      return count
    }
    BIO_meth_set_ctrl(method) { _, command, _, _ in
      // Nothing to flush: the handler takes what was written.
      command == BIO_CTRL_FLUSH ? 1 : 0
    }
    return method
  }()

  private static func of(_ bio: OpaquePointer?) -> BufferBIO? {
    BIO_get_data(bio).map { Unmanaged<BufferBIO>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Moves as many received bytes into `room` as there are and as fit.
  private func take(_ room: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(room.count, incoming.readableBytes)
    incoming.readWithUnsafeReadableBytes { bytes in
      room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      return count
    }
    if incoming.readableBytes == 0 { incoming = ByteBuffer() }  // gives the memory back
    return count
  }
}
