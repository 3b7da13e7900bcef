/// What is wrong with the bytes of a payload.
package enum PayloadError: Error, Hashable, Sendable {
  /// The first byte names no encoding that this version knows.
  case unknownEncoding(UInt8)
  /// It ends too early.
  case truncated
  /// The deflated bytes are not what deflating makes, or more follows them.
  case malformedDeflate
  /// Encoded, or when inflated, it is larger than `limit` bytes. Nothing beyond was inflated.
  case tooLarge(limit: Int)
  /// The message is not a payload.
  case malformedMessage
  /// More writes, or more operations named as seen, than one payload may hold.
  case tooMany(limit: Int)
  /// The record's id is not 16 bytes long.
  case malformedRecord
}
