/// A new step, planned, or done already and brought in from elsewhere, as a program has gathered
/// it; units and ranges as in `Step`.
package struct StepDraft: Hashable, Sendable {
  package var title: String
  package var rung: Int?
  package var due: JournalDate?
  package var fearedOutcome: String?
  package var fearBefore: Int?
  package var doneAt: JournalDate?
  package var actualOutcome: String?
  package var fearAfter: Int?
  package var isSkipped = false
  package var tags: [String] = []
  package var people: [String] = []
  /// What others have left of a record that was here before, by erasing it or by taking away values
  /// at once: it may lack what a new one needs.
  package var isPartial = false

  package init(title: String) {
    self.title = title
  }

  /// Throws for an empty title, values out of range and what is over a limit.
  ///
  /// - Parameter createdAt: Unix milliseconds.
  package func change(record: RecordID, createdAt: Int64) throws(InputError) -> RecordChange {
    var writes = DraftWrites(kind: .step, createdAt: createdAt)
    try writes.set(.title, isPartial && title.isEmpty ? nil : .text(title))
    try writes.set(.rung, rung.map(FieldValue.integer))
    try writes.set(.due, due.map(FieldValue.date))
    try writes.set(.fearedOutcome, fearedOutcome.map(FieldValue.text))
    try writes.set(.fearBefore, fearBefore.map(FieldValue.integer))
    try writes.set(.doneAt, doneAt.map(FieldValue.date))
    try writes.set(.actualOutcome, actualOutcome.map(FieldValue.text))
    try writes.set(.fearAfter, fearAfter.map(FieldValue.integer))
    try writes.set(.skipped, isSkipped ? .boolean(true) : nil)
    try writes.add(tags, to: .tag)
    try writes.add(people, to: .person)
    return try writes.change(record: record)
  }
}
