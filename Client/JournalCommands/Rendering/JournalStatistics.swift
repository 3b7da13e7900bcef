internal import JournalModel
internal import JournalStore

/// The journal in numbers, from what was counted a day.
struct JournalStatistics {
  private(set) var countsByKind: [RecordKind: Int] = [:]
  private(set) var words = 0
  /// On which an entry or a mood log was written; a step's day is no day of writing, and neither is
  /// one that is still to come.
  private(set) var days = 0
  private(set) var firstDay: CivilDay?
  private(set) var lastDay: CivilDay?
  /// Days in a row; of several as long, the first.
  private(set) var longestRun: ClosedRange<CivilDay>?
  /// The days in a row that end today or yesterday.
  private(set) var presentRun: ClosedRange<CivilDay>?
  /// Ascending; only years with something in them.
  private(set) var years: [Year] = []

  struct Year {
    let year: Int
    var days = 0
    var countsByKind: [RecordKind: Int] = [:]
    var words = 0
  }

  /// - Parameter tallies: ascending.
  init(_ tallies: [DayTally], today: CivilDay) {
    var run: ClosedRange<CivilDay>?
    for tally in tallies {
      let isDayOfWriting = tally.isDayOfWriting && tally.day <= today
      add(tally, isDayOfWriting: isDayOfWriting)
      guard isDayOfWriting else { continue }
      days += 1
      firstDay = firstDay ?? tally.day
      lastDay = tally.day
      if let before = run, before.upperBound.daysSinceEpoch + 1 == tally.day.daysSinceEpoch {
        run = before.lowerBound...tally.day
      } else {
        run = tally.day...tally.day
      }
      if let run, run.length > longestRun?.length ?? 0 { longestRun = run }
      if let run, run.upperBound == today || run.upperBound == today.adding(days: -1) {
        presentRun = run
      }
    }
  }

  private mutating func add(_ tally: DayTally, isDayOfWriting: Bool) {
    if years.last?.year != tally.day.year { years.append(Year(year: tally.day.year)) }
    let last = years.count - 1
    for (kind, count) in tally.countsByKind {
      countsByKind[kind, default: 0] += count
      years[last].countsByKind[kind, default: 0] += count
    }
    words += tally.words
    years[last].words += tally.words
    if isDayOfWriting { years[last].days += 1 }
  }
}

extension DayTally {
  fileprivate var isDayOfWriting: Bool { countsByKind[.entry] != nil || countsByKind[.mood] != nil }
}

extension ClosedRange<CivilDay> {
  /// In days.
  var length: Int { upperBound.daysSinceEpoch - lowerBound.daysSinceEpoch + 1 }
}
