internal import JournalModel

/// Has mood gone from one level to another, and when?
struct MoodLevel: Question {
  let id = QuestionID.moodLevel

  /// Twelve weeks of days, which need not follow each other.
  static let daysMin = 84

  func ask(_ facts: JournalFacts) -> Asked {
    let series = DaySeries(facts.moods, Measure.score.value)
    guard series.values.count >= Self.daysMin else {
      return .missing(
        needs: Wording.needsDays("a mood score", Self.daysMin, series.values.count),
        share: Double(series.values.count) / Double(Self.daysMin))
    }
    return .answered(
      Answer(pValue: LevelChange.pValues([series.values[...]])[0]) { level in
        let changes = LevelChange.changes(series.values, level: level)
        return changes.indices.map { place in
          let start = place == 0 ? 0 : changes[place - 1]
          let end = place + 1 < changes.count ? changes[place + 1] : series.values.count
          return finding(series, start..<changes[place], changes[place]..<end)
        }
      })
  }

  private func finding(
    _ series: DaySeries, _ before: Range<Int>, _ after: Range<Int>
  ) -> Finding {
    let interval = series.interval(before, after)
    let means = (series.mean(before), series.mean(after))
    let texts = Wording.level(
      day: series.days[after.lowerBound], before: means.0, after: means.1, interval,
      daysBefore: before.count, daysAfter: after.count)
    return Finding(
      question: id, text: texts, n: before.count + after.count, interval: interval,
      chart: series.chart(before, after, longest: 10) { Wording.level($0, days: $1) },
      about: series.ids(after), against: series.ids(before))
  }
}
