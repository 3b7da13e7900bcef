private import Crypto
package import OperationLog

/// By what a server, which cannot open an operation, sees that its disk has changed one: the first
/// 8 bytes of `SHA-256(key || timestamp || digest || envelope)`, all of what is kept of it.
///
/// It finds accidents, not attackers.
package struct OperationChecksum: Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  package init(
    _ key: OperationKey, _ timestamp: Timestamp, _ digest: OperationDigest,
    _ envelope: UnsafeRawBufferPointer
  ) {
    var columns: [UInt8] = []
    columns.reserveCapacity(32)
    columns.append(bigEndian: UInt64(bitPattern: key.rawValue))
    columns.append(bigEndian: timestamp.rawValue)
    columns += digest.bytes
    var hash = SHA256()
    hash.update(data: columns)
    hash.update(bufferPointer: envelope)
    rawValue = hash.finalize().withUnsafeBytes {
      UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self))
    }
  }

  /// A single bit that differs is of the checksum itself: another operation differs in half of
  /// them.
  fileprivate func vouches(for found: OperationChecksum) -> Bool {
    (rawValue ^ found.rawValue).nonzeroBitCount <= 1
  }
}

extension StoredOperation {
  /// Whether it is what was stored under that key.
  package func isSound(at key: OperationKey) -> Bool {
    envelope.withUnsafeBytes {
      checksum.vouches(for: OperationChecksum(key, timestamp, digest, $0))
    }
  }
}

/// A damaged operation is known again by whatever of it the disk has left.
extension StoredOperation {
  /// Whether this is what is left of an operation that somebody brings.
  func was(
    _ header: OperationHeader, _ envelope: [UInt8], at key: OperationKey, of account: AccountID
  ) -> Bool {
    let brought = envelope.withUnsafeBytes {
      OperationChecksum(key, header.timestamp, header.digest, $0)
    }
    return mayHave(header.digest, of: account) || checksum.vouches(for: brought)
  }

  /// Whether the digest is the one noted beside the envelope, or the one within it.
  func mayHave(_ digest: OperationDigest, of account: AccountID) -> Bool {
    guard self.digest != digest else { return true }
    let header = envelope.withUnsafeBytes { EnvelopeBytes.header(of: $0, account: account) }
    return header?.digest == digest
  }
}

extension OperationView {
  /// Whether it is what was stored.
  package var isSound: Bool {
    checksum.vouches(for: OperationChecksum(key, timestamp, digest, envelope))
  }
}
