internal import Crypto
import OperationLog

/// HMAC-SHA256 (RFC 2104) that has taken in its key, for many short messages.
///
/// The two hashers that know the key are copied for each message, which costs half of what
/// starting from the key does. A value is cheap to copy and may be shared between threads.
struct KeyedHash: Sendable {
  private var inner = SHA256()
  private var outer = SHA256()

  /// - Parameter key: at most 64 bytes, the block of SHA-256; every key here is 32.
  init(key: SymmetricKey) {
    key.withUnsafeBytes { key in
      precondition(key.count <= SHA256.blockByteCount, "a key longer than a block is not hashed")
      var block = [UInt8](repeating: 0x36, count: SHA256.blockByteCount)
      for (index, byte) in key.enumerated() { block[index] ^= byte }
      block.withUnsafeBytes { inner.update(bufferPointer: $0) }
      for index in block.indices { block[index] ^= 0x36 ^ 0x5c }
      block.withUnsafeBytes { outer.update(bufferPointer: $0) }
    }
  }

  mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { inner.update(bufferPointer: $0) }
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    inner.update(bufferPointer: bytes)
  }

  mutating func update(_ byte: UInt8) {
    withUnsafeBytes(of: byte) { inner.update(bufferPointer: $0) }
  }

  mutating func update(_ digest: SHA256Digest) {
    digest.withUnsafeBytes { inner.update(bufferPointer: $0) }
  }

  consuming func finalize() -> SHA256Digest {
    inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
    return outer.finalize()
  }
}

extension SHA256Digest {
  /// Its first bytes, as a shorter digest or tag.
  func prefixed<Value: InlineBytes>(_: Value.Type = Value.self) -> Value {
    let value = withUnsafeBytes { Value(UnsafeRawBufferPointer(rebasing: $0[..<Value.count])) }
    guard let value else {
      preconditionFailure("no digest is longer than 32 bytes")
    }
    return value
  }
}
