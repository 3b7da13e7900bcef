package import OperationLog

/// The bytes of an `Envelope` message as they travel and are stored: field 1 the header without
/// account id, field 2 the sealed payload, left out for a stub.
///
/// | bytes | field |
/// |---|---|
/// | 1 | 0x0a |
/// | 1 to 5 | length of the header, varint |
/// | … | header |
/// | 1 | 0x12 |
/// | 1 to 5 | length of the sealed payload, varint |
/// | … | sealed payload |
///
/// Written by hand so that pages leave the storage without being decoded and encoded again.
package enum EnvelopeBytes {
  private static let headerField: UInt8 = 1 << 3 | 2
  private static let sealedField: UInt8 = 2 << 3 | 2
  /// Field 2 of a `SyncResponse`.
  private static let operationField: UInt8 = 2 << 3 | 2

  package static func encode(header: [UInt8], sealed: some Collection<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(header.count + sealed.count + 12)
    bytes.append(headerField)
    append(varint: header.count, to: &bytes)
    bytes += header
    guard !sealed.isEmpty else { return bytes }
    bytes.append(sealedField)
    append(varint: sealed.count, to: &bytes)
    bytes += sealed
    return bytes
  }

  /// Reads the header only; `nil` if these are not the bytes of an envelope.
  package static func header(
    of envelope: UnsafeRawBufferPointer, account: AccountID
  ) -> OperationHeader? {
    guard envelope.first == headerField else { return nil }
    var position = 1
    guard let count = varint(in: envelope, at: &position), count <= envelope.count - position
    else { return nil }
    // Of a slice an array takes its bytes one by one.
    let header = UnsafeRawBufferPointer(rebasing: envelope[position..<(position + count)])
    return OperationHeader(wireBytes: [UInt8](header), account: account)
  }

  /// The operation that these bytes say they are; reads no further.
  static func id(of envelope: UnsafeRawBufferPointer) -> OperationID? {
    var position = 1
    guard envelope.first == headerField, varint(in: envelope, at: &position) != nil else {
      return nil
    }
    let names = UnsafeRawBufferPointer(rebasing: envelope.dropFirst(position).prefix(17))
    var reader = ByteReader([UInt8](names))
    guard reader.integer(UInt8.self) == OperationHeader.format,
      let device = reader.integer(UInt64.self), let sequence = reader.integer(UInt64.self)
    else { return nil }
    return OperationID(device: DeviceID(rawValue: device), sequence: Sequence(sequence))
  }

  /// Appends an envelope as one of the operations of an answer.
  static func append(_ envelope: UnsafeRawBufferPointer, toAnswer bytes: inout [UInt8]) {
    bytes.append(operationField)
    append(varint: envelope.count, to: &bytes)
    bytes.append(contentsOf: envelope)
  }

  private static func append(varint value: Int, to bytes: inout [UInt8]) {
    var rest = UInt64(value)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func varint(in bytes: UnsafeRawBufferPointer, at position: inout Int) -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      value |= Int(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
