private import Foundation
import OperationLog
import SyncProtocol

/// What the server says it knows.
struct Heads {
  private(set) var byDevice: [DeviceID: KnownDevice] = [:]
  let stateDigest: StateDigest
  /// What its disk has damaged, so that it lacks it, and which nobody has sent again yet.
  let damaged: Set<OperationID>
  let areKeysDamaged: Bool

  /// Throws `.malformedAnswer` if it makes no sense.
  init(_ answer: WireSyncResponse) throws {
    guard let digest = StateDigest([UInt8](answer.stateDigest)) else {
      throw SyncFailure(.malformedAnswer, detail: "its state digest is none")
    }
    stateDigest = digest
    damaged = Set(
      answer.damaged.map {
        OperationID(device: DeviceID(rawValue: $0.device), sequence: Sequence($0.sequence))
      })
    areKeysDamaged = answer.keysDamaged
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
