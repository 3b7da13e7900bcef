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
  package let emotions: [NamedCount]
  package let signs: [NamedCount]

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
    emotions = NamedCount.ranked(moods.lazy.flatMap(\.emotions))
    signs = NamedCount.ranked(moods.lazy.flatMap(\.signs))
  }

  /// How finely the scores of a stretch are told.
  package enum Grain: Sendable {
    case day
    /// From Monday on.
    case week
    case month
  }

  /// The mean score of each day, week or month from the first with a score to the last, each day
  /// counting once; `nil` where there is none.
  package func scores(by grain: Grain) -> (first: CivilDay, means: [Double?])? {
    let days = Dictionary(grouping: scoresByDay) { grain.start(of: $0.day) }
    guard let first = days.keys.min(), let last = days.keys.max() else { return nil }
    var starts = [first]
    // After the last day of all years comes none.
    while let start = starts.last, start < last, grain.start(after: start) > start {
      starts.append(grain.start(after: start))
    }
    return (first, starts.map { Averages.mean((days[$0] ?? []).map(\.mean)) })
  }
}

extension Felt.Grain {
  fileprivate func start(of day: CivilDay) -> CivilDay {
    switch self {
    case .day: day
    case .week: day.monday
    case .month: day.adding(days: 1 - day.day)
    }
  }

  fileprivate func start(after start: CivilDay) -> CivilDay {
    switch self {
    case .day: start.adding(days: 1)
    case .week: start.adding(days: 7)
    case .month: self.start(of: start.adding(days: 31))
    }
  }
}
