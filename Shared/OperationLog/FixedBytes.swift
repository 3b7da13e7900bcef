/// A value that is nothing but a fixed number of bytes, compared and printed as such.
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

/// One person's journal on a server: 128 random bits, made by the client.
package struct AccountID: FixedBytes {
  package static let count = 16
  package let bytes: [UInt8]

  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = Array(bytes)
  }
}

/// A client on a machine: 128 random bits, unlike a device the same for its whole life.
package struct InstallationID: FixedBytes {
  package static let count = 16
  package let bytes: [UInt8]

  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = Array(bytes)
  }
}

/// A register as the server sees it: 96 bits that only the account's key relates to a record
/// and a register name.
package struct RegisterTag: FixedBytes {
  package static let count = 12
  package let bytes: [UInt8]

  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = Array(bytes)
  }
}

/// The keyed digest of one operation, header and payload: 128 bits.
package struct OperationDigest: FixedBytes {
  package static let count = 16
  package let bytes: [UInt8]

  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = Array(bytes)
  }
}
