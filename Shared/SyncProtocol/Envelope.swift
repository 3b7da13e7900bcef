package import OperationLog
private import Foundation
private import SwiftProtobuf

/// A sealed operation, as it travels and as the server stores it.
package struct Envelope: Hashable, Sendable {
  package var header: OperationHeader
  /// Empty for a stub: what remains of an erased operation.
  package var sealed: [UInt8]

  package init(header: OperationHeader, sealed: [UInt8]) {
    self.header = header
    self.sealed = sealed
  }

  package var isStub: Bool { sealed.isEmpty }
}

extension Envelope {
  /// Padding and the authentication tag make a sealed payload this much longer at most.
  package static let sealedBytesMax = ProtocolLimits.payloadBytesMax + (512 << 10)

  /// Reads an envelope of the session of `account`; `nil` if the header is malformed or the
  /// sealed payload too large.
  package init?(_ message: WireEnvelope, account: AccountID) {
    guard message.sealed.count <= Self.sealedBytesMax,
      let header = OperationHeader(wireBytes: [UInt8](message.header), account: account)
    else { return nil }
    self.init(header: header, sealed: [UInt8](message.sealed))
  }

  package var message: WireEnvelope {
    .with {
      $0.header = Data(header.wireBytes)
      $0.sealed = Data(sealed)
    }
  }
}
