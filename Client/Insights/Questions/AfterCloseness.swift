internal import JournalModel

/// What are urge and mood like in the one to three days after a day that felt closer than usual?
struct AfterCloseness: Question {
  let id = QuestionID.afterCloseness

  private static let measures: [Measure] = [.urge, .score]

  func ask(_ facts: JournalFacts) -> Asked {
    let days = Self.days(facts.moods)
    guard let usual = Usual(days.map(\.closeness)) else { return missing(Progress()) }
    let measured = Self.measures.map { measure in
      (
        measure,
        days.indices.compactMap { index in
          Averages.mean(days[index].later.compactMap { measure.value(of: facts.moods[$0]) }).map {
            Comparison<Measure>.Observation(
              value: $0, groups: days[index].closeness >= usual.closerFrom ? 1 : 0,
              stratum: Week.of(days[index].day), week: Week.of(days[index].day), source: index)
          }
        }
      )
    }
    let comparison = Comparison(measured, groupCount: 1)
    guard !comparison.cells.isEmpty else { return missing(comparison.nearest) }
    return .answered(
      comparison.answer { finding($0, days, usual, facts.moods) })
  }

  private func finding(
    _ cell: Comparison<Measure>.Cell, _ days: [Day], _ usual: Usual, _ moods: [MoodFacts]
  ) -> Finding {
    let interval = cell.contrast.interval
    let closer = cell.inGroup.map { days[$0] }
    let others = cell.outside.map { days[$0] }
    let rows = [(closer, true), (others, false)].compactMap { days, isCloser in
      let means = days.compactMap { day in
        Averages.mean(day.later.compactMap { cell.measured.value(of: moods[$0]) })
      }
      return ChartRow(Wording.after(closer: isCloser), cell.measured, means)
    }
    let about = Set(closer.flatMap { $0.logs + $0.later })
    let against = Set(others.flatMap { $0.logs + $0.later }).subtracting(about)
    return Finding(
      question: id,
      text: Wording.comparison(
        Wording.afterCloserDays(from: usual.closerFrom), cell.measured, cell.contrast.difference,
        interval, against: Wording.afterOtherDays,
        counts: Wording.counts(cell.contrast.inGroup, cell.contrast.outside, "day")),
      n: cell.n, interval: interval, chart: rows,
      about: about.sorted().map { moods[$0].id }, against: against.sorted().map { moods[$0].id })
  }

  private func missing(_ progress: Progress) -> Asked {
    .missing(
      weeksWith: "days closer than your usual and other days, and logs within three days after",
      progress)
  }

  /// A day with closeness, and the logs of the three days after it.
  private struct Day {
    let day: Int
    let closeness: Double
    let logs: [Int]
    let later: [Int]
  }

  private static func days(_ moods: [MoodFacts]) -> [Day] {
    let indices = Dictionary(grouping: moods.indices) { moods[$0].dayNumber }
    return indices.keys.sorted().compactMap { day in
      let logs = indices[day] ?? []
      let later = (1...3).flatMap { indices[day + $0] ?? [] }
      guard !later.isEmpty,
        let closeness = Averages.mean(logs.compactMap { Measure.closeness.value(of: moods[$0]) })
      else { return nil }
      return Day(day: day, closeness: closeness, logs: logs, later: later)
    }
  }
}
