internal import Insights
internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// A review as text, Markdown and JSON.
struct ReviewPage {
  let title: String
  private let review: Review
  private let stretch: Stretch
  private let sections: [Section]
  private let question: String

  private struct Section {
    let heading: String
    var facts: [String] = []
    var quotes: [Quote] = []
  }

  private let nothing: String
  private let isAhead: Bool

  /// - Parameter today: days after it have not come yet.
  init(_ review: Review, stretch: Stretch, today: CivilDay) {
    self.review = review
    self.stretch = stretch
    isAhead = review.days.lowerBound > today
    nothing =
      isAhead
      ? Messages.Reviews.notCome(review.days) : Messages.Reviews.nothing(stretch)
    title = Messages.Reviews.title(stretch, review.days)
    sections = [
      Self.written(review.written), Self.felt(review.felt, by: stretch.grain),
      Self.dared(review.dared), Self.people(review.people),
      Section(heading: Messages.Reviews.inYourWords, quotes: review.quotes),
    ].filter { !$0.facts.isEmpty || !$0.quotes.isEmpty }
    question = Messages.Reviews.question(review.question)
  }

  var isEmpty: Bool { sections.isEmpty }

  func lines(style: Style, columns: Int?) -> [String] {
    var lines = [style.strong(title)]
    if isEmpty { lines += [""] + LineWrap.wrapped(nothing, columns: columns) }
    if isEmpty && isAhead { return lines }
    for section in sections {
      lines += ["", style.strong(section.heading)]
      for fact in section.facts { lines += Self.wrapped(Visible.line(fact), columns) }
      for quote in section.quotes {
        let text = Messages.Reviews.quote(quote.day, "“\(Visible.line(quote.text))”")
        lines += Self.wrapped(text, columns)
      }
    }
    lines += ["", style.strong(Messages.Reviews.toTakeAlong)]
    return lines + Self.wrapped(Visible.line(question), columns)
  }

  private static func wrapped(_ text: String, _ columns: Int?) -> [String] {
    LineWrap.wrapped(text, columns: columns, after: "  ")
  }

  var markdown: String { "# \(title)\n\n\(body)" }

  /// `body` for an entry: a name in it was written on another day, and is no news of anybody.
  var bodyWithoutMarks: String {
    var text = body
    for mark in TextMarks(text).marks.reversed() { text.insert("\\", at: mark.range.lowerBound) }
    return text
  }

  /// Without the title. Nobody's words make headings or lists in it, or reach a terminal raw.
  var body: String {
    var blocks = isEmpty ? [nothing] : []
    for section in sections {
      blocks.append("## \(section.heading)")
      if !section.facts.isEmpty {
        blocks.append(section.facts.map { "- \(Visible.line($0))" }.joined(separator: "\n"))
      }
      blocks += section.quotes.map {
        "> " + Messages.Reviews.quote($0.day, Visible.line($0.text))
      }
    }
    blocks += ["## \(Messages.Reviews.toTakeAlong)", Visible.line(question)]
    return blocks.joined(separator: "\n\n") + "\n"
  }
}

extension Review.Written {
  fileprivate var wordCount: Int { entries.reduce(0) { $0 + WordCount.words(in: $1.text) } }
}

// What each section says.
extension ReviewPage {
  private static let titlesMax = 7
  private static let namesMax = 6

  private static func written(_ written: Review.Written) -> Section {
    var section = Section(heading: Messages.Reviews.written)
    guard !written.entries.isEmpty else { return section }
    section.facts = [
      Messages.Reviews.entries(
        written.entries.count, words: written.wordCount, days: written.dayCount)
    ]
    let titled = written.entries.compactMap { entry in entry.title.map { (entry.date.day, $0) } }
    section.facts += titled.suffix(titlesMax).map { Messages.Reviews.entry($0, title: $1) }
    return section
  }

  private static func felt(_ felt: Felt, by grain: Felt.Grain) -> Section {
    var section = Section(heading: Messages.Reviews.felt)
    guard felt.logCount > 0 else { return section }
    section.facts = [Messages.Reviews.logs(felt.logCount)]
    if let score = felt.score { section.facts.append(Messages.Reviews.score(score)) }
    if let (first, means) = felt.scores(by: grain), means.count > 1 {
      section.facts.append(Messages.Reviews.scores(grain, from: first, means))
    }
    if let closeness = felt.closeness {
      section.facts.append(Messages.Reviews.closeness(closeness))
    }
    if let urge = felt.urge { section.facts.append(Messages.Reviews.urge(urge)) }
    if !felt.pullCounts.isEmpty { section.facts.append(Messages.Reviews.pulls(felt.pullCounts)) }
    if !felt.emotions.isEmpty {
      section.facts.append(Messages.Reviews.emotions(Array(felt.emotions.prefix(namesMax))))
    }
    if !felt.signs.isEmpty {
      section.facts.append(Messages.Reviews.signs(Array(felt.signs.prefix(namesMax))))
    }
    return section
  }

  private static func dared(_ dared: Review.Dared) -> Section {
    var section = Section(heading: Messages.Reviews.dared)
    for step in dared.done { section.facts += Messages.Reviews.done(step) }
    section.facts += dared.planned.prefix(titlesMax).map(Messages.Reviews.planned)
    if dared.skippedCount > 0 { section.facts.append(Messages.Reviews.skipped(dared.skippedCount)) }
    return section
  }

  private static func people(_ people: [NamedCount]) -> Section {
    var section = Section(heading: Messages.Reviews.people)
    if !people.isEmpty {
      section.facts = [Messages.Reviews.named(Array(people.prefix(namesMax)))]
    }
    return section
  }
}

extension ReviewPage {
  var json: JSONText {
    .object([
      ("stretch", .string(stretch.rawValue)),
      ("from", .string(review.days.lowerBound.description)),
      ("to", .string(review.days.upperBound.description)),
      ("written", writtenJSON), ("felt", feltJSON), ("dared", daredJSON),
      ("people", Self.counts(review.people)),
      (
        "quotes",
        .array(
          review.quotes.map {
            .object([
              ("id", .string($0.record.description)), ("day", .string($0.day.description)),
              ("text", .string($0.text)),
            ])
          })
      ),
      ("question", .string(question)),
    ])
  }

  private var writtenJSON: JSONText {
    .object([
      ("entries", .integer(review.written.entries.count)),
      ("days", .integer(review.written.dayCount)),
      ("words", .integer(review.written.wordCount)),
      ("ids", .strings(review.written.entries.map(\.id.description))),
    ])
  }

  private var feltJSON: JSONText {
    .object([
      ("logs", .integer(review.felt.logCount)),
      ("score", Self.spread(review.felt.score)),
      ("closeness", Self.spread(review.felt.closeness)),
      ("urge", Self.spread(review.felt.urge)),
      (
        "scoreByDay",
        .array(
          review.felt.scoresByDay.map {
            .object([("day", .string($0.day.description)), ("mean", .number($0.mean))])
          })
      ),
      (
        "pull",
        .object(
          Pull.allCases.map { ($0.rawValue, .integer(review.felt.pullCounts[$0] ?? 0)) })
      ),
      ("emotions", Self.counts(review.felt.emotions)),
      ("signs", Self.counts(review.felt.signs)),
    ])
  }

  private var daredJSON: JSONText {
    .object([
      ("done", .strings(review.dared.done.map(\.id.description))),
      ("planned", .strings(review.dared.planned.map(\.id.description))),
      ("skipped", .integer(review.dared.skippedCount)),
    ])
  }

  private static func spread(_ spread: Felt.Spread?) -> JSONText {
    guard let spread else { return .null }
    return .object([
      ("n", .integer(spread.count)), ("mean", .number(spread.mean)),
      ("lowest", .integer(spread.lowest)), ("highest", .integer(spread.highest)),
    ])
  }

  private static func counts(_ named: [NamedCount]) -> JSONText {
    .array(
      named.map { .object([("name", .string($0.name)), ("count", .integer($0.count))]) })
  }
}
