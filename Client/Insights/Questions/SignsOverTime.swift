internal import JournalModel

/// Has one of the seven groups of signs become more or less frequent?
struct SignsOverTime: Question {
  let id = QuestionID.signs

  /// Logs with a sign, before its frequency says anything.
  private static let logsMin = 20

  func ask(_ facts: JournalFacts) -> Asked {
    let logs = Self.withSigns(facts.moods)
    let counts = Dictionary(
      uniqueKeysWithValues: Sign.allCases.map { sign in
        (sign, logs.count { $0.signs.contains(sign.rawValue) })
      })
    let signs = Sign.allCases.filter { counts[$0, default: 0] >= Self.logsMin }
    let series = signs.map { sign in
      DaySeries(logs) { $0.signs.contains(sign.rawValue) ? 1 : 0 }
    }
    let days = Set(logs.map(\.dayNumber)).count
    guard !signs.isEmpty, days >= MoodLevel.daysMin else {
      let most = counts.values.max() ?? 0
      return .missing(
        needs: Wording.needsSigns(
          Self.logsMin, have: most, days: MoodLevel.daysMin, haveDays: days),
        share: min(
          Double(most) / Double(Self.logsMin), Double(days) / Double(MoodLevel.daysMin)))
    }
    let pValues = LevelChange.pValues(series.map { $0.values[...] })
    return .answered(
      Answer(pValue: pValues.min() ?? 1) { level in
        signs.indices.filter { pValues[$0] <= level }.compactMap { finding(signs[$0], series[$0]) }
      })
  }

  /// From the first log with any sign to the last: before somebody began to log signs, or after they
  /// stopped, that there are none says nothing.
  private static func withSigns(_ moods: [MoodFacts]) -> [MoodFacts] {
    guard let first = moods.firstIndex(where: { !$0.signs.isEmpty }),
      let last = moods.lastIndex(where: { !$0.signs.isEmpty })
    else { return [] }
    return Array(moods[first...last])
  }

  /// About the greatest change of a sign's frequency.
  private func finding(_ sign: Sign, _ series: DaySeries) -> Finding? {
    guard let split = LevelChange.split(series.values[...]) else { return nil }
    let before = 0..<split.index
    let after = split.index..<series.values.count
    let interval = series.interval(before, after)
    return Finding(
      question: id,
      text: Wording.sign(
        sign, day: series.days[after.lowerBound], before: series.mean(before),
        after: series.mean(after), interval, daysBefore: before.count, daysAfter: after.count),
      n: before.count + after.count, interval: interval,
      chart: series.chart(before, after, longest: 1) { Wording.share($0, days: $1) },
      about: series.ids(after), against: series.ids(before))
  }
}
