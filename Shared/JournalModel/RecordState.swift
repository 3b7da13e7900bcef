package import OperationLog

/// What the operation log says one record is: a pure function of the set of its operations.
///
/// Nothing but the operations decides: not the order of their arrival, not a clock, not which
/// machine asks.
package struct RecordState: Hashable, Sendable {
  package let id: RecordID
  /// As the operation with the greatest stamp names it.
  package let kind: RecordKind
  package let registers: [RegisterName: Register]
  /// The greatest timestamp of all its operations.
  package let modified: Timestamp

  package init(
    id: RecordID, kind: RecordKind, registers: [RegisterName: Register], modified: Timestamp
  ) {
    self.id = id
    self.kind = kind
    self.registers = registers
    self.modified = modified
  }

  package subscript(register: RegisterName) -> RegisterValue? {
    registers[register]?.value
  }

  /// The names that are true in a family, in alphabetical order.
  package func members(of family: RegisterName.Family) -> [String] {
    registers.compactMap { name, register in
      register.value == .boolean(true) ? name.member(of: family) : nil
    }
    .sorted()
  }

  /// One register: who holds it, and for prose what has not been settled.
  package struct Register: Hashable, Sendable {
    /// The winner: the write with the greatest stamp.
    package let stamp: Stamp
    package let value: RegisterValue
    /// The operations that the winning write had seen; of `trashed` also copies of what it had.
    package let seen: [OperationID]
    /// Prose only: the writes that no other has seen, ascending.
    package let heads: [OperationID]
    /// Prose only: lost values that nobody has seen settled, ascending.
    package let siblings: [Sibling]

    package init(
      stamp: Stamp, value: RegisterValue, seen: [OperationID] = [], heads: [OperationID] = [],
      siblings: [Sibling] = []
    ) {
      self.stamp = stamp
      self.value = value
      self.seen = seen
      self.heads = heads
      self.siblings = siblings
    }
  }

  /// The prose of a register that lost to a write which had not seen it.
  package struct Sibling: Hashable, Sendable {
    package let stamp: Stamp
    package let value: RegisterValue

    package init(stamp: Stamp, value: RegisterValue) {
      self.stamp = stamp
      self.value = value
    }
  }
}

extension RecordState {
  /// In the trash: thrown away, and by somebody who had seen all that its prose now says.
  ///
  /// An edit made elsewhere without knowing of the trash is a head that the trash does not name:
  /// it brings the record back, whichever came first. The same import on another machine is no
  /// edit.
  package var isTrashed: Bool {
    guard let trashed = registers[.trashed], trashed.value == .boolean(true) else { return false }
    return proseHeads.allSatisfy(trashed.seen.contains)
  }

  /// All heads of all prose: what a write to `trashed` names as seen.
  package var proseHeads: [OperationID] {
    Set(registers.values.flatMap(\.heads)).sorted()
  }

  package var hasSiblings: Bool {
    registers.values.contains { !$0.siblings.isEmpty }
  }
}
