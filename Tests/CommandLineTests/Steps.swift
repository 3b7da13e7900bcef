import Foundation

/// Numbers to try, without end: all of them with `EBB_THOROUGH=1` in the environment, else some, ever
/// further apart.
struct Steps: Sequence, IteratorProtocol {
  private var number: Int

  init(from number: Int) { self.number = number }

  mutating func next() -> Int? {
    defer { number += isThorough ? 1 : Swift.max(1, number / 2) }
    return number
  }
}

/// Whether all faults are tried, rather than some of each kind.
let isThorough = ProcessInfo.processInfo.environment["EBB_THOROUGH"] == "1"
