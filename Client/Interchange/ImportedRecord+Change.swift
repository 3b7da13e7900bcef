internal import JournalModel
internal import OperationLog

extension ImportedRecord {
  /// What the record writes, under an id of zeros.
  func change(_ settings: ImportSettings) throws(InputError) -> RecordChange {
    switch content {
    case .entry(let draft):
      try draft.change(record: .zero, createdAt: created(draft.date, settings))
    case .mood(let draft):
      try draft.change(record: .zero, createdAt: created(draft.date, settings))
    case .step(let draft):
      try draft.change(record: .zero, createdAt: created(draft.doneAt ?? draft.due, settings))
    case .change(let change):
      change
    }
  }

  /// With the journal and the tags that the person who imports asked for.
  func applying(_ settings: ImportSettings) -> ImportedRecord {
    var record = self
    switch content {
    case .entry(var draft):
      draft.journal = settings.journal ?? draft.journal
      draft.tags += settings.tags
      record.content = .entry(draft)
    case .mood(var draft):
      draft.tags += settings.tags
      record.content = .mood(draft)
    case .step(var draft):
      draft.tags += settings.tags
      record.content = .step(draft)
    case .change(var change):
      let registers = settings.tags.map { RegisterName(.tag, $0) }
      change.writes.removeAll { registers.contains($0.register) }
      change.writes += registers.map { RegisterWrite($0, .boolean(true)) }
      if let journal = settings.journal, change.kind == .entry {
        change.writes.removeAll { $0.register == .journal }
        if journal != Entry.defaultJournal {
          change.writes.append(RegisterWrite(.journal, .text(journal)))
        }
      }
      change.writes.sort { $0.register < $1.register }
      record.content = .change(change)
    }
    return record
  }

  private func created(_ date: JournalDate?, _ settings: ImportSettings) -> Int64 {
    createdAt ?? date?.instantMilliseconds(settings.zones) ?? settings.now
  }
}

extension ImportSettings {
  /// Nothing is to be changed about the records of the source.
  var isPlain: Bool { journal == nil && tags.isEmpty }
}

extension RecordID {
  fileprivate static let zero: RecordID = {
    guard let id = RecordID(Array(repeating: 0, count: count)) else {
      preconditionFailure("as many bytes as it counts")
    }
    return id
  }()
}
