import OperationLog

/// One thing in the journal: 128 random bits, or for imports derived from the source.
///
/// Printed as 32 lower-case hexadecimal digits, for people as the shortest unique prefix.
package struct RecordID: InlineBytes {
  package static let count = 16
  package let number: UInt128

  package init(number: UInt128) {
    self.number = number
  }

  package static func random() -> RecordID {
    RecordID(number: .random(in: .min ... .max))
  }

  package static func random(using generator: inout some RandomNumberGenerator) -> RecordID {
    RecordID(number: UInt128(generator.next()) << 64 | UInt128(generator.next()))
  }
}
