internal import OperationLog

/// Sequences of one device to be sent.
struct DeviceRange: Hashable, Sendable {
  let device: DeviceID
  let sequences: ClosedRange<Sequence>
}

extension KnownSequences {
  /// All that is known, as ascending ranges that lie apart.
  var ranges: [ClosedRange<Sequence>] {
    (gapless == .none ? [] : [Sequence.first...gapless]) + beyond
  }

  /// What is known here and not there, as ascending ranges that lie apart.
  func missing(in other: KnownSequences) -> [ClosedRange<Sequence>] {
    var missing: [ClosedRange<Sequence>] = []
    var known = other.ranges[...]
    for range in ranges {
      var start = range.lowerBound
      while let next = known.first, start <= range.upperBound {
        if next.upperBound < start {
          known.removeFirst()
        } else if next.lowerBound > range.upperBound {
          break
        } else {
          if next.lowerBound > start {
            missing.append(start...Sequence(next.lowerBound.rawValue - 1))
          }
          start = next.upperBound.next
        }
      }
      if start <= range.upperBound { missing.append(start...range.upperBound) }
    }
    return missing
  }
}
