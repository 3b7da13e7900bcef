/// A hybrid logical clock value: 48 bits of Unix milliseconds above a 16-bit counter.
///
/// Compared as one 64-bit number, so a counter that overflows carries into the milliseconds.
/// Source: Kulkarni, Demirbas et al., "Logical Physical Clocks", 2014, in its 64-bit form.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The first timestamp of a millisecond; times outside 1970 to 10889 are clamped.
  package init(milliseconds: Int64) {
    let clamped = Swift.min(Swift.max(milliseconds, 0), Timestamp.millisecondsMax)
    self.init(rawValue: UInt64(clamped) << 16)
  }

  package static let zero = Timestamp(rawValue: 0)
  package static let max = Timestamp(rawValue: .max)
  package static let millisecondsMax: Int64 = (1 << 48) - 1

  /// Unix time in milliseconds.
  package var milliseconds: Int64 { Int64(rawValue >> 16) }

  package var counter: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

  /// The least greater timestamp; the greatest of all is its own successor.
  package var next: Timestamp {
    rawValue == .max ? self : Timestamp(rawValue: rawValue + 1)
  }

  /// This timestamp moved later; saturates at the greatest.
  package func advanced(byMilliseconds milliseconds: UInt64) -> Timestamp {
    guard milliseconds <= UInt64(Timestamp.millisecondsMax) else { return .max }
    let (sum, overflow) = rawValue.addingReportingOverflow(milliseconds << 16)
    return overflow ? .max : Timestamp(rawValue: sum)
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Timestamp: CustomStringConvertible {
  package var description: String { "\(milliseconds).\(counter)" }
}
