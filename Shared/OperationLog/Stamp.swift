/// The last-writer-wins rule: of two writes of one register, the one with the greater stamp wins.
///
/// Stamps are ordered by timestamp, then device, then sequence. The order is total and every
/// stamp is unique, so the greatest of a set of writes is the same in whatever order, and
/// however often, they arrive. Client and server decide by this comparison and no other.
package struct Stamp: Hashable, Sendable {
  package let timestamp: Timestamp
  package let id: OperationID

  package init(timestamp: Timestamp, id: OperationID) {
    self.timestamp = timestamp
    self.id = id
  }

  /// Whether a write with this stamp beats the present winner of its register.
  package func wins(over present: Stamp?) -> Bool {
    guard let present else { return true }
    return self > present
  }
}

extension Stamp: Comparable {
  package static func < (left: Stamp, right: Stamp) -> Bool {
    left.timestamp != right.timestamp ? left.timestamp < right.timestamp : left.id < right.id
  }
}
