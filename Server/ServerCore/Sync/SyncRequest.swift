private import Foundation
package import OperationLog
package import SyncProtocol

/// What a client asks of `POST /v1/sync`, read and checked as far as one message alone allows.
package struct SyncRequest: Sendable {
  package var have: [KnownDevice] = []
  package var operations: [PushedOperation] = []
  package var waitSeconds = 0
  /// Empty for none.
  package var token: [UInt8] = []
  package var live = false
  package var rebuild = false
  package var pushOnly = false

  package init() {}

  /// `nil` if the message is malformed; single operations that are become `.malformed` ones.
  package init?(_ message: WireSyncRequest, account: AccountID) {
    guard message.have.reduce(0, { $0 + $1.beyond.count }) <= 2 * ProtocolLimits.haveRangesMax
    else { return nil }
    for known in message.have {
      guard let device = KnownDevice(known), have.last.map({ $0.device < device.device }) ?? true
      else { return nil }
      have.append(device)
    }
    operations = message.operations.map { PushedOperation($0, account: account) }
    waitSeconds = min(Int(message.wait), ProtocolLimits.waitSecondsMax)
    token = [UInt8](message.token)
    live = message.live
    rebuild = message.rebuild
    pushOnly = message.pushOnly
  }
}

/// An operation to store.
package enum PushedOperation: Hashable, Sendable {
  /// `envelope` is `EnvelopeBytes`, and stored as it is.
  case readable(header: OperationHeader, envelope: [UInt8], isStub: Bool)
  /// Device and sequence as far as they can be made out, else zero.
  case malformed(device: UInt64, sequence: UInt64)

  package init(_ envelope: Envelope) {
    self = .readable(
      header: envelope.header,
      envelope: EnvelopeBytes.encode(header: envelope.header.wireBytes, sealed: envelope.sealed),
      isStub: envelope.isStub)
  }

  package init(_ message: WireEnvelope, account: AccountID) {
    let bytes = [UInt8](message.header)
    guard message.sealed.count <= Envelope.sealedBytesMax,
      let header = OperationHeader(wireBytes: bytes, account: account)
    else {
      var reader = ByteReader(bytes.dropFirst())
      self = .malformed(device: reader.integer() ?? 0, sequence: reader.integer() ?? 0)
      return
    }
    self = .readable(
      header: header, envelope: EnvelopeBytes.encode(header: bytes, sealed: message.sealed),
      isStub: message.sealed.isEmpty)
  }
}
