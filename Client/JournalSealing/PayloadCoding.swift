internal import Foundation
package import JournalModel
internal import OperationLog
internal import SwiftProtobuf
internal import SyncProtocol

/// The bytes of a payload.
///
/// | bytes | field |
/// |---|---|
/// | 1 | encoding of what follows: 0 as it is, 1 raw deflate (RFC 1951) after `PayloadDictionary` |
/// | rest | the message `Payload` of payload.proto |
///
/// Encoding is canonical: writes ascend by the bytes of their register's name, `seen` ascends, and
/// deflating is chosen where it makes the payload smaller. Decoding takes any order. Bytes that
/// came from elsewhere are kept as they are, so a payload is never encoded anew to be sent on.
package enum PayloadCoding {
  private static let plain: UInt8 = 0
  private static let deflated: UInt8 = 1

  /// The first byte and the message, undeflated.
  package static let bytesMax = ProtocolLimits.payloadBytesMax

  package static func encode(_ change: RecordChange) throws(ChangeError) -> [UInt8] {
    let message = try EncodedPayload(change)
    do {
      return try encode(message)
    } catch {
      throw .payloadTooLarge(bytes: error.bytes, limit: bytesMax)
    }
  }

  package static func decode(_ payload: [UInt8]) throws(PayloadError) -> RecordChange {
    try RecordChange(message(in: payload))
  }

  /// Gives operations in `seen` their new names, and returns the payload with what it then says.
  ///
  /// What this version does not know is kept. Without a name to change, so is every byte.
  static func rename(
    _ renaming: [OperationID: OperationID], in payload: [UInt8]
  ) throws -> (payload: [UInt8], change: RecordChange) {
    var message = try message(in: payload)
    guard message.rename(renaming) else { return (payload, try RecordChange(message)) }
    do {
      return (try encode(message), try RecordChange(message))
    } catch let error as TooLarge {
      throw ChangeError.payloadTooLarge(bytes: error.bytes, limit: bytesMax)
    }
  }

  private struct TooLarge: Error {
    let bytes: Int
  }

  private static func encode(_ message: EncodedPayload) throws(TooLarge) -> [UInt8] {
    // Every field has a value and there are no extensions: serializing cannot fail, but for size.
    guard let bytes: [UInt8] = try? message.serializedBytes() else {
      throw TooLarge(bytes: Int(Int32.max))
    }
    guard bytes.count < bytesMax else { throw TooLarge(bytes: bytes.count + 1) }
    if let smaller = RawDeflate.deflated(bytes, prefix: deflated, countMax: bytes.count) {
      return smaller
    }
    return [plain] + bytes
  }

  private static func message(in payload: [UInt8]) throws(PayloadError) -> EncodedPayload {
    guard payload.count <= bytesMax else { throw .tooLarge(limit: bytesMax) }
    guard let encoding = payload.first else { throw .truncated }
    let bytes: [UInt8]
    switch encoding {
    case plain: bytes = Array(payload.dropFirst())
    case deflated: bytes = try RawDeflate.inflated(payload.dropFirst(), countMax: bytesMax - 1)
    default: throw .unknownEncoding(encoding)
    }
    let counts = PayloadCounts(message: bytes)
    guard counts.writes <= PayloadCounts.writesMax else {
      throw .tooMany(limit: PayloadCounts.writesMax)
    }
    guard counts.seen <= PayloadCounts.seenMax else {
      throw .tooMany(limit: PayloadCounts.seenMax)
    }
    guard let message = try? EncodedPayload(serializedBytes: bytes)
    else { throw .malformedMessage }
    return message
  }
}
