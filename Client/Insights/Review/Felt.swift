package import JournalModel

/// What the mood logs of some days say together.
package struct Felt: Sendable {
  package let logCount: Int
  /// `nil` where no log has a score; so too below.
  package let score: Spread?
  package let closeness: Spread?
  package let urge: Spread?
  /// The mean score of each day that has one, oldest first.
  package let scoresByDay: [(day: CivilDay, mean: Double)]
  package let pullCounts: [Pull: Int]
  /// Most frequent first.
  package let emotions: [Review.Named]
  package let signs: [Review.Named]

  package struct Spread: Hashable, Sendable {
    package let count: Int
    package let mean: Double
    package let lowest: Int
    package let highest: Int

    init?(_ values: [Int]) {
      guard let lowest = values.min(), let highest = values.max(),
        let mean = Averages.mean(values.map(Double.init))
      else { return nil }
      count = values.count
      self.mean = mean
      self.lowest = lowest
      self.highest = highest
    }
  }

  /// - Parameter moods: oldest first.
  init(_ moods: [MoodLog]) {
    logCount = moods.count
    score = Spread(moods.compactMap(\.score))
    closeness = Spread(moods.compactMap(\.closeness))
    urge = Spread(moods.compactMap(\.urge))
    let scores = Dictionary(grouping: moods.filter { $0.score != nil }, by: \.date.day)
    scoresByDay = scores.keys.sorted().compactMap { day in
      Averages.mean((scores[day] ?? []).compactMap { $0.score.map(Double.init) }).map { (day, $0) }
    }
    pullCounts = Dictionary(grouping: moods.compactMap(\.pull)) { $0 }.mapValues(\.count)
    emotions = Self.counted(moods.map(\.emotions))
    signs = Self.counted(moods.map(\.signs))
  }

  private static func counted(_ names: [[String]]) -> [Review.Named] {
    var counts: [String: Int] = [:]
    for name in names.joined() { counts[name, default: 0] += 1 }
    return Review.Named.mostFirst(counts)
  }
}
