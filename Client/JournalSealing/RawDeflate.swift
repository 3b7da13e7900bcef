internal import CZlib

/// Deflate without a frame (RFC 1951), for one short message at a time, with the dictionary of
/// payloads before it.
enum RawDeflate {
  /// `prefix` and the deflated bytes; `nil` unless both together are at most `countMax` long.
  static func deflated(_ bytes: [UInt8], prefix: UInt8, countMax: Int) -> [UInt8]? {
    guard countMax > 1, let stream = DeflateStreams.shared.take(forCount: bytes.count)
    else { return nil }
    defer { DeflateStreams.shared.giveBack(stream) }
    guard setDictionary(&stream.state.pointee, deflateSetDictionary) else { return nil }
    var ended = false
    let output = [UInt8](unsafeUninitializedCapacity: countMax) { buffer, count in
      buffer[0] = prefix
      let space = UnsafeMutableBufferPointer(rebasing: buffer[1...])
      ended = run(&stream.state.pointee, from: bytes[...], into: space, deflate) == Z_STREAM_END
      count = countMax - Int(stream.state.pointee.avail_out)
    }
    return ended ? output : nil
  }

  /// Inflates all of `bytes` to at most `countMax`.
  static func inflated(
    _ bytes: ArraySlice<UInt8>, countMax: Int
  ) throws(PayloadError) -> [UInt8] {
    // Prose shrinks to a half or third: one guess serves nearly all. What does not fit is inflated
    // again with more room, so that a small bomb never makes us take much memory at once.
    var capacity = min(max(bytes.count * 4, 1024), countMax)
    while true {
      if let output = try inflated(bytes, capacity: capacity) { return output }
      guard capacity < countMax else { throw .tooLarge(limit: countMax) }
      capacity = min(capacity * 8, countMax)
    }
  }

  /// `nil` if there is more than fits.
  private static func inflated(
    _ bytes: ArraySlice<UInt8>, capacity: Int
  ) throws(PayloadError) -> [UInt8]? {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .malformedDeflate }
    defer { inflateEnd(&stream) }
    guard setDictionary(&stream, inflateSetDictionary) else { throw .malformedDeflate }
    var status = Z_OK
    let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      status = run(&stream, from: bytes, into: buffer, inflate)
      count = capacity - Int(stream.avail_out)
    }
    switch status {
    case Z_STREAM_END where stream.avail_in == 0: return output
    case Z_BUF_ERROR, Z_OK:
      if stream.avail_out == 0 { return nil }
      throw .truncated
    default: throw .malformedDeflate
    }
  }

  private static func run(
    _ stream: inout z_stream, from input: ArraySlice<UInt8>,
    into output: UnsafeMutableBufferPointer<UInt8>,
    _ work: (UnsafeMutablePointer<z_stream>, Int32) -> Int32
  ) -> Int32 {
    input.withUnsafeBufferPointer { input in
      // zlib reads its input only, but is declared without saying so.
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      return work(&stream, Z_FINISH)
    }
  }

  private static func setDictionary(
    _ stream: inout z_stream,
    _ set: (UnsafeMutablePointer<z_stream>, UnsafePointer<UInt8>, UInt32) -> Int32
  ) -> Bool {
    PayloadDictionary.bytes.withUnsafeBufferPointer { dictionary in
      guard let start = dictionary.baseAddress else { return false }
      return set(&stream, start, UInt32(dictionary.count)) == Z_OK
    }
  }
}
