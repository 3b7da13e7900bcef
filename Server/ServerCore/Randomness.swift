/// Where secrets come from: injected, so that a test can repeat itself from a seed.
package struct Randomness: Sendable {
  /// As many random bytes as asked for.
  package let bytes: @Sendable (_ count: Int) -> [UInt8]

  package init(bytes: @escaping @Sendable (_ count: Int) -> [UInt8]) {
    self.bytes = bytes
  }

  /// The operating system's.
  package static let system = Randomness { count in
    (0..<count).map { _ in UInt8.random(in: .min ... .max) }
  }
}
