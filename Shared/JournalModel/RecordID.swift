import OperationLog

/// One thing in the journal: 128 random bits, or for imports derived from the source.
///
/// Printed as 32 lower-case hexadecimal digits, for people as the shortest unique prefix.
package struct RecordID: FixedBytes {
  package static let count = 16
  package let bytes: [UInt8]

  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = Array(bytes)
  }

  package static func random(using generator: inout some RandomNumberGenerator) -> RecordID {
    RecordID(high: generator.next(), low: generator.next())
  }

  private init(high: UInt64, low: UInt64) {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: high)
    bytes.append(bigEndian: low)
    self.bytes = bytes
  }
}
