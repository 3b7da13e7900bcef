/// Reads big-endian fields from bytes that came from anywhere; a short input is `nil`, never a
/// trap.
package struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  package init(_ bytes: some Collection<UInt8>) {
    self.bytes = ArraySlice(bytes)
    position = self.bytes.startIndex
  }

  package var remaining: Int { bytes.endIndex - position }

  package var isAtEnd: Bool { remaining == 0 }

  package mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
    _: Value.Type = Value.self
  ) -> Value? {
    guard let field = slice(MemoryLayout<Value>.size) else { return nil }
    return field.reduce(0) { Value(truncatingIfNeeded: UInt64($0) << 8) | Value($1) }
  }

  package mutating func slice(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, remaining >= count else { return nil }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  package mutating func fixed<Value: FixedBytes>(_: Value.Type = Value.self) -> Value? {
    slice(Value.count).flatMap(Value.init)
  }
}

extension [UInt8] {
  /// Appends a number's bytes, the most significant first.
  package mutating func append<Value: FixedWidthInteger & UnsignedInteger>(bigEndian value: Value) {
    for shift in stride(from: Value.bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: value >> Value(shift)))
    }
  }
}
