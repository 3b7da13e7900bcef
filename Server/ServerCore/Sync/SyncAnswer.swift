private import Foundation
package import OperationLog
package import SyncProtocol

package enum SyncOutcome: Sendable {
  case answer(SyncAnswer)
  /// The session has ended, perhaps while the request waited.
  case unauthorized
  /// More operations than a request may hold.
  case tooLarge
  /// The token is not one of this account's.
  case malformedToken
  /// Too many requests of this account wait already.
  case tooManyWaiters
}

package struct SyncAnswer: Hashable, Sendable {
  package var refusals: [Refusal] = []
  /// The operations as they go on the wire: fields 2 of a `SyncResponse`, one after the other.
  ///
  /// The body of the answer is these bytes followed by the bytes of `message`, for protobuf
  /// messages that follow one another are one message.
  package var operationBytes: [UInt8] = []
  package var operationCount = 0
  package var liveCount = 0
  package var heads: [KnownDevice] = []
  package var stateDigest = StateDigest()
  /// Unix time in milliseconds.
  package var serverTime: Int64 = 0
  package var greatestTimestamp = Timestamp.zero
  /// Of the account's keys document.
  package var keysVersion = 0
  /// The disk has changed that document.
  package var areKeysDamaged = false
  /// Operations that are damaged here, and missing until somebody sends them again.
  package var damaged: [OperationID] = []
  /// Empty at the end.
  package var token: [UInt8] = []
  /// Operations that were found damaged on the way, and set aside: for the server's log alone, as
  /// `corrections`.
  package var damagedCount = 0
  /// One sentence for each kind of thing that was noted wrongly, and put right.
  package var corrections: [String] = []

  private static let damagedMax = 100

  package init() {}

  /// All of the answer that travels, but its operations.
  package var message: WireSyncResponse {
    var message = WireSyncResponse()
    message.refusals = refusals.map(\.message)
    message.heads = heads.map(\.message)
    message.stateDigest = Data(stateDigest.bytes)
    message.serverTime = serverTime
    message.token = Data(token)
    message.liveCount = UInt32(liveCount)
    message.greatestTimestamp = greatestTimestamp.rawValue
    message.keysVersion = UInt64(clamping: keysVersion)
    message.keysDamaged = areKeysDamaged
    message.damaged = damaged.prefix(Self.damagedMax).map { id in
      var name = WireOperationName()
      (name.device, name.sequence) = (id.device.rawValue, id.sequence.rawValue)
      return name
    }
    return message
  }
}

/// An operation that was not accepted.
package struct Refusal: Hashable, Sendable {
  package let device: UInt64
  package let sequence: UInt64
  package let reason: Reason

  package init(device: UInt64, sequence: UInt64, reason: Reason) {
    self.device = device
    self.sequence = sequence
    self.reason = reason
  }

  package enum Reason: Hashable, Sendable {
    case fork
    case timestamp
    case gap
    case malformed
    case quota
    /// Kept as a stub, so that the device's sequence stays dense.
    case erased
  }

  var message: WireRefusal {
    var message = WireRefusal()
    message.device = device
    message.sequence = sequence
    message.reason =
      switch reason {
      case .fork: .fork
      case .timestamp: .timestamp
      case .gap: .gap
      case .malformed: .malformed
      case .quota: .quota
      case .erased: .erased
      }
    return message
  }
}
