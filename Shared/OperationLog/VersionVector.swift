/// Which operations are known: for each device the last of those known without a gap, and what
/// is known beyond a gap.
package struct VersionVector: Hashable, Sendable {
  package private(set) var knownByDevice: [DeviceID: KnownSequences]

  package init(_ knownByDevice: [DeviceID: KnownSequences] = [:]) {
    self.knownByDevice = knownByDevice.filter { $0.value != KnownSequences() }
  }

  package subscript(device: DeviceID) -> KnownSequences {
    knownByDevice[device] ?? KnownSequences()
  }

  /// The devices known of, in ascending order.
  package var devices: [DeviceID] { knownByDevice.keys.sorted() }

  package func contains(_ id: OperationID) -> Bool {
    self[id.device].contains(id.sequence)
  }

  package mutating func insert(_ id: OperationID) {
    knownByDevice[id.device, default: KnownSequences()].insert(id.sequence)
  }
}

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
    sequence != .none && sequence <= gapless || beyond.contains { $0.contains(sequence) }
  }

  package mutating func insert(_ sequence: Sequence) {
    if sequence == gapless.next && beyond.isEmpty {
      gapless = sequence
    } else {
      insert(sequence...sequence)
    }
  }

  private mutating func insert(_ range: ClosedRange<Sequence>) {
    var merged = range
    var apart: [ClosedRange<Sequence>] = []
    for other in beyond {
      if other.upperBound.next < merged.lowerBound || merged.upperBound.next < other.lowerBound {
        apart.append(other)
      } else {
        merged =
          min(merged.lowerBound, other.lowerBound)...max(merged.upperBound, other.upperBound)
      }
    }
    if merged.lowerBound <= gapless.next {
      gapless = max(gapless, merged.upperBound)
    } else {
      apart.append(merged)
    }
    beyond = apart.sorted { $0.lowerBound < $1.lowerBound }
  }
}
