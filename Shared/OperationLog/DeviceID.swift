/// One writing identity of the client: a random 64-bit number.
///
/// A clone, a fork or a restored backup gets a new one, so that two machines never issue
/// operations under the same name. Printed as 16 lower-case hexadecimal digits.
package struct DeviceID: Hashable, Comparable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Reads exactly 16 hexadecimal digits; anything else is `nil`.
  package init?(_ text: String) {
    guard let bytes = Hexadecimal.bytes(text), bytes.count == 8 else { return nil }
    self.init(rawValue: bytes.reduce(0) { $0 << 8 | UInt64($1) })
  }

  package static func < (left: DeviceID, right: DeviceID) -> Bool {
    left.rawValue < right.rawValue
  }

  package static func random(
    using generator: inout some RandomNumberGenerator
  ) -> DeviceID {
    DeviceID(rawValue: generator.next())
  }
}

extension DeviceID: CustomStringConvertible {
  package var description: String { Hexadecimal.text(of: rawValue) }
}
