/// Random numbers that are the same on every run, so that a journal always gives the same text:
/// SplitMix64 from a fixed seed.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
struct Randomness {
  private var state: UInt64

  init(seed: UInt64 = 0x45_62_62) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Below a bound of at least 1; the bias, less than 2^-40 for bounds here, does not matter.
  ///
  /// Source: Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29:1, 2019.
  mutating func next(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Fisher and Yates, as in Knuth, The Art of Computer Programming 2, 3.4.2 P.
  mutating func shuffle(_ items: inout [Int]) {
    for index in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(index, next(below: index + 1))
    }
  }
}
