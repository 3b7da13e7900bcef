package import OperationLog

/// What the log holds of one device.
package struct DeviceKnowledge: Hashable, Sendable {
  package var device: DeviceID
  package var sequences: KnownSequences
  /// Of the operation `sequences.gapless`; `nil` when that is `.none`.
  package var digest: OperationDigest?
  /// This installation has written under that id.
  package var isOwn: Bool

  package init(
    device: DeviceID, sequences: KnownSequences, digest: OperationDigest?, isOwn: Bool
  ) {
    self.device = device
    self.sequences = sequences
    self.digest = digest
    self.isOwn = isOwn
  }
}
