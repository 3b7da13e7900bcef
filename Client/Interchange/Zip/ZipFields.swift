/// Reads the little-endian numbers of zip's headers, one after the other.
struct ZipFields {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) {
    rest = Array(bytes)[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func uint16() throws(ZipError) -> Int { Int(truncatingIfNeeded: try number(2)) }

  mutating func uint32() throws(ZipError) -> UInt32 { UInt32(truncatingIfNeeded: try number(4)) }

  /// A size or a place; what no file can have is damage.
  mutating func size(_ width: Int) throws(ZipError) -> Int {
    guard let size = Int(exactly: try number(width)), size < 1 << 56 else {
      throw ZipError(.damaged)
    }
    return size
  }

  mutating func bytes(_ count: Int) throws(ZipError) -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw ZipError(.damaged) }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private mutating func number(_ width: Int) throws(ZipError) -> UInt64 {
    try bytes(width).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
