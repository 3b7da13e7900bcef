package import JournalModel
internal import OperationLog

/// The documented shape of each kind of record, keys in their order.
package enum RecordJSON {
  /// `nil` for kinds that have no shape.
  package static func of(_ state: RecordState) -> JSONText? { of(state, isLossless: false) }

  /// The same, but that the days of a step name their zones, as its registers do: nothing is lost.
  static func lossless(_ state: RecordState) -> JSONText? { of(state, isLossless: true) }

  private static func of(_ state: RecordState, isLossless: Bool) -> JSONText? {
    switch state.kind {
    case .entry: Entry(state).map(entry)
    case .mood: MoodLog(state).map(mood)
    case .step: Step(state).map { step($0, isLossless: isLossless) }
    default: nil
    }
  }

  private static func entry(_ entry: Entry) -> JSONText {
    .object(
      head(entry, "entry") + date(entry.date) + [
        ("allDay", .boolean(entry.date.isAllDay)),
        ("title", .optional(entry.title)),
        ("text", .string(entry.text)),
        ("tags", .strings(entry.tags)),
        ("people", .strings(entry.people)),
        ("starred", .boolean(entry.isStarred)),
        ("journal", .string(entry.journal)),
      ] + (entry.prompt.map { [("prompt", .string($0))] } ?? []) + tail(entry))
  }

  private static func mood(_ mood: MoodLog) -> JSONText {
    .object(
      head(mood, "mood") + date(mood.date) + [
        ("score", .optional(mood.score)),
        ("energy", .optional(mood.energy)),
        ("closeness", .optional(mood.closeness)),
        ("pull", .optional(mood.pull?.rawValue)),
        ("urge", .optional(mood.urge)),
        ("emotions", .strings(mood.emotions)),
        ("signs", .strings(mood.signs)),
        ("trigger", .optional(mood.trigger)),
        ("said", .optional(mood.said)),
        ("meant", .optional(mood.meant)),
        ("fear", .optional(mood.fear)),
        ("action", .optional(mood.action)),
        ("technique", .optional(mood.technique)),
        ("scoreBefore", .optional(mood.scoreBefore)),
        ("urgeBefore", .optional(mood.urgeBefore)),
        ("note", .optional(mood.note)),
        ("people", .strings(mood.people)),
        ("tags", .strings(mood.tags)),
        ("entry", .optional(mood.entry?.description)),
      ] + tail(mood))
  }

  private static func step(_ step: Step, isLossless: Bool) -> JSONText {
    let written: (JournalDate) -> String = { isLossless ? $0.rfc9557 : $0.rfc3339 }
    return .object(
      head(step, "step") + [
        ("title", .string(step.title)),
        ("rung", .optional(step.rung)),
        ("people", .strings(step.people)),
        ("tags", .strings(step.tags)),
        ("due", .optional(step.due.map(written))),
        ("fearedOutcome", .optional(step.fearedOutcome)),
        ("fearBefore", .optional(step.fearBefore)),
        ("doneAt", .optional(step.doneAt.map(written))),
        ("actualOutcome", .optional(step.actualOutcome)),
        ("fearAfter", .optional(step.fearAfter)),
        ("skipped", .boolean(isLossless ? step.wasSetAside : step.isSkipped)),
      ] + tail(step))
  }

  private typealias Members = [(key: String, value: JSONText)]

  private static func head(_ record: some RecordView, _ kind: String) -> Members {
    [("id", .string(record.id.description)), ("kind", .string(kind))]
  }

  private static func date(_ date: JournalDate) -> Members {
    [("date", .string(date.rfc3339)), ("timeZone", .string(date.timeZone))]
  }

  private static func tail(_ record: some RecordView) -> Members {
    derived(record.common) + [
      ("createdAt", .string(JournalDate.utcText(unixMilliseconds: record.created))),
      ("modifiedAt", .string(JournalDate.utcText(unixMilliseconds: record.modified))),
      ("trashed", .boolean(record.isTrashed)),
    ]
  }

  /// Those of the tags and people that stand in the text alone, where there are any: what is to
  /// become of them changes with the text.
  private static func derived(_ common: CommonFields) -> Members {
    guard !common.tagsInText.isEmpty || !common.peopleInText.isEmpty else { return [] }
    return [
      (
        "derived",
        .object([
          ("tags", .strings(common.tagsInText)), ("people", .strings(common.peopleInText)),
        ])
      )
    ]
  }
}
