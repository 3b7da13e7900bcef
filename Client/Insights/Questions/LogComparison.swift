internal import JournalModel

/// Groups of mood logs, each compared with the other logs of the same weeks.
struct LogComparison {
  let question: QuestionID
  /// Those that can belong to a group or to its outside.
  let logs: [MoodFacts]
  let groups: [Group]
  let measures: [Measure]
  /// A bit for each group that the log belongs to.
  let membership: @Sendable (MoodFacts) -> UInt64
  /// The bars of a measure: of each group, unless told otherwise.
  var chart: (Measure) -> [ChartGroup]

  struct Group {
    /// Begins a sentence: “With Sam”.
    let opening: String
    let label: String
  }

  struct ChartGroup: Sendable {
    let label: String
    let contains: @Sendable (MoodFacts) -> Bool
  }

  init(
    _ question: QuestionID, logs: [MoodFacts], groups: [Group], measures: [Measure],
    membership: @escaping @Sendable (MoodFacts) -> UInt64
  ) {
    self.question = question
    self.logs = logs
    self.groups = groups
    self.measures = measures
    self.membership = membership
    chart = { _ in
      groups.enumerated().map { index, group in
        ChartGroup(label: group.label) { membership($0) & (1 << UInt64(index)) != 0 }
      }
    }
  }

  /// - Parameter weeksWith: what ten weeks would have to have.
  func ask(weeksWith: String) -> Asked {
    let memberships = logs.map(membership)
    let measured = measures.map { measure in
      (
        measure,
        logs.indices.compactMap { index in
          measure.value(of: logs[index]).map {
            Comparison<Measure>.Observation(
              value: $0, groups: memberships[index], stratum: logs[index].week,
              week: logs[index].week, source: index)
          }
        }
      )
    }
    let comparison = Comparison(measured, groupCount: groups.count)
    guard !comparison.cells.isEmpty else {
      return .missing(weeksWith: weeksWith, comparison.nearest)
    }
    return .answered(comparison.answer(finding))
  }

  private func finding(_ cell: Comparison<Measure>.Cell) -> Finding {
    let contrast = cell.contrast
    let interval = contrast.interval
    return Finding(
      question: question,
      text: Wording.comparison(
        groups[cell.group].opening, cell.measured, contrast.difference, interval,
        against: Wording.otherLogs,
        counts: Wording.counts(contrast.inGroup, contrast.outside, "log")),
      n: cell.n, interval: interval, chart: rows(cell.measured),
      about: cell.inGroup.map { logs[$0].id }, against: cell.outside.map { logs[$0].id })
  }

  private func rows(_ measure: Measure) -> [ChartRow] {
    chart(measure).compactMap { group in
      let values = logs.filter(group.contains).compactMap(measure.value)
      return ChartRow(group.label, measure, values)
    }
  }
}

extension Asked {
  /// A log of the group and one outside of it in each of ten weeks are ten of both: weeks are all
  /// that has to be counted where logs of one week are compared.
  static func missing(weeksWith what: String, _ progress: Progress) -> Asked {
    .missing(needs: Wording.needsWeeks(what, have: progress.weeks), share: progress.share)
  }
}

extension ChartRow {
  /// The mean of some values; `nil` of none.
  init?(_ label: String, _ measure: Measure, _ values: [Double]) {
    guard let mean = Averages.mean(values) else { return nil }
    self.init(
      label: label, length: mean / measure.most,
      words: Wording.mean(mean, measure, count: values.count))
  }
}
