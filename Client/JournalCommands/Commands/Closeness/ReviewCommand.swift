internal import ArgumentParser
internal import Insights
internal import JournalModel
internal import JournalStore

/// `ebb review`: what the last days held.
struct ReviewCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "review", "Look back on a week, a month or a year.", usage: "ebb review [options]",
    discussion: Messages.Reviews.help)

  static let shape = ArgumentShape(
    flags: ["--week", "--month", "--year", "--markdown", "--save"]
  ).adding(JSONOption.shape)

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
    try context.requirePractice()
    let stretch = try stretch()
    if markdown && output.json { throw Failure.usage(Messages.Reviews.markdownOrJSON) }
    let days = context.today.adding(days: 1 - stretch.dayCount)...context.today
    let page = ReviewPage(try Self.review(days, stretch, context), stretch: stretch)
    if save { return try keep(page, context) }
    if output.json { return context.output.json(page.json) }
    if markdown { return context.output.write(page.markdown) }
    try context.paged {
      page.lines(style: context.style, columns: context.terminal.columns)
        .forEach(context.output.line)
    }
  }

  private func stretch() throws -> Stretch {
    guard [week, month, year].count(where: { $0 }) <= 1 else {
      throw Failure.usage(Messages.Reviews.oneStretch)
    }
    return year ? .year : month ? .month : .week
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
    // Steps are listed under the day when they are due, which may lie ahead.
    var ahead = RecordQuery()
    ahead.kinds = [.step]
    ahead.from = days.upperBound.adding(days: 1)
    records += try journal.records(matching: ahead)
    return Review(of: days, records, quotesMax: stretch.quotesMax)
  }

  private func keep(_ page: ReviewPage, _ context: CommandContext) throws {
    guard !page.isEmpty else { throw Failure(.notPossible, Messages.Reviews.nothingToKeep) }
    var draft = EntryDraft(date: try context.date(nil), text: page.body)
    draft.title = page.title
    draft.prompt = Review.prompt
    let id = context.newRecordID()
    try context.save([try draft.change(record: id, createdAt: context.now)])
    try context.show(id, verb: Messages.Writing.saved, json: output.json)
  }
}

/// How far a review looks back.
enum Stretch: String {
  case week
  case month
  case year

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
