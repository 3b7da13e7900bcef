package import OperationLog

/// Who wrote what to one prose register, and what each had seen.
package struct ProseHistory: Sendable {
  private let writesByID: [OperationID: Write]

  private struct Write {
    let stamp: Stamp
    let value: RegisterValue
    let seen: [OperationID]
  }

  package init(of register: RegisterName, in changes: [StampedChange]) {
    var writesByID: [OperationID: Write] = [:]
    for change in changes {
      for write in change.change.writes where write.register == register {
        writesByID[change.stamp.id] = Write(
          stamp: change.stamp, value: write.value, seen: write.seen)
      }
    }
    self.writesByID = writesByID
  }

  /// The last text that both writes go back to; `nil` if there is none, or if it was erased.
  ///
  /// A write goes back to itself, too: to one who saw it, it is what they began with.
  package func commonAncestor(of first: OperationID, _ second: OperationID) -> String? {
    let common = origins(of: first).intersection(origins(of: second))
    let last = common.compactMap { writesByID[$0] }.max { $0.stamp < $1.stamp }
    return last.flatMap { $0.value == .absent ? "" : $0.value.text }
  }

  /// Whether a write was begun apart from these, and neither it nor what it goes back to says
  /// anything that they, or what they go back to, do not say: what importing the same once more on
  /// another machine makes.
  ///
  /// Going back to an earlier text on purpose is none: that begins with what it replaces.
  func isCopy(_ id: OperationID, of others: [OperationID]) -> Bool {
    let own = origins(of: id)
    let known = others.reduce(into: Set()) { $0.formUnion(origins(of: $1)) }
    guard own.isDisjoint(with: known) else { return false }
    let values = Set(known.compactMap { writesByID[$0]?.value })
    return own.allSatisfy { origin in
      // Of what cannot be read nobody knows what it says.
      guard let value = writesByID[origin]?.value, value != .unknown else { return false }
      return values.contains(value)
    }
  }

  private func origins(of id: OperationID) -> Set<OperationID> {
    var origins: Set<OperationID> = []
    var unvisited = [id]
    while let next = unvisited.popLast() {
      if origins.insert(next).inserted { unvisited += writesByID[next]?.seen ?? [] }
    }
    return origins
  }
}
