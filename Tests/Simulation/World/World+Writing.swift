import JournalModel
import JournalStore
import JournalSync
import OperationLog
import TestSupport

/// What people do with their journals.
extension World {
  func write(_ device: Device) throws {
    if records.isEmpty || random.chance(0.25) { return try writeNew(device) }
    guard let id = try pick(device) else { return try writeNew(device) }
    switch random.index(20) {
    case 0..<9: try editProse(of: id, on: device)
    case 9..<13: try label(id, on: device)
    case 13..<15: try change(id, on: device, "throws away") { $0.trashing() }
    case 15: try change(id, on: device, "takes out") { $0.untrashing() }
    case 16: try revert(id, on: device)
    case 17..<19: try settle(on: device)
    case 19 where device.standing == .never && random.chance(10 * weather.erase):
      try eraseAlone(id, on: device)
    default: try importMany(on: device)
    }
  }

  /// A record that the device knows: mostly one of a few, so that devices meet on it.
  private func pick(_ device: Device) throws -> RecordID? {
    for _ in 0..<4 {
      let among = random.chance(0.7) ? min(4, records.count) : records.count
      let id = records[records.count - 1 - random.index(among)]
      let found = try? device.undisturbed { try $0.identify("\(id)") }
      if case .one = found { return id }
    }
    return nil
  }

  private func writeNew(_ device: Device) throws {
    let id = RecordID.random(using: &random)
    let word = newWord(device)
    let kind = random.index(4)
    let wrote = try save(device, "writes \(short(id)): \(word)", [(word, id)]) { store in
      try store.write([try Self.draft(kind, id, word, at: device.clock.now)])
      return true
    }
    if wrote { records.append(id) }
  }

  /// Many records in one transaction.
  private func importMany(on device: Device) throws {
    let ids = (0..<Int.random(in: 10...40, using: &random)).map { _ in
      RecordID.random(using: &random)
    }
    let words = ids.map { _ in newWord(device) }
    let wrote = try save(device, "imports \(ids.count)", Array(zip(words, ids))) { store in
      try store.write(
        try zip(ids, words).map { try Self.draft(0, $0, $1, at: device.clock.now) })
      return true
    }
    if wrote { records += ids.prefix(5) }
  }

  private func editProse(of id: RecordID, on device: Device) throws {
    let word = newWord(device)
    let isAdded = random.chance(0.5)
    let pick = random.index(10)
    try edit(id, on: device, "edits \(short(id)): \(word)", word) { state in
      var edit = RecordEdit()
      let register = Self.prose(of: state.kind, pick: pick)
      let old = isAdded ? state[register]?.text.map { $0 + " " } ?? "" : ""
      edit.set(register, .text(old + word))
      return try edit.change(of: state)
    }
  }

  private func label(_ id: RecordID, on device: Device) throws {
    let tag = ["river", "sea", "rain"][random.index(3)]
    let isAdded = random.chance(0.6)
    let kind = random.index(3)
    try edit(id, on: device, "labels \(short(id)) \(tag)", nil) { state in
      var edit = RecordEdit()
      switch (kind, isAdded) {
      case (0, _) where state.kind == .entry: edit.set(.starred, .boolean(isAdded))
      case (_, true): edit.add(tag, to: .tag)
      case (_, false): edit.remove(tag, from: .tag)
      }
      return try edit.change(of: state)
    }
  }

  private func change(
    _ id: RecordID, on device: Device, _ verb: String, _ change: (RecordState) -> RecordChange?
  ) throws {
    try edit(id, on: device, "\(verb) \(short(id))", nil, change)
  }

  private func revert(_ id: RecordID, on device: Device) throws {
    let pick = random.index(1_000)
    try save(device, "reverts \(short(id))", []) { store in
      let versions = try store.history(of: id).filter { $0.change != nil }
      guard !versions.isEmpty else { return false }
      let version = versions[pick % versions.count]
      let changes = versions.filter { $0.stamp <= version.stamp }.compactMap { version in
        version.change.map { StampedChange(stamp: version.stamp, change: $0) }
      }
      guard let earlier = RecordState(id: id, merging: changes) else { return false }
      return try store.write(editing: id) { $0.reverting(to: earlier) } != nil
    }
  }

  /// Without an account there is nobody to ask.
  private func eraseAlone(_ id: RecordID, on device: Device) throws {
    let words = ledger.words(of: id)
    // The first step is an erase, and told as one, even where the disk has no room for the second.
    var wasErased = false
    try save(device, "erases \(short(id))", []) { store in
      // A login under way has made it one with an account: then it has to be asked.
      guard try store.serverLink() == nil else { return false }
      wasErased = try store.erase([id]) > 0
      if wasErased { try store.finishErasing() }
      return wasErased
    }
    if wasErased { ledger.erase(words) } else if device.disk.isDown { ledger.release(words) }
  }

  /// Settles prose that was written side by side, one way or another.
  private func settle(on device: Device) throws {
    let pick = random.index(1_000)
    let way = random.index(3)
    try save(device, "settles", []) { store in
      let contested = try store.contestedRecords()
      guard !contested.isEmpty else { return false }
      return try store.write(editing: contested[pick % contested.count].id) { state in
        guard let register = state.contestedRegisters.first,
          let sibling = state.registers[register]?.siblings.last
        else { return nil }
        let settlement: Settlement = [.winner, .both, .sibling(sibling.stamp.id)][way]
        return try state.settling(register, by: settlement)
      } != nil
    }
  }
}

extension World {
  @discardableResult
  private func edit(
    _ id: RecordID, on device: Device, _ what: String, _ word: String?,
    _ change: (RecordState) throws -> RecordChange?
  ) throws -> Bool {
    try save(device, what, word.map { [($0, id)] } ?? []) {
      try $0.write(editing: id, change) != nil
    }
  }

  /// Runs a command of somebody's that says "saved" in the end, or does not.
  @discardableResult
  private func save(
    _ device: Device, _ what: String, _ words: [(word: String, record: RecordID)],
    _ body: (JournalStore) throws -> Bool
  ) throws -> Bool {
    do {
      let isSaved = try body(try device.journal())
      trace("\(device.name) \(what)\(isSaved ? "" : ": nothing to do")")
      if isSaved { ledger.save(words, on: device.name) }
      return isSaved
    } catch let error as StoreError {
      try failed(device, what, error)
      return false
    }
  }

  /// A command that could not do what it was asked. The next one begins anew.
  func failed(_ device: Device, _ what: String, _ error: StoreError) throws {
    trace("\(device.name) \(what): \(error.code)")
    device.closeJournal()
    switch error.code {
    case .inputOutput, .diskFull, .cannotOpen, .busy:
      guard device.disk.hasFailed else { throw Violation("\(device.name) \(what): \(error)") }
    default: throw Violation("\(device.name) \(what): \(error)")
    }
  }

  func short(_ id: RecordID) -> String { String(id.description.prefix(6)) }

  private static func draft(
    _ kind: Int, _ id: RecordID, _ word: String, at milliseconds: Int64
  ) throws -> RecordChange {
    guard let date = JournalDate(rfc9557: "2026-11-21T08:15:00+00:00[UTC]")
    else { throw Violation("The date is none.") }
    switch kind {
    case 0:
      var draft = MoodDraft(date: date)
      draft.score = 6
      draft.note = word
      return try draft.change(record: id, createdAt: milliseconds)
    case 1:
      return try StepDraft(title: word).change(record: id, createdAt: milliseconds)
    default:
      var draft = EntryDraft(date: date, text: word)
      draft.tags = ["river"]
      return try draft.change(record: id, createdAt: milliseconds)
    }
  }

  private static func prose(of kind: RecordKind, pick: Int) -> RegisterName {
    switch kind {
    case .mood: pick < 7 ? .note : .trigger
    case .step: pick < 7 ? .title : .actualOutcome
    default: pick < 7 ? .text : .title
    }
  }
}
