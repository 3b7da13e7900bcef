internal import SwiftProtobuf

extension WireSyncRequest {
  /// The bytes of the message, as they travel.
  package func encoded() throws -> [UInt8] {
    try serializedBytes()
  }
}

extension WireSyncResponse {
  /// Throws whatever the bytes lack to be the message.
  package init(decoding bytes: [UInt8]) throws {
    try self.init(serializedBytes: bytes)
  }
}
