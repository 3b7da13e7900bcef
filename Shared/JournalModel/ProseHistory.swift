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

  private func origins(of id: OperationID) -> Set<OperationID> {
    var origins: Set<OperationID> = []
    var unvisited = [id]
    while let next = unvisited.popLast() {
      if origins.insert(next).inserted { unvisited += writesByID[next]?.seen ?? [] }
    }
    return origins
  }
}
