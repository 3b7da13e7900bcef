package import OperationLog

/// Operations of a device that are known to have been here.
package struct MissingOperations: Hashable, Sendable {
  package var device: DeviceID
  package var sequences: ClosedRange<Sequence>

  package var count: Int { Int(sequences.upperBound.rawValue - sequences.lowerBound.rawValue) + 1 }

  package init(device: DeviceID, sequences: ClosedRange<Sequence>) {
    self.device = device
    self.sequences = sequences
  }
}

extension KnownSequences {
  /// What is known here and not there. Nothing where a damaged note claims impossibly much.
  func missing(in other: KnownSequences) -> [ClosedRange<Sequence>] {
    guard count <= 200_000 + Int(other.last.rawValue) else { return [] }
    var missing: [ClosedRange<Sequence>] = []
    for range in ranges {
      var sequence = range.lowerBound
      while sequence <= range.upperBound {
        if !other.contains(sequence) {
          if let before = missing.last, before.upperBound.next == sequence {
            missing[missing.count - 1] = before.lowerBound...sequence
          } else {
            missing.append(sequence...sequence)
          }
        }
        sequence = sequence.next
      }
    }
    return missing
  }

  private var ranges: [ClosedRange<Sequence>] {
    (gapless == .none ? [] : [.first...gapless]) + beyond
  }
}
