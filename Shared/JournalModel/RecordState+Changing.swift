package import OperationLog

extension RecordState {
  /// The change that gives registers these values; `nil` when they have them already.
  ///
  /// Prose names the present winner as seen. A record in the trash comes back by it.
  ///
  /// - Parameter always: those that are written though they have their values already.
  func change(
    writing valuesByRegister: [RegisterName: RegisterValue], always: Set<RegisterName> = []
  ) -> RecordChange? {
    var writes: [RegisterWrite] = []
    for (name, value) in valuesByRegister
    where value != present(name, like: value) || always.contains(name) {
      let seen = name.isProse(in: kind) ? registers[name].map { [$0.stamp.id] } ?? [] : []
      writes.append(RegisterWrite(name, value, seen: seen))
    }
    return writes.isEmpty ? nil : change(by: writes)
  }

  /// A change of what the record says; one in the trash comes back by it.
  func change(by writes: [RegisterWrite]) -> RecordChange {
    let untrashing = RegisterWrite(.trashed, .boolean(false), seen: seenSoFar)
    let all = isTrashed ? writes + [untrashing] : writes
    return RecordChange(record: id, kind: kind, writes: all.sorted { $0.register < $1.register })
  }

  /// What a register holds; one never written is absent, and as a flag or a member false.
  private func present(_ name: RegisterName, like value: RegisterValue) -> RegisterValue {
    if let present = self[name] { return present }
    return value.boolean == nil ? .absent : .boolean(false)
  }

  /// Throws the record away: in sight of all that its prose says now. `nil` when it is in the trash.
  package func trashing() -> RecordChange? {
    isTrashed ? nil : change(trashed: true)
  }

  /// Takes the record out of the trash; `nil` when it is not there.
  package func untrashing() -> RecordChange? {
    isTrashed ? change(trashed: false) : nil
  }

  private func change(trashed: Bool) -> RecordChange {
    RecordChange(
      record: id, kind: kind,
      writes: [RegisterWrite(.trashed, .boolean(trashed), seen: seenSoFar)])
  }

  /// All that the prose says now, and what whoever last threw it away, took it back or kept it had
  /// seen: erases, too, despite which it was kept.
  private var seenSoFar: [OperationID] {
    Set(proseHeads).union(registers[.trashed]?.seen ?? []).sorted()
  }

  /// The change by which somebody who knows of these erases says that the record is to stay.
  package func keeping(despite erases: [OperationID]) -> RecordChange {
    RecordChange(
      record: id, kind: kind,
      writes: [
        RegisterWrite(
          .trashed, .boolean(false), seen: Set(proseHeads).union(erases).sorted())
      ])
  }

  /// Whether whoever last threw it away, took it back or kept it knew of these erases.
  package func isKept(despite erases: [OperationID]) -> Bool {
    erases.allSatisfy((registers[.trashed]?.seen ?? []).contains)
  }

  /// Gives every register the value it had in an earlier state of this record; `nil` when it has it.
  ///
  /// Registers that came later are cleared, members that came later removed. When it was created
  /// and what this version cannot read stay as they are. A record that was not in the trash then
  /// comes back from there.
  package func reverting(to earlier: RecordState) -> RecordChange? {
    var valuesByRegister: [RegisterName: RegisterValue] = [:]
    for (name, register) in registers where name != .created && name != .trashed {
      let cleared: RegisterValue = register.value.boolean == nil ? .absent : .boolean(false)
      let value = earlier[name] ?? cleared
      if value != .unknown { valuesByRegister[name] = value }
    }
    return change(writing: valuesByRegister) ?? (earlier.isTrashed ? nil : untrashing())
  }
}
