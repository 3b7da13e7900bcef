import OperationLog

extension RecordState {
  /// Merges all operations known of one record; `nil` if there is none.
  ///
  /// The order of `changes` and repetitions among them make no difference.
  package init?(id: RecordID, merging changes: [StampedChange]) {
    guard let last = changes.max(by: { $0.stamp < $1.stamp }) else { return nil }
    let kind = last.change.kind

    var writesByRegister: [RegisterName: [Stamp: RegisterWrite]] = [:]
    for change in changes {
      for write in change.change.writes {
        writesByRegister[write.register, default: [:]][change.stamp] = write
      }
    }
    var registers: [RegisterName: Register] = [:]
    for (name, writes) in writesByRegister {
      registers[name] =
        name.isProse(in: kind) ? Register(mergingProse: writes) : Register(merging: writes)
    }
    if let trashed = registers[.trashed], trashed.value == .boolean(true) {
      let copies = Self.copies(of: trashed.seen, in: registers, changes)
      if !copies.isEmpty { registers[.trashed] = trashed.seeing(copies) }
    }
    self.init(id: id, kind: kind, registers: registers, modified: last.stamp.timestamp)
  }

  /// The heads that are copies, in all prose that they hold, of what these operations wrote: to
  /// have seen the one is to have seen the other.
  private static func copies(
    of seen: [OperationID], in registers: [RegisterName: Register], _ changes: [StampedChange]
  ) -> Set<OperationID> {
    var copies: Set<OperationID> = []
    var others: Set<OperationID> = []
    for (name, register) in registers {
      let unseen = Set(register.heads).subtracting(seen)
      guard !unseen.isEmpty else { continue }
      let history = ProseHistory(of: name, in: changes)
      for id in unseen {
        if history.isCopy(id, of: seen) { copies.insert(id) } else { others.insert(id) }
      }
    }
    return copies.subtracting(others)
  }
}

extension RecordState.Register {
  /// The last writer wins.
  fileprivate init?(merging writes: [Stamp: RegisterWrite]) {
    guard let (stamp, write) = writes.max(by: { $0.key < $1.key }) else { return nil }
    self.init(stamp: stamp, value: write.value, seen: write.seen)
  }

  fileprivate func seeing(_ more: Set<OperationID>) -> Self {
    Self(stamp: stamp, value: value, seen: Set(seen).union(more).sorted())
  }

  /// The last writer wins, and what it had not seen is kept.
  fileprivate init?(mergingProse writes: [Stamp: RegisterWrite]) {
    guard let (winnerStamp, winner) = writes.max(by: { $0.key < $1.key }) else { return nil }
    let seen = Set(writes.flatMap { stamp, write in write.seen.filter { $0 != stamp.id } })
    let heads = writes.keys.filter { !seen.contains($0.id) }.sorted()
    // A value that somebody has seen and replaced is settled, whoever else wrote it too; and of
    // several that are the same, one is enough.
    var settled = Set(writes.filter { seen.contains($0.key.id) }.map(\.value.value))
    settled.insert(winner.value)
    var siblings: [RecordState.Sibling] = []
    for stamp in heads {
      guard let value = writes[stamp]?.value, settled.insert(value).inserted else { continue }
      siblings.append(RecordState.Sibling(stamp: stamp, value: value))
    }
    self.init(
      stamp: winnerStamp, value: winner.value, seen: winner.seen,
      heads: heads.map(\.id).sorted(),
      siblings: siblings)
  }
}
