private import Foundation
import OperationLog
import SyncProtocol

/// What the server says it knows.
struct Heads {
  private(set) var byDevice: [DeviceID: KnownDevice] = [:]
  let stateDigest: StateDigest

  /// Throws `.malformedAnswer` if it makes no sense.
  init(_ answer: WireSyncResponse) throws {
    guard let digest = StateDigest([UInt8](answer.stateDigest)) else {
      throw SyncFailure(.malformedAnswer, detail: "its state digest is none")
    }
    stateDigest = digest
    for message in answer.heads {
      guard let head = KnownDevice(message) else {
        throw SyncFailure(.malformedAnswer, detail: "what it says it knows cannot be read")
      }
      byDevice[head.device] = head
    }
  }

  subscript(device: DeviceID) -> KnownSequences {
    byDevice[device]?.sequences ?? KnownSequences()
  }
}

extension KnownSequences {
  /// What is known here and not there, as ascending ranges that lie apart.
  func ranges(missingIn other: KnownSequences) -> [ClosedRange<Sequence>] {
    var missing: [ClosedRange<Sequence>] = []
    var known = other.allRanges[...]
    for range in allRanges {
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

  private var allRanges: [ClosedRange<Sequence>] {
    (gapless == .none ? [] : [Sequence.first...gapless]) + beyond
  }
}
