internal import Foundation
internal import NIOCore
internal import SyncProtocol

extension ProblemDetails {
  /// As JSON.
  var body: ByteBuffer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings and a number always encode.
    return ByteBuffer(bytes: (try? encoder.encode(self)) ?? Data("{}".utf8))
  }
}
