package import OperationLog

/// The small number by which a storage knows a device of an account.
package struct DeviceSlot: Hashable, Sendable {
  package let rawValue: Int64

  /// So that a slot and a sequence fit in 63 bits.
  package static let max = DeviceSlot(rawValue: (1 << 23) - 1)

  package init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  /// The keys of all the device's operations.
  package var keys: ClosedRange<OperationKey> {
    OperationKey(self, .none)...OperationKey(self, .max)
  }
}

/// Names an operation within a storage: device slot and sequence in one number, so that the
/// operations of a device lie side by side in order and need no second index.
package struct OperationKey: Hashable, Comparable, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  package init(_ device: DeviceSlot, _ sequence: Sequence) {
    rawValue = device.rawValue << 40 | Int64(sequence.rawValue & Sequence.max.rawValue)
  }

  package var device: DeviceSlot { DeviceSlot(rawValue: rawValue >> 40) }

  package var sequence: Sequence {
    Sequence(UInt64(truncatingIfNeeded: rawValue) & Sequence.max.rawValue)
  }

  package static func < (left: OperationKey, right: OperationKey) -> Bool {
    left.rawValue < right.rawValue
  }
}

package struct StoredDevice: Hashable, Sendable {
  package let slot: DeviceSlot
  package let id: DeviceID
  package var sequences: KnownSequences

  package init(slot: DeviceSlot, id: DeviceID, sequences: KnownSequences) {
    self.slot = slot
    self.id = id
    self.sequences = sequences
  }
}

package struct StoredOperation: Hashable, Sendable {
  package let timestamp: Timestamp
  package let digest: OperationDigest
  /// How many registers the operation holds: those whose winner it is.
  package var heldCount: Int
  /// `EnvelopeBytes`, exactly as they travel.
  package let envelope: [UInt8]
  /// As it was computed when this was stored.
  package let checksum: OperationChecksum

  /// To be stored under a key.
  package init(
    timestamp: Timestamp, digest: OperationDigest, heldCount: Int, envelope: [UInt8],
    at key: OperationKey
  ) {
    self.init(
      timestamp: timestamp, digest: digest, heldCount: heldCount, envelope: envelope,
      checksum: envelope.withUnsafeBytes { OperationChecksum(key, timestamp, digest, $0) })
  }

  /// As a storage has it.
  package init(
    timestamp: Timestamp, digest: OperationDigest, heldCount: Int, envelope: [UInt8],
    checksum: OperationChecksum
  ) {
    self.timestamp = timestamp
    self.digest = digest
    self.heldCount = heldCount
    self.envelope = envelope
    self.checksum = checksum
  }
}

/// A stored operation while a storage hands it over: its bytes are valid within that call only.
package struct OperationView {
  package let key: OperationKey
  package let timestamp: Timestamp
  package let digest: OperationDigest
  package let heldCount: Int
  package let envelope: UnsafeRawBufferPointer
  package let checksum: OperationChecksum

  package init(
    key: OperationKey, timestamp: Timestamp, digest: OperationDigest, heldCount: Int,
    envelope: UnsafeRawBufferPointer, checksum: OperationChecksum
  ) {
    self.key = key
    self.timestamp = timestamp
    self.digest = digest
    self.heldCount = heldCount
    self.envelope = envelope
    self.checksum = checksum
  }
}

/// The operation that holds a register.
package struct StoredWinner: Hashable, Sendable {
  package let operation: OperationKey
  /// The operation's; a storage need not keep it twice.
  package let timestamp: Timestamp

  package init(operation: OperationKey, timestamp: Timestamp) {
    self.operation = operation
    self.timestamp = timestamp
  }
}

/// What is kept of an account's journal as a whole.
package struct StoredJournal: Hashable, Sendable {
  package var operationCount: Int
  /// Of envelopes.
  package var byteCount: Int
  package var stateDigest: StateDigest
  package var greatestTimestamp: Timestamp
  /// How many operations the erases kept here have listed.
  package var erasedCount: Int
  /// False if the disk has changed what is kept here.
  package var isSound = true

  package init(
    operationCount: Int = 0, byteCount: Int = 0, stateDigest: StateDigest = StateDigest(),
    greatestTimestamp: Timestamp = .zero, erasedCount: Int = 0
  ) {
    self.operationCount = operationCount
    self.byteCount = byteCount
    self.stateDigest = stateDigest
    self.greatestTimestamp = greatestTimestamp
    self.erasedCount = erasedCount
  }
}
