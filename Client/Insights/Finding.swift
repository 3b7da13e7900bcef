package import JournalModel

/// What a journal's numbers say about one question.
package struct Finding: Hashable, Sendable {
  package let question: QuestionID
  /// A plain sentence or two, with the number of observations and an interval.
  package let text: String
  /// Observations.
  package let n: Int
  /// 95 percent, of the difference that the text names, in its unit.
  package let interval: ClosedRange<Double>
  package let chart: [ChartRow]
  /// The records that it is about, oldest first.
  package let about: [RecordID]
  /// Those that they are compared with, oldest first.
  package let against: [RecordID]

  /// All records behind it.
  package var ids: [RecordID] { about + against }
}

/// A question that the journal cannot answer yet.
package struct MissingFinding: Hashable, Sendable {
  package let question: QuestionID
  /// What it would take, and how much of it there is.
  package let needs: String
}

/// One bar of a chart.
package struct ChartRow: Hashable, Sendable {
  package let label: String
  /// 0 to 1, of the longest possible bar.
  package let length: Double
  /// What the bar says, for who does not see it: “71% of 24”.
  package let words: String
}

/// What can be asked of a journal; the raw value is its name in JSON.
package enum QuestionID: String, CaseIterable, Sendable {
  case pullByCloseness = "pull-by-closeness"
  case afterCloseness = "after-closeness"
  case person
  case hour
  case weekday
  case signs
  case steps
  case practice
  case isolation
  case moodLevel = "mood-level"
}
