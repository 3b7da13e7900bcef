private import Crypto
package import OperationLog
package import SyncProtocol

/// Makes envelopes that hold nothing but look right: digests depend on all of the content.
package struct SampleOperations: Sendable {
  package let account: AccountID

  package init(account: AccountID) {
    self.account = account
  }

  /// An operation of a device; equal arguments make equal envelopes.
  package func envelope(
    device: UInt64, sequence: UInt64, milliseconds: Int64, tags: [Int] = [],
    erased: [ErasedOperation] = [], payload: String = "", byteCount: Int = 32
  ) -> Envelope {
    var header = OperationHeader(
      account: account, device: DeviceID(rawValue: device), sequence: Sequence(sequence),
      timestamp: Timestamp(milliseconds: milliseconds),
      tags: Set(tags).map(Self.tag).sorted(),
      erased: erased.sorted { $0.id < $1.id }, digest: Self.digest(of: []))
    let sealed = Array(payload.utf8) + Array(repeating: 0, count: byteCount)
    header.digest = Self.digest(of: header.bytesWithoutDigest + sealed)
    return Envelope(header: header, sealed: sealed)
  }

  package static func tag(_ number: Int) -> RegisterTag {
    fixed(Array("register \(number)".utf8))
  }

  private static func digest(of bytes: [UInt8]) -> OperationDigest { fixed(bytes) }

  private static func fixed<Value: FixedBytes>(_ bytes: [UInt8]) -> Value {
    guard let value = Value(Array(SHA256.hash(data: bytes)).prefix(Value.count)) else {
      fatalError("SHA-256 is longer than \(Value.self)")
    }
    return value
  }
}

extension Envelope {
  /// How an erase names the operation.
  package var asErased: ErasedOperation {
    ErasedOperation(id: header.id, digest: header.digest)
  }

  package var stub: Envelope { Envelope(header: header.stub, sealed: []) }
}
