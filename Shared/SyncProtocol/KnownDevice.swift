package import OperationLog
private import Foundation
private import SwiftProtobuf

/// What one side knows of a device, and the digest that proves it speaks of the same operations.
package struct KnownDevice: Hashable, Sendable {
  package var device: DeviceID
  package var sequences: KnownSequences
  /// Of the operation `sequences.gapless`; `nil` when that is `.none`.
  package var digest: OperationDigest?

  package init(device: DeviceID, sequences: KnownSequences, digest: OperationDigest?) {
    self.device = device
    self.sequences = sequences
    self.digest = digest
  }
}

extension KnownDevice {
  /// `nil` if ranges, sequence or digest are out of bounds.
  package init?(_ message: WireKnown) {
    let bounds = Sequence.none...Sequence.max
    guard bounds.contains(Sequence(message.sequence)), message.beyond.count.isMultiple(of: 2),
      message.beyond.allSatisfy({ $0 > message.sequence && bounds.contains(Sequence($0)) })
    else { return nil }
    var beyond: [ClosedRange<Sequence>] = []
    for index in stride(from: 0, to: message.beyond.count, by: 2) {
      let (lower, upper) = (message.beyond[index], message.beyond[index + 1])
      guard lower <= upper else { return nil }
      beyond.append(Sequence(lower)...Sequence(upper))
    }
    let digest = OperationDigest([UInt8](message.digest))
    guard (digest == nil) == (message.sequence == 0) else { return nil }
    self.init(
      device: DeviceID(rawValue: message.device),
      sequences: KnownSequences(gapless: Sequence(message.sequence), beyond: beyond),
      digest: digest)
  }

  package var message: WireKnown {
    .with {
      $0.device = device.rawValue
      $0.sequence = sequences.gapless.rawValue
      $0.digest = Data(digest?.bytes ?? [])
      $0.beyond = sequences.beyond.flatMap { [$0.lowerBound.rawValue, $0.upperBound.rawValue] }
    }
  }
}
