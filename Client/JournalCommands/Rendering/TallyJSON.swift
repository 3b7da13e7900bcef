internal import Interchange
internal import JournalModel
internal import JournalStore

/// What was written, counted, as JSON.
enum TallyJSON {
  /// `{"day":"2026-11-21","records":{"entry":2,"mood":1,"step":0},"words":512,"scores":[6]}`
  static func day(_ tally: DayTally) -> JSONText {
    .object([
      ("day", .string(tally.day.description)),
      ("records", records(tally.countsByKind)),
      ("words", .integer(tally.words)),
      ("scores", .array(tally.scores.map { .integer($0) })),
    ])
  }

  static func records(_ countsByKind: [RecordKind: Int]) -> JSONText {
    .object(RecordKind.journal.map { ($0.rawValue, .integer(countsByKind[$0] ?? 0)) })
  }
}
