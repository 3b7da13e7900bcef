internal import OperationLog

/// Where an answer in pages goes on. All of it travels, so the server remembers nothing, and the
/// answer stays within the heads that its first page saw.
///
/// It is opaque to clients but no secret: whoever changes it gets other operations of the same
/// account, for the account comes from the session and must be the one named here.
///
/// | bytes | field |
/// |---|---|
/// | 1 | format, 1 |
/// | 16 | account id |
/// | 1 | phase |
/// | 8 | number of operations erased when the answer began |
/// | 4 | index of the range to go on in |
/// | 8 | sequence to go on with |
/// | 24 each | ranges: device, first and last sequence |
struct PageToken: Hashable, Sendable {
  enum Phase: UInt8 {
    case all = 0
    case live = 1
    case superseded = 2

    var filter: OperationFilter {
      switch self {
      case .all: .all
      case .live: .live
      case .superseded: .superseded
      }
    }
  }

  private static let format: UInt8 = 1

  let account: AccountID
  var phase: Phase
  let erasedCount: UInt64
  var rangeIndex = 0
  var sequence = Sequence.none
  let ranges: [DeviceRange]

  init(account: AccountID, phase: Phase, erasedCount: Int, ranges: [DeviceRange]) {
    self.account = account
    self.phase = phase
    self.erasedCount = UInt64(erasedCount)
    self.ranges = ranges
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = [Self.format]
    bytes.reserveCapacity(38 + 24 * ranges.count)
    bytes += account.bytes
    bytes.append(phase.rawValue)
    bytes.append(bigEndian: erasedCount)
    bytes.append(bigEndian: UInt32(rangeIndex))
    bytes.append(bigEndian: sequence.rawValue)
    for range in ranges {
      bytes.append(bigEndian: range.device.rawValue)
      bytes.append(bigEndian: range.sequences.lowerBound.rawValue)
      bytes.append(bigEndian: range.sequences.upperBound.rawValue)
    }
    return bytes
  }

  /// `nil` for whatever was not made for this account.
  init?(_ bytes: [UInt8], account: AccountID, rangesMax: Int) {
    var reader = ByteReader(bytes)
    guard reader.integer(UInt8.self) == Self.format, reader.fixed(AccountID.self) == account,
      let phase = reader.integer(UInt8.self).flatMap(Phase.init(rawValue:)),
      let erasedCount = reader.integer(UInt64.self),
      let rangeIndex = reader.integer(UInt32.self),
      let sequence = reader.integer(UInt64.self), sequence <= Sequence.max.rawValue,
      reader.remaining.isMultiple(of: 24), reader.remaining / 24 <= rangesMax,
      rangeIndex < reader.remaining / 24
    else { return nil }
    var ranges: [DeviceRange] = []
    ranges.reserveCapacity(reader.remaining / 24)
    while let device = reader.integer(UInt64.self), let lower = reader.integer(UInt64.self),
      let upper = reader.integer(UInt64.self)
    {
      guard lower >= 1, lower <= upper, upper <= Sequence.max.rawValue else { return nil }
      ranges.append(
        DeviceRange(
          device: DeviceID(rawValue: device), sequences: Sequence(lower)...Sequence(upper)))
    }
    self.account = account
    self.phase = phase
    self.erasedCount = erasedCount
    self.rangeIndex = Int(rangeIndex)
    self.sequence = Sequence(sequence)
    self.ranges = ranges
  }
}
