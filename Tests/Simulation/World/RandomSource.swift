import TestSupport

/// Seeded randomness that closures can share. Used by one thread at a time.
final class RandomSource: @unchecked Sendable {
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 32) }
  }
}

extension SeededGenerator {
  mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }

  mutating func index(_ count: Int) -> Int {
    Int.random(in: 0..<max(count, 1), using: &self)
  }
}
