internal import JournalModel

/// The mean of a value on each day that has any.
struct DaySeries {
  let days: [CivilDay]
  let values: [Double]
  private let idsByDay: [[RecordID]]

  /// - Parameter moods: oldest first.
  init(_ moods: [MoodFacts], _ value: (MoodFacts) -> Double?) {
    var logsByDay: [Int: (day: CivilDay, values: [Double], ids: [RecordID])] = [:]
    for log in moods {
      guard let value = value(log) else { continue }
      logsByDay[log.dayNumber, default: (log.day, [], [])].values.append(value)
      logsByDay[log.dayNumber]?.ids.append(log.id)
    }
    let sorted = logsByDay.sorted { $0.key < $1.key }.map(\.value)
    days = sorted.map(\.day)
    values = sorted.map { Averages.mean($0.values) ?? 0 }
    idsByDay = sorted.map(\.ids)
  }

  func ids(_ range: Range<Int>) -> [RecordID] { idsByDay[range].flatMap { $0 } }

  func mean(_ range: Range<Int>) -> Double { Averages.mean(values[range]) ?? 0 }

  /// Of the difference of means, after less before, from blocks of days.
  func interval(_ before: Range<Int>, _ after: Range<Int>) -> ClosedRange<Double> {
    Bootstrap.interval([blocks(before), blocks(after)]) { $0[1] - $0[0] }
  }

  private func blocks(_ range: Range<Int>) -> [RatioPart] {
    let length = LevelChange.blockLength(of: range.count)
    return stride(from: range.lowerBound, to: range.upperBound, by: length).map {
      let block = values[$0..<min($0 + length, range.upperBound)]
      return RatioPart(block.reduce(0, +), Double(block.count))
    }
  }

  func chart(
    _ before: Range<Int>, _ after: Range<Int>, longest: Double,
    words: (_ mean: Double, _ days: Int) -> String
  ) -> [ChartRow] {
    [before, after].map { range in
      ChartRow(
        label: Wording.days(days[range.lowerBound], days[range.upperBound - 1]),
        length: min(mean(range) / longest, 1), words: words(mean(range), range.count))
    }
  }
}
