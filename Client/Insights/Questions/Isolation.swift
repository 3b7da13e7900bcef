internal import JournalModel

/// Runs of logs in which somebody keeps away, and what was there when they ended.
struct Isolation: Question {
  let id = QuestionID.isolation

  /// From this urge on, a log is one of keeping away.
  private static let urgeMin = 7
  /// Logs in a row.
  private static let runMin = 3
  /// Between two logs of a run.
  private static let gapMillisecondsMax: Int64 = 3 * 86_400_000

  /// What can be there on the day of a log.
  enum Company: Int, CaseIterable {
    case person
    case step
    case practice
  }

  private enum Ended: Sendable { case ended }

  func ask(_ facts: JournalFacts) -> Asked {
    let moods = facts.moods.filter(Self.tells)
    let runs = Self.runs(moods)
    let observations = Self.observations(moods, facts.stepsDone, runs)
    let comparison = Comparison(
      [(Ended.ended, observations)], groupCount: Company.allCases.count)
    guard !comparison.cells.isEmpty else {
      return .missing(
        needs: Wording.needs(
          "logs after three of keeping away that name somebody or come with a step or practice",
          "that do not", have: comparison.nearest),
        share: comparison.nearest.share)
    }
    return .answered(
      comparison.answer { cell in
        let interval = cell.contrast.interval
        let company = Company.allCases[cell.group]
        let rows = [true, false].map { isThere in
          let some = observations.filter { ($0.groups & 1 << UInt64(cell.group) != 0) == isThere }
          return ChartRow(
            label: Wording.company(company, isThere: isThere),
            length: Averages.mean(some.map(\.value)) ?? 0,
            words: Wording.mean(
              Averages.mean(some.map(\.value)) ?? 0, .away, count: some.count))
        }
        return Finding(
          question: id,
          text: Wording.isolation(
            company, runs: runs.count, cell.contrast.difference, interval,
            with: cell.contrast.inGroup, without: cell.contrast.outside),
          n: cell.n, interval: interval, chart: rows,
          about: cell.inGroup.map { moods[$0].id },
          against: cell.outside.map { moods[$0].id })
      })
  }

  /// Whether a log says anything about keeping away: a score alone neither goes on with a run nor
  /// ends one.
  private static func tells(_ log: MoodFacts) -> Bool {
    log.pull != nil || log.urge != nil || !log.signs.isEmpty
  }

  private static func isAway(_ log: MoodFacts) -> Bool {
    log.pull == .away || log.urge.map { $0 >= urgeMin } == true
      || log.signs.contains(Sign.withdrawal.rawValue)
  }

  /// Places in the journal.
  private static func runs(_ moods: [MoodFacts]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for index in moods.indices {
      let isAway = isAway(moods[index])
      let isNear = index > 0 && gap(moods, index) <= gapMillisecondsMax
      if let first = start, !isAway || !isNear {
        if index - first >= runMin { runs.append(first..<index) }
        start = nil
      }
      if isAway, start == nil { start = index }
    }
    if let first = start, moods.count - first >= runMin { runs.append(first..<moods.count) }
    return runs
  }

  private static func gap(_ moods: [MoodFacts], _ index: Int) -> Int64 {
    moods[index].instantMilliseconds - moods[index - 1].instantMilliseconds
  }

  /// Each log that follows one of a run soon enough, from the run's third on: whether the run ended
  /// with it, and who or what was there.
  private static func observations(
    _ moods: [MoodFacts], _ stepsDone: [Step], _ runs: [Range<Int>]
  ) -> [Comparison<Ended>.Observation] {
    let stepDays = Set(stepsDone.map(\.dayDone))
    return runs.flatMap { run in
      ((run.lowerBound + runMin)...run.upperBound).compactMap { index in
        guard index < moods.count, gap(moods, index) <= gapMillisecondsMax else { return nil }
        let log = moods[index]
        var groups: UInt64 = 0
        if !log.people.isEmpty { groups |= 1 << UInt64(Company.person.rawValue) }
        if stepDays.contains(log.dayNumber) || stepDays.contains(log.dayNumber - 1) {
          groups |= 1 << UInt64(Company.step.rawValue)
        }
        if log.technique != nil { groups |= 1 << UInt64(Company.practice.rawValue) }
        return Comparison<Ended>.Observation(
          value: isAway(log) ? 0 : 1, groups: groups, stratum: 0, week: log.week, source: index)
      }
    }
  }
}
