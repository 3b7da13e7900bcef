/// What can be counted of a mood log: its numbers and names, none of its prose.
///
/// A store can hand over ten years of these without making a single `MoodLog`.
package struct MoodFacts: Hashable, Sendable {
  package let id: RecordID
  /// As written.
  package let day: CivilDay
  /// Of the clock as written, 0 to 23; `nil` for a whole day.
  package var hour: Int?
  /// Unix milliseconds.
  package let instantMilliseconds: Int64
  /// 1 to 10, as in `MoodLog`.
  package var score: Int?
  /// 0 to 10.
  package var closeness: Int?
  package var pull: Pull?
  /// 0 to 10.
  package var urge: Int?
  package var technique: String?
  /// 1 to 10.
  package var scoreBefore: Int?
  /// 0 to 10.
  package var urgeBefore: Int?
  /// In alphabetical order.
  package var signs: [String] = []
  /// In alphabetical order.
  package var people: [String] = []

  package init(id: RecordID, day: CivilDay, hour: Int? = nil, instantMilliseconds: Int64) {
    self.id = id
    self.day = day
    self.hour = hour
    self.instantMilliseconds = instantMilliseconds
  }
}
