/// Which operations are known: for each device the last of those known without a gap, and what
/// is known beyond a gap.
package struct VersionVector: Hashable, Sendable {
  package private(set) var knownByDevice: [DeviceID: KnownSequences]

  package init(_ knownByDevice: [DeviceID: KnownSequences] = [:]) {
    self.knownByDevice = knownByDevice.filter { $0.value != KnownSequences() }
  }

  package subscript(device: DeviceID) -> KnownSequences {
    knownByDevice[device] ?? KnownSequences()
  }

  /// The devices known of, in ascending order.
  package var devices: [DeviceID] { knownByDevice.keys.sorted() }

  package func contains(_ id: OperationID) -> Bool {
    self[id.device].contains(id.sequence)
  }

  package mutating func insert(_ id: OperationID) {
    knownByDevice[id.device, default: KnownSequences()].insert(id.sequence)
  }
}
