/// One small act of openness, planned, done or skipped, as its registers say.
package struct Step: RecordView, Hashable, Sendable {
  package let common: CommonFields
  package let title: String
  /// Of the ladder: 1 to 5.
  package let rung: Int?
  package let due: JournalDate?
  package let fearedOutcome: String?
  /// 0 to 10.
  package let fearBefore: Int?
  package let doneAt: JournalDate?
  package let actualOutcome: String?
  /// 0 to 10.
  package let fearAfter: Int?
  /// Set aside, and not done: done counts, whatever else was said. Somebody may dare after all what
  /// was set aside, on a machine that did not know or on one that did.
  package var isSkipped: Bool { wasSetAside && doneAt == nil }
  /// What register `skipped` says, done or not.
  package let wasSetAside: Bool
  package let unreadable: [String]

  /// `nil` for a record of another kind.
  package init?(_ state: RecordState) {
    guard state.kind == .step else { return nil }
    var reader = FieldReader(state)
    common = CommonFields(state, &reader)
    title = reader.text(.title) ?? ""
    rung = reader.integer(.rung, 1...5)
    due = reader.date(.due)
    fearedOutcome = reader.text(.fearedOutcome)
    fearBefore = reader.integer(.fearBefore, 0...10)
    doneAt = reader.date(.doneAt)
    actualOutcome = reader.text(.actualOutcome)
    fearAfter = reader.integer(.fearAfter, 0...10)
    wasSetAside = reader.boolean(.skipped) ?? false
    unreadable = reader.unreadable.sorted()
  }
}
