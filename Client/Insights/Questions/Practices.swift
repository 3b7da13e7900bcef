internal import JournalModel

/// How do mood and urge change over a practice, against like hours without one?
///
/// Without one: from one log to the next of the same day, in the same part of the day and from the
/// same start. People practise when it is bad, and what is bad tends to get better by itself.
struct Practices: Question {
  let id = QuestionID.practice

  /// Between two logs that are compared with a practice, at most.
  private static let gapMillisecondsMax: Int64 = 6 * 3_600_000
  private static let measures: [Measure] = [.score, .urge]
  private static let techniquesMax = 12

  func ask(_ facts: JournalFacts) -> Asked {
    let rated = facts.moods.filter { $0.technique != nil && Self.isRated($0) }
    let techniques = Minimum.met(by: rated.compactMap(\.technique), most: Self.techniquesMax)
    // All practices together are the last group.
    let groups = techniques.count == 1 ? [] : [Wording.anyPractice]
    let comparison = Comparison(
      Self.measures.map { ($0, Self.observations(facts.moods, $0, techniques)) },
      groupCount: techniques.count + groups.count)
    guard !comparison.cells.isEmpty else {
      return .missing(
        needs: Wording.needs(
          "practices rated before and after",
          "pairs of logs of one day that began alike, without a practice",
          have: comparison.nearest),
        share: comparison.nearest.share)
    }
    let names = techniques + groups
    return .answered(comparison.answer { finding($0, names[$0.group], facts.moods) })
  }

  private static func isRated(_ log: MoodFacts) -> Bool {
    (log.scoreBefore != nil && log.score != nil) || (log.urgeBefore != nil && log.urge != nil)
  }

  private static func observations(
    _ moods: [MoodFacts], _ measure: Measure, _ techniques: [String]
  ) -> [Comparison<Measure>.Observation] {
    moods.indices.compactMap { index in
      let log = moods[index]
      guard let hour = log.hour, let end = measure.value(of: log) else { return nil }
      var start: Double?
      var groups: UInt64 = 0
      if let technique = log.technique {
        start = (measure == .score ? log.scoreBefore : log.urgeBefore).map(Double.init)
        groups = 1 << UInt64(techniques.count)
        if let place = techniques.firstIndex(of: technique) { groups |= 1 << UInt64(place) }
      } else if index > 0, moods[index - 1].day == log.day, moods[index - 1].technique == nil,
        log.instantMilliseconds - moods[index - 1].instantMilliseconds <= gapMillisecondsMax
      {
        start = measure.value(of: moods[index - 1])
      }
      guard let start else { return nil }
      return Comparison<Measure>.Observation(
        value: end - start, groups: groups,
        stratum: Int(start) * DayPart.allCases.count + DayPart(hour: hour).rawValue,
        week: log.week, source: index)
    }
  }

  private func finding(
    _ cell: Comparison<Measure>.Cell, _ name: String, _ moods: [MoodFacts]
  ) -> Finding {
    let interval = cell.contrast.interval
    return Finding(
      question: id,
      text: Wording.practice(
        name, cell.measured, cell.contrast.difference, interval, practices: cell.contrast.inGroup,
        others: cell.contrast.outside),
      n: cell.n, interval: interval, chart: [], about: cell.inGroup.map { moods[$0].id },
      against: cell.outside.map { moods[$0].id })
  }
}
