/// The sequences known of one device.
package struct KnownSequences: Hashable, Sendable {
  /// The last sequence of those known from 1 on; `.none` when the first is missing.
  package private(set) var gapless: Sequence
  /// Ranges known beyond the gap: ascending, apart from each other and from `gapless`.
  package private(set) var beyond: [ClosedRange<Sequence>]

  package init() {
    gapless = .none
    beyond = []
  }

  /// Brings any ranges into the form this type keeps.
  package init(gapless: Sequence, beyond: [ClosedRange<Sequence>] = []) {
    self.gapless = gapless
    self.beyond = []
    guard !beyond.isEmpty else { return }
    // One pass: a peer may send many ranges.
    for range in beyond.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound <= self.gapless.next {
        self.gapless = max(self.gapless, range.upperBound)
      } else if let last = self.beyond.last, range.lowerBound <= last.upperBound.next {
        self.beyond[self.beyond.count - 1] =
          last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        self.beyond.append(range)
      }
    }
  }

  package var last: Sequence { beyond.last?.upperBound ?? gapless }

  package var hasGap: Bool { !beyond.isEmpty }

  /// All that is known, as ascending ranges that lie apart.
  package var ranges: [ClosedRange<Sequence>] {
    (gapless == .none ? [] : [Sequence.first...gapless]) + beyond
  }

  /// The sequences missing between those known.
  package var gaps: [ClosedRange<Sequence>] {
    var gaps: [ClosedRange<Sequence>] = []
    var end = gapless
    for range in beyond {
      gaps.append(end.next...Sequence(range.lowerBound.rawValue - 1))
      end = range.upperBound
    }
    return gaps
  }

  package func contains(_ sequence: Sequence) -> Bool {
    if sequence <= gapless { return sequence != .none }
    let index = indexOfRange(endingFrom: sequence)
    return index < beyond.count && beyond[index].lowerBound <= sequence
  }

  /// Whether it is unknown and lies apart from all that is known: to insert it makes one more range.
  package func liesApart(_ sequence: Sequence) -> Bool {
    sequence > gapless.next && !contains(sequence) && !contains(sequence.next)
      && !contains(Sequence(sequence.rawValue - 1))
  }

  /// Takes logarithmic time for what comes in order, however many gaps there are.
  package mutating func insert(_ sequence: Sequence) {
    guard sequence != .none, !contains(sequence) else { return }
    let index = indexOfRange(endingFrom: sequence)
    var merged = sequence...sequence
    var touched = index..<index
    if index > 0, beyond[index - 1].upperBound.next == sequence {
      merged = beyond[index - 1].lowerBound...sequence
      touched = (index - 1)..<index
    }
    if index < beyond.count, beyond[index].lowerBound == sequence.next {
      merged = merged.lowerBound...beyond[index].upperBound
      touched = touched.lowerBound..<(index + 1)
    }
    if merged.lowerBound == gapless.next {
      gapless = merged.upperBound
      beyond.removeSubrange(touched)
    } else if touched.count == 1 {
      beyond[touched.lowerBound] = merged
    } else {
      beyond.replaceSubrange(touched, with: CollectionOfOne(merged))
    }
  }

  /// The first range beyond the gap that does not end before a sequence.
  private func indexOfRange(endingFrom sequence: Sequence) -> Int {
    // What comes in order goes to the end.
    guard let last = beyond.last, last.upperBound >= sequence else { return beyond.count }
    var (low, high) = (0, beyond.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if beyond[middle].upperBound < sequence {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

extension KnownSequences {
  /// What is known here and not there, as ascending ranges that lie apart.
  package func missing(in other: KnownSequences) -> [ClosedRange<Sequence>] {
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
