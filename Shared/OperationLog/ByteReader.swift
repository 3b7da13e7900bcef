/// Reads big-endian fields from bytes that came from anywhere; a short input is `nil`, never a
/// trap.
package struct ByteReader {
  @usableFromInline let bytes: ArraySlice<UInt8>
  @usableFromInline var position: Int

  @inlinable package init(_ bytes: some Collection<UInt8>) {
    self.bytes = ArraySlice(bytes)
    position = self.bytes.startIndex
  }

  @inlinable package var remaining: Int { bytes.endIndex - position }

  package var isAtEnd: Bool { remaining == 0 }

  @inlinable package mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
    _: Value.Type = Value.self
  ) -> Value? {
    guard let field = slice(MemoryLayout<Value>.size) else { return nil }
    var value: Value = 0
    for byte in field { value = Value(truncatingIfNeeded: UInt64(value) << 8) | Value(byte) }
    return value
  }

  @inlinable package mutating func slice(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, remaining >= count else { return nil }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  @inlinable package mutating func fixed<Value: FixedBytes>(_: Value.Type = Value.self) -> Value? {
    slice(Value.count).flatMap(Value.init)
  }

  @inlinable package mutating func fixed<Value: InlineBytes>(
    _: Value.Type = Value.self
  ) -> Value? {
    slice(Value.count).flatMap { Value($0) }
  }
}

extension [UInt8] {
  /// Appends a number's bytes, the most significant first.
  @inlinable
  package mutating func append<Value: FixedWidthInteger & UnsignedInteger>(bigEndian value: Value) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}
