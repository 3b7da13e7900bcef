/// The key of one journal: 32 random bytes, made with the database and never changed.
///
/// Everything sealed, tagged and digested for the account derives from it.
package struct AccountKey: Hashable, Sendable, Secret {
  package static let count = 32

  /// The secret itself, for the database alone.
  package let bytes: [UInt8]

  /// `nil` unless there are exactly 32 bytes.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    self.bytes = Array(bytes)
  }

  package static func random(using generator: inout some RandomNumberGenerator) -> AccountKey {
    AccountKey(
      unchecked: (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  private init(unchecked bytes: [UInt8]) {
    self.bytes = bytes
  }
}
