/// Randomness that a failing test can name and repeat: SplitMix64.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
package struct SeededGenerator: RandomNumberGenerator {
  /// The number to start from again.
  package let seed: UInt64
  private var state: UInt64

  /// - Parameter seed: another each time, unless it is named.
  package init(seed: UInt64 = .random(in: .min ... .max)) {
    self.seed = seed
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

extension SeededGenerator {
  /// The seeds of a seeded test: fixed ones, and one of this very run, so that every run tries
  /// something new. A failure prints its argument, the seed.
  package static var seeds: [UInt64] { [1, 2, 3, .random(in: .min ... .max)] }
}
