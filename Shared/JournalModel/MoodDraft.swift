/// A new mood log, as a program has gathered it; units and ranges as in `MoodLog`.
package struct MoodDraft: Hashable, Sendable {
  package var date: JournalDate
  package var score: Int?
  package var energy: Int?
  package var closeness: Int?
  package var pull: Pull?
  package var urge: Int?
  package var emotions: [String] = []
  /// Ids of `Sign`.
  package var signs: [String] = []
  package var trigger: String?
  package var said: String?
  package var meant: String?
  package var fear: String?
  package var action: String?
  package var technique: String?
  package var scoreBefore: Int?
  package var urgeBefore: Int?
  package var note: String?
  package var entry: RecordID?
  package var tags: [String] = []
  package var people: [String] = []
  /// What others have left of a record that was here before, by erasing it or by taking away values
  /// at once: it may lack what a new one needs.
  package var isPartial = false

  package init(date: JournalDate) {
    self.date = date
  }

  /// Whether there is any of score, closeness, pull and urge.
  package var isMeasured: Bool {
    score != nil || closeness != nil || pull != nil || urge != nil
  }

  /// Throws for values out of range, unknown signs, what is over a limit, and a log without any of
  /// score, closeness, pull and urge.
  ///
  /// - Parameter createdAt: Unix milliseconds.
  package func change(record: RecordID, createdAt: Int64) throws(InputError) -> RecordChange {
    if !isMeasured && !isPartial { throw .noMeasure }
    var writes = DraftWrites(kind: .mood, createdAt: createdAt)
    try writes.set(.date, .date(date))
    try writes.set(.pull, pull.map(FieldValue.pull))
    try writes.set(.entry, entry.map(FieldValue.record))
    for (name, value) in integers { try writes.set(name, value.map(FieldValue.integer)) }
    for (name, value) in texts { try writes.set(name, value.map(FieldValue.text)) }
    try writes.add(emotions, to: .emotion)
    try writes.add(signs, to: .sign)
    try writes.add(tags, to: .tag)
    try writes.add(people, to: .person)
    return try writes.change(record: record)
  }

  private var integers: [(RegisterName, Int?)] {
    [
      (.score, score), (.energy, energy), (.closeness, closeness), (.urge, urge),
      (.scoreBefore, scoreBefore), (.urgeBefore, urgeBefore),
    ]
  }

  private var texts: [(RegisterName, String?)] {
    [
      (.trigger, trigger), (.said, said), (.meant, meant), (.fear, fear), (.action, action),
      (.technique, technique), (.note, note),
    ]
  }
}
