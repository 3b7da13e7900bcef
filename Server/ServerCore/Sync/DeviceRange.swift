internal import OperationLog

/// Sequences of one device to be sent.
struct DeviceRange: Hashable, Sendable {
  let device: DeviceID
  let sequences: ClosedRange<Sequence>
}
