/// A value that is nothing but a fixed number of bytes, compared and printed as such.
@usableFromInline
package protocol FixedBytes: Hashable, Comparable, Sendable, CustomStringConvertible {
  static var count: Int { get }
  var bytes: [UInt8] { get }

  /// `nil` unless there are exactly `count` bytes.
  init?(_ bytes: some Collection<UInt8>)
}

extension FixedBytes {
  /// Lower-case hexadecimal.
  package var description: String { Hexadecimal.text(of: bytes) }

  /// Reads exactly `2 * count` hexadecimal digits.
  package init?(hexadecimal text: String) {
    guard let bytes = Hexadecimal.bytes(text) else { return nil }
    self.init(bytes)
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

/// At most 16 bytes, kept as one number and so without memory of their own: there are many of them,
/// and they are looked up and compared all the time.
@usableFromInline package protocol InlineBytes: FixedBytes {
  /// The bytes as a number, the first being the most significant.
  var number: UInt128 { get }

  /// - Parameter number: less than 256 to the power of `count`.
  init(number: UInt128)
}

extension InlineBytes {
  @inlinable package var bytes: [UInt8] {
    withUnsafeBytes(of: (number << Self.unused).bigEndian) {
      // Of a slice an array takes its bytes one by one.
      [UInt8](UnsafeRawBufferPointer(rebasing: $0[..<Self.count]))
    }
  }

  @inlinable package init?(_ bytes: some Collection<UInt8>) {
    let read = bytes.withContiguousStorageIfAvailable { Self(UnsafeRawBufferPointer($0)) }
    guard let value = read ?? Self(Array(bytes)) else { return nil }
    self = value
  }

  // Nearly all come as one of these, which need not be specialized to be quick.

  @inlinable package init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.count else { return nil }
    var number: UInt128 = 0
    withUnsafeMutableBytes(of: &number) { $0.copyMemory(from: bytes) }
    self.init(number: UInt128(bigEndian: number) >> Self.unused)
  }

  @inlinable package init?(_ bytes: [UInt8]) {
    guard let value = bytes.withUnsafeBytes({ Self($0) }) else { return nil }
    self = value
  }

  @inlinable package init?(_ bytes: ArraySlice<UInt8>) {
    guard let value = bytes.withUnsafeBytes({ Self($0) }) else { return nil }
    self = value
  }

  @inlinable package static func < (left: Self, right: Self) -> Bool {
    left.number < right.number
  }

  /// Bits of a number that are in no byte.
  @inlinable package static var unused: Int { 128 - 8 * count }
}

extension [UInt8] {
  /// Appends a value's bytes, without an array of them in between.
  @inlinable package mutating func append<Value: InlineBytes>(bytesOf value: Value) {
    Swift.withUnsafeBytes(of: (value.number << Value.unused).bigEndian) {
      append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<Value.count]))
    }
  }
}

/// One person's journal on a server: 128 random bits, made by the client.
package struct AccountID: InlineBytes {
  package static let count = 16
  package let number: UInt128

  package init(number: UInt128) {
    self.number = number
  }
}

/// A client on a machine: 128 random bits, unlike a device the same for its whole life.
package struct InstallationID: InlineBytes {
  package static let count = 16
  package let number: UInt128

  package init(number: UInt128) {
    self.number = number
  }
}

/// A register as the server sees it: 96 bits that only the account's key relates to a record
/// and a register name.
package struct RegisterTag: InlineBytes {
  package static let count = 12
  package let number: UInt128

  package init(number: UInt128) {
    self.number = number
  }
}

/// The keyed digest of one operation, header and payload: 128 bits.
package struct OperationDigest: InlineBytes {
  package static let count = 16
  package let number: UInt128

  package init(number: UInt128) {
    self.number = number
  }
}
