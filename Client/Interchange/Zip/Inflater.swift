private import CZlib

/// Inflates a stream without a frame (RFC 1951), piece by piece.
final class Inflater {
  private(set) var isAtEnd = false
  /// zlib remembers where its stream stands, so that it must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  init() throws(ZipError) {
    stream.initialize(to: z_stream())
    guard
      inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw ZipError(.unreadable(systemError: 12)) }
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Passes on what the next piece inflates to, until `body` has enough: then false.
  ///
  /// - Throws: `ZipError` for what is no deflated data, or goes on after its end.
  func inflate(
    _ piece: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Bool
  ) throws -> Bool {
    guard !isAtEnd else { throw ZipError(.damaged) }
    var start = piece.startIndex
    while true {
      let (status, read, written) = step(piece[start...])
      start += read
      switch status {
      case Z_STREAM_END:
        isAtEnd = true
        guard start == piece.endIndex else { throw ZipError(.damaged) }
      // Nothing more can be done with what is there.
      case Z_OK, Z_BUF_ERROR: break
      default: throw ZipError(.damaged)
      }
      if written > 0, try !body(buffer[..<written]) { return false }
      if isAtEnd || written < buffer.count && start == piece.endIndex { return true }
      if read == 0 && written == 0 { throw ZipError(.damaged) }
    }
  }

  private func step(_ input: ArraySlice<UInt8>) -> (status: Int32, read: Int, written: Int) {
    input.withUnsafeBufferPointer { input in
      buffer.withUnsafeMutableBufferPointer { output in
        // zlib reads its input only, but is declared without saying so.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        return (
          status, input.count - Int(stream.pointee.avail_in),
          output.count - Int(stream.pointee.avail_out)
        )
      }
    }
  }
}
