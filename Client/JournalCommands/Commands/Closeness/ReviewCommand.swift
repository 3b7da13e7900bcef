internal import ArgumentParser
internal import Insights
internal import JournalModel
internal import JournalStore

/// `ebb review`: what the last days held.
struct ReviewCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "review", "Look back on a week, a month or a year.", usage: "ebb review [WHEN…] [options]",
    discussion: Messages.Reviews.help)

  static let isPractice = true

  static let shape = ArgumentShape(
    words: .names, flags: ["--week", "--month", "--year", "--markdown", "--save"]
  ).adding(JSONOption.shape)

  @Argument(
    help: ArgumentHelp(
      "Another week, month or year: last week, 2026-10, 2025; or the last day of one.",
      valueName: "when"))
  var words: [String] = []

  @Flag(help: "The last seven days: what is shown unless you say otherwise.")
  var week = false

  @Flag(help: "The last thirty days.")
  var month = false

  @Flag(help: "The last 365 days.")
  var year = false

  @Flag(help: "Print it as Markdown.")
  var markdown = false

  @Flag(help: "Keep it in the journal, as an entry.")
  var save = false

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    if markdown && output.json { throw Failure.usage(Messages.Reviews.markdownOrJSON) }
    let (stretch, days) = try days(context)
    let page = ReviewPage(
      try Self.review(days, stretch, context), stretch: stretch, today: context.today)
    if save { return try keep(page, of: days, context) }
    if output.json { return context.output.json(page.json) }
    if markdown { return context.output.write(page.markdown) }
    try context.paged {
      page.lines(style: context.style, columns: context.terminal.columns)
        .forEach(context.output.line)
    }
  }

  private func days(
    _ context: CommandContext
  ) throws -> (stretch: Stretch, days: ClosedRange<CivilDay>) {
    let chosen = try chosenStretch()
    let text = words.joined(separator: " ")
    let named =
      words.isEmpty
      ? context.today...context.today : try FilterOptions.days(text, "`ebb review`", context)
    let last = named.upperBound
    guard named.lowerBound < last else {
      let stretch = chosen ?? .week
      return (stretch, last.adding(days: 1 - stretch.dayCount)...last)
    }
    let stretch = Stretch(of: named)
    guard chosen == nil || chosen == stretch else {
      throw Failure.usage(Messages.Reviews.otherStretch(text, stretch))
    }
    // Of this week, what there is of it.
    let isBegun = named.contains(context.today)
    return (stretch, isBegun ? named.lowerBound...context.today : named)
  }

  private func chosenStretch() throws -> Stretch? {
    guard [week, month, year].count(where: { $0 }) <= 1 else {
      throw Failure.usage(Messages.Reviews.oneStretch)
    }
    return year ? .year : month ? .month : week ? .week : nil
  }

  private static func review(
    _ days: ClosedRange<CivilDay>, _ stretch: Stretch, _ context: CommandContext
  ) throws -> Review {
    guard let journal = try context.journalToRead() else {
      return Review(of: days, [], quotesMax: stretch.quotesMax)
    }
    var query = RecordQuery()
    query.from = days.lowerBound
    query.to = days.upperBound
    var records = try journal.records(matching: query)
    guard days.upperBound >= context.today else {
      return Review(of: days, records, quotesMax: stretch.quotesMax)
    }
    // Steps are listed under the day when they are due, which may lie ahead.
    var ahead = RecordQuery()
    ahead.kinds = [.step]
    ahead.from = days.upperBound.adding(days: 1)
    records += try journal.records(matching: ahead)
    return Review(of: days, records, quotesMax: stretch.quotesMax)
  }

  private func keep(
    _ page: ReviewPage, of days: ClosedRange<CivilDay>, _ context: CommandContext
  ) throws {
    guard !page.isEmpty else {
      throw Failure(
        .notPossible,
        days.lowerBound > context.today
          ? Messages.Reviews.notCome(days) : Messages.Reviews.nothingToKeep)
    }
    if let saved = try saved(page.title, days, context) {
      return try keep(page, over: saved, context)
    }
    var draft = EntryDraft(date: try context.date(nil), text: page.bodyWithoutMarks)
    draft.title = page.title
    draft.prompt = Review.prompt
    let id = RecordID.random()
    try context.save([try draft.change(record: id, createdAt: context.now)])
    try context.show(id, verb: Messages.Writing.saved, json: output.json)
  }

  /// The same days hold more by now, or what they held is already kept.
  private func keep(_ page: ReviewPage, over saved: Entry, _ context: CommandContext) throws {
    var edit = RecordEdit()
    edit.set(.text, .text(page.bodyWithoutMarks))
    let isChanged = try context.save(editing: saved.id) { try edit.change(of: $0) }
    let id = try context.short(saved.id)
    context.output.message(
      isChanged ? Messages.Reviews.savedAnew(id) : Messages.Reviews.isSaved(id))
    try context.show(saved.id, verb: isChanged ? Messages.Writing.changed : "", json: output.json)
  }

  /// The newest entry that keeps the review with this title.
  private func saved(
    _ title: String, _ days: ClosedRange<CivilDay>, _ context: CommandContext
  ) throws -> Entry? {
    var query = RecordQuery()
    query.kinds = [.entry]
    query.from = days.lowerBound
    return try context.journalToRead()?.records(matching: query).lazy.compactMap(Entry.init)
      .first { $0.prompt == Review.prompt && $0.title == title }
  }
}

/// How far a review looks back.
enum Stretch: String {
  case week
  case month
  case year

  /// Of the days of a week, a month or a year.
  init(of days: ClosedRange<CivilDay>) {
    let count = days.upperBound.daysSinceEpoch - days.lowerBound.daysSinceEpoch + 1
    self = count <= 7 ? .week : count <= 31 ? .month : .year
  }

  /// How finely its scores are told.
  var grain: Felt.Grain {
    switch self {
    case .week: .day
    case .month: .week
    case .year: .month
    }
  }

  var dayCount: Int {
    switch self {
    case .week: 7
    case .month: 30
    case .year: 365
    }
  }

  var quotesMax: Int {
    switch self {
    case .week: 3
    case .month: 5
    case .year: 8
    }
  }
}
