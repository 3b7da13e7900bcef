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

  static func decode(gapless: Int64, beyond: [UInt8]) throws -> KnownSequences {
    var reader = ByteReader(beyond)
    var ranges: [ClosedRange<Sequence>] = []
    while let lower = reader.integer(UInt64.self), let upper = reader.integer(UInt64.self) {
      guard lower >= 1, lower <= upper, upper <= Sequence.max.rawValue else { throw damaged }
      ranges.append(Sequence(lower)...Sequence(upper))
    }
    guard reader.isAtEnd, gapless >= 0, gapless <= Int64(Sequence.max.rawValue) else {
      throw damaged
    }
    return KnownSequences(gapless: Sequence(UInt64(gapless)), beyond: ranges)
  }

  private static var damaged: StorageError {
    StorageError(.damaged, "A device's sequences in the server's database are damaged.")
  }
}
