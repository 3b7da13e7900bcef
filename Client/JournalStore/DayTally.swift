package import JournalModel

/// What was written on one day, as written.
package struct DayTally: Hashable, Sendable {
  package let day: CivilDay
  package var countsByKind: [RecordKind: Int] = [:]
  /// Words of all prose; of scripts without spaces between words, characters.
  package var words = 0
  /// Of the mood logs that have a score.
  package var scores: [Int] = []

  package init(day: CivilDay) { self.day = day }

  package var records: Int { countsByKind.values.reduce(0, +) }

  /// The mean of the day's scores.
  package var score: Double? {
    scores.isEmpty ? nil : Double(scores.reduce(0, +)) / Double(scores.count)
  }
}
