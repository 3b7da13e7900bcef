internal import OperationLog
internal import ServerCore

/// Known sequences as a device's row keeps them: nearly always only the last one.
enum SequencesCoding {
  static func beyond(of sequences: KnownSequences) -> [UInt8] {
    var bytes: [UInt8] = []
    for range in sequences.beyond {
      bytes.append(bigEndian: range.lowerBound.rawValue)
      bytes.append(bigEndian: range.upperBound.rawValue)
    }
    return bytes
  }

  /// None at all if the row is damaged: the operations show what the device has.
  static func decode(gapless: Int64, beyond: [UInt8]) -> KnownSequences {
    var reader = ByteReader(beyond)
    var ranges: [ClosedRange<Sequence>] = []
    while let lower = reader.integer(UInt64.self), let upper = reader.integer(UInt64.self) {
      guard lower >= 1, lower <= upper, upper <= Sequence.max.rawValue else {
        return KnownSequences()
      }
      ranges.append(Sequence(lower)...Sequence(upper))
    }
    guard reader.isAtEnd, gapless >= 0, gapless <= Int64(Sequence.max.rawValue) else {
      return KnownSequences()
    }
    return KnownSequences(gapless: Sequence(UInt64(gapless)), beyond: ranges)
  }
}
