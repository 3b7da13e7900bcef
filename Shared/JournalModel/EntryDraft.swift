/// A new entry, as a program has gathered it.
package struct EntryDraft: Hashable, Sendable {
  package var date: JournalDate
  package var text: String
  package var title: String?
  package var tags: [String] = []
  package var people: [String] = []
  package var isStarred = false
  package var journal = Entry.defaultJournal
  package var prompt: String?
  /// What others have left of a record that was here before, by erasing it or by taking away values
  /// at once: it may lack what a new one needs.
  package var isPartial = false

  package init(date: JournalDate, text: String) {
    self.date = date
    self.text = text
  }

  /// Writes what is not the default; throws for empty text and for what is over a limit.
  ///
  /// - Parameter createdAt: Unix milliseconds.
  package func change(record: RecordID, createdAt: Int64) throws(InputError) -> RecordChange {
    var writes = DraftWrites(kind: .entry, createdAt: createdAt)
    try writes.set(.date, .date(date))
    try writes.set(.text, isPartial && text.isEmpty ? nil : .text(text))
    try writes.set(.title, title.map(FieldValue.text))
    try writes.set(.starred, isStarred ? .boolean(true) : nil)
    try writes.set(.journal, journal == Entry.defaultJournal ? nil : .text(journal))
    try writes.set(.prompt, prompt.map(FieldValue.text))
    try writes.add(tags, to: .tag)
    try writes.add(people, to: .person)
    return try writes.change(record: record)
  }
}
