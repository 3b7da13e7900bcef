/// The name of an operation: which device made it, and as its how-manieth.
///
/// Printed as `DEVICE.SEQUENCE`, the form in which people see a *version*.
package struct OperationID: Hashable, Sendable {
  package let device: DeviceID
  package let sequence: Sequence

  package init(device: DeviceID, sequence: Sequence) {
    self.device = device
    self.sequence = sequence
  }

  /// Reads `DEVICE.SEQUENCE` with all 16 digits of the device.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let device = DeviceID(String(parts[0])),
      let sequence = UInt64(parts[1]), sequence >= 1, sequence <= Sequence.max.rawValue
    else { return nil }
    self.init(device: device, sequence: Sequence(sequence))
  }
}

extension OperationID: Comparable {
  package static func < (left: OperationID, right: OperationID) -> Bool {
    (left.device, left.sequence) < (right.device, right.sequence)
  }
}

extension OperationID: CustomStringConvertible {
  package var description: String { "\(device).\(sequence)" }
}
