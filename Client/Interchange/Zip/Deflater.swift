private import CZlib

/// Deflates a stream without a frame (RFC 1951), piece by piece.
final class Deflater {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var buffer = [UInt8](repeating: 0, count: 1 << 15)

  /// - Throws: `ZipError` when there is no memory.
  init() throws(ZipError) {
    stream.initialize(to: z_stream())
    guard
      deflateInit2_(
        stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw ZipError(.unreadable(systemError: 12)) }
  }

  deinit {
    deflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Appends what can be written of the next piece to `output`; at the end, all there is.
  func deflate(_ piece: [UInt8], isLast: Bool, into output: inout [UInt8]) {
    piece.withUnsafeBufferPointer { input in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      var written = 0
      repeat {
        written = buffer.withUnsafeMutableBufferPointer { space in
          stream.pointee.next_out = space.baseAddress
          stream.pointee.avail_out = UInt32(space.count)
          _ = CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          return space.count - Int(stream.pointee.avail_out)
        }
        output += buffer[..<written]
      } while written == buffer.count
    }
  }
}
