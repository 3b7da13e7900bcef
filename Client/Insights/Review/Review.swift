package import JournalModel

/// A stretch of days as the journal tells it: what was written, felt and dared.
///
/// It counts and quotes; it compares nothing, so it needs no correction for chance.
package struct Review: Sendable {
  package let days: ClosedRange<CivilDay>
  package let written: Written
  package let felt: Felt
  package let dared: Dared
  /// Whoever was named, with the number of records that name them, most first.
  package let people: [NamedCount]
  /// Sentences of one's own, oldest first.
  package let quotes: [Quote]
  package let question: QuestionToTake

  package struct Written: Sendable {
    /// Oldest first.
    package let entries: [Entry]
    /// Days with an entry.
    package var dayCount: Int { Set(entries.map(\.date.day)).count }
  }

  package struct Dared: Sendable {
    /// Oldest first.
    package let done: [Step]
    /// Neither done nor skipped, by when they are due.
    package let planned: [Step]
    package let skippedCount: Int
  }

  /// The prompt that an entry bears which is itself a review, so that the next one leaves it out.
  package static let prompt = "review"

  /// - Parameters:
  ///   - days: What it is about.
  ///   - records: Of these days, in any order; of steps also those that are planned.
  ///   - quotesMax: How many sentences to quote.
  package init(of days: ClosedRange<CivilDay>, _ records: [RecordState], quotesMax: Int) {
    self.days = days
    let entries = records.compactMap(Entry.init).filter { $0.prompt != Self.prompt }.inOrder(
      of: \.date)
    let moods = records.compactMap(MoodLog.init).inOrder(of: \.date)
    let steps = records.compactMap(Step.init)
    written = Written(entries: entries)
    felt = Felt(moods)
    dared = Dared(
      done: steps.filter { step in
        !step.isSkipped && step.doneAt.map { days.contains($0.day) } == true
      }.sorted { ($0.dayDone, $0.title) < ($1.dayDone, $1.title) },
      planned: steps.filter { !$0.isSkipped && $0.doneAt == nil }
        .sorted { ($0.dayDue, $0.title) < ($1.dayDue, $1.title) },
      skippedCount: steps.count { step in
        step.isSkipped && step.due.map { days.contains($0.day) } != false
      })
    let named = entries.map(\.people) + moods.map(\.people) + dared.done.map(\.people)
    people = NamedCount.ranked(named.joined())
    quotes = Quote.chosen(from: entries, moods, max: quotesMax)
    question = QuestionToTake(moods: moods, dared: dared, people: people)
  }
}

extension Step {
  /// Days since 1970; a step without a day comes last.
  fileprivate var dayDue: Int { due?.day.daysSinceEpoch ?? .max }
}

extension Array where Element: RecordView {
  fileprivate func inOrder(of date: (Element) -> JournalDate) -> [Element] {
    sorted { Moment(date($0), $0.created) < Moment(date($1), $1.created) }
  }
}

/// The order of a day as it was lived there.
private struct Moment: Comparable {
  private let day: CivilDay
  private let second: Int
  private let created: Int64

  init(_ date: JournalDate, _ created: Int64) {
    day = date.day
    second = date.time?.secondOfDay ?? 0
    self.created = created
  }

  static func < (left: Moment, right: Moment) -> Bool {
    (left.day, left.second, left.created) < (right.day, right.second, right.created)
  }
}
