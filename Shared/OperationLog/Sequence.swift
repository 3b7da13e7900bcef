/// The number of an operation among those of its device: dense from 1, never reused.
///
/// Zero stands for "none yet". At most `Sequence.max` (2^40 - 1), which one operation a
/// millisecond reaches after 34 years.
package struct Sequence: Hashable, Comparable, Sendable {
  package let rawValue: UInt64

  package init(_ rawValue: UInt64) {
    self.rawValue = rawValue
  }

  package static let none = Sequence(0)
  package static let first = Sequence(1)
  package static let max = Sequence((1 << 40) - 1)

  package var next: Sequence { Sequence(rawValue + 1) }

  package static func < (left: Sequence, right: Sequence) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Sequence: CustomStringConvertible {
  package var description: String { String(rawValue) }
}
