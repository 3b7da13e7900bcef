import OperationLog
import ServerCore
import SwiftProtobuf
import SyncProtocol
import TestSupport
import Testing

@Suite struct EnvelopeBytesTests {
  @Test(arguments: [0, 1, 100, 127, 128, 16_384, 300_000])
  func `what is written by hand is what protobuf writes`(_ byteCount: Int) throws {
    let account = try #require(AccountID(Array(repeating: 1, count: 16)))
    var envelope = SampleOperations(account: account)
      .envelope(device: 1, sequence: 1, milliseconds: 1, tags: [1, 2, 3], byteCount: byteCount)
    let bytes = EnvelopeBytes.encode(header: envelope.header.wireBytes, sealed: envelope.sealed)
    let expected: [UInt8] = try envelope.message.serializedBytes()
    #expect(bytes == expected)
    #expect(
      bytes.withUnsafeBytes { EnvelopeBytes.header(of: $0, account: account) } == envelope.header)
    for count in 0..<80 {
      #expect(
        bytes.prefix(count).withUnsafeBytes { EnvelopeBytes.header(of: $0, account: account) }
          == nil)
    }
    envelope = envelope.stub
    let stub: [UInt8] = try envelope.message.serializedBytes()
    #expect(EnvelopeBytes.encode(header: envelope.header.wireBytes, sealed: []) == stub)
  }
}
