/// What the server sees of an operation.
///
/// Bytes, all numbers big-endian. What must never change, for operations are kept for decades
/// and every key is derived from these bytes:
///
/// | bytes | field |
/// |---|---|
/// | 1 | format, 1 |
/// | 16 | account id; left out on the wire, where the session implies it |
/// | 8 | device |
/// | 8 | sequence |
/// | 8 | timestamp |
/// | 2 | number of register tags |
/// | 4 | number of erased operations |
/// | 12 each | register tags, strictly ascending |
/// | 32 each | erased operations (device, sequence, digest), strictly ascending |
/// | 16 | digest |
package struct OperationHeader: Hashable, Sendable {
  package var account: AccountID
  package var device: DeviceID
  package var sequence: Sequence
  package var timestamp: Timestamp
  /// The registers it writes, strictly ascending; empty for an erase and for a stub.
  package var tags: [RegisterTag]
  /// The operations that count as never made once this one is known, strictly ascending.
  package var erased: [ErasedOperation]
  package var digest: OperationDigest

  package init(
    account: AccountID, device: DeviceID, sequence: Sequence, timestamp: Timestamp,
    tags: [RegisterTag], erased: [ErasedOperation], digest: OperationDigest
  ) {
    self.account = account
    self.device = device
    self.sequence = sequence
    self.timestamp = timestamp
    self.tags = tags
    self.erased = erased
    self.digest = digest
  }

  package var id: OperationID { OperationID(device: device, sequence: sequence) }

  package var stamp: Stamp { Stamp(timestamp: timestamp, id: id) }

  /// What remains of an erased operation: its name and digest. Its time is zero, for nothing is
  /// sealed in a stub, and the erase that vouches for it lists no time.
  package var stub: OperationHeader {
    var stub = self
    stub.timestamp = .zero
    stub.tags = []
    stub.erased = []
    return stub
  }
}

/// An operation named by an erase, with the digest it had, so that no other can be meant.
package struct ErasedOperation: Hashable, Sendable {
  package let id: OperationID
  package let digest: OperationDigest

  package init(id: OperationID, digest: OperationDigest) {
    self.id = id
    self.digest = digest
  }
}

extension OperationHeader {
  package static let format: UInt8 = 1
  package static let tagsMax = Int(UInt16.max)
  /// An encoded header is at most 1 MiB; a larger erase is made as several.
  package static let bytesMax = 1 << 20

  /// All bytes: what seals and keys are bound to.
  package var bytes: [UInt8] { encoded(withAccount: true, withDigest: true) }

  /// All bytes but the digest: what the digest is taken over, before the payload.
  package var bytesWithoutDigest: [UInt8] { encoded(withAccount: true, withDigest: false) }

  /// The bytes sent over a session, which implies the account.
  package var wireBytes: [UInt8] { encoded(withAccount: false, withDigest: true) }

  private func encoded(withAccount: Bool, withDigest: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(63 + tags.count * RegisterTag.count + erased.count * 32)
    bytes.append(Self.format)
    if withAccount { bytes.append(bytesOf: account) }
    bytes.append(bigEndian: device.rawValue)
    bytes.append(bigEndian: sequence.rawValue)
    bytes.append(bigEndian: timestamp.rawValue)
    bytes.append(bigEndian: UInt16(tags.count))
    bytes.append(bigEndian: UInt32(erased.count))
    for tag in tags { bytes.append(bytesOf: tag) }
    for operation in erased {
      bytes.append(bigEndian: operation.id.device.rawValue)
      bytes.append(bigEndian: operation.id.sequence.rawValue)
      bytes.append(bytesOf: operation.digest)
    }
    if withDigest { bytes.append(bytesOf: digest) }
    return bytes
  }

  /// Reads the bytes sent over the session of `account`.
  ///
  /// Refuses (`nil`) another format, lengths that do not fit, a sequence outside 1 to
  /// `Sequence.max`, lists that are not strictly ascending, and trailing bytes, so that
  /// one header has one encoding.
  package init?(wireBytes: some Collection<UInt8>, account: AccountID) {
    guard wireBytes.count <= Self.bytesMax else { return nil }
    var reader = ByteReader(wireBytes)
    guard reader.integer(UInt8.self) == Self.format,
      let device = reader.integer(UInt64.self),
      let sequence = reader.integer(UInt64.self),
      (Sequence.first...Sequence.max).contains(Sequence(sequence)),
      let timestamp = reader.integer(UInt64.self),
      let tagCount = reader.integer(UInt16.self),
      let erasedCount = reader.integer(UInt32.self),
      reader.remaining == Int(tagCount) * RegisterTag.count + Int(erasedCount) * 32 + 16
    else { return nil }

    var tags: [RegisterTag] = []
    tags.reserveCapacity(Int(tagCount))
    for _ in 0..<tagCount {
      guard let tag = reader.fixed(RegisterTag.self), tags.last.map({ $0 < tag }) ?? true
      else { return nil }
      tags.append(tag)
    }
    var erased: [ErasedOperation] = []
    erased.reserveCapacity(Int(erasedCount))
    for _ in 0..<erasedCount {
      guard let device = reader.integer(UInt64.self), let sequence = reader.integer(UInt64.self),
        (Sequence.first...Sequence.max).contains(Sequence(sequence)),
        let digest = reader.fixed(OperationDigest.self)
      else { return nil }
      let id = OperationID(
        device: DeviceID(rawValue: device), sequence: Sequence(sequence))
      guard erased.last.map({ $0.id < id }) ?? true else { return nil }
      erased.append(ErasedOperation(id: id, digest: digest))
    }
    guard let digest = reader.fixed(OperationDigest.self) else { return nil }
    self.init(
      account: account, device: DeviceID(rawValue: device), sequence: Sequence(sequence),
      timestamp: Timestamp(rawValue: timestamp), tags: tags, erased: erased, digest: digest)
  }
}
