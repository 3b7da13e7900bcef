internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb calendar`: on which days of a month or a year something was written, and how much.
struct CalendarCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "calendar", "A month or a year, and how much you wrote on each day.",
    usage: "ebb calendar [MONTH|YEAR] [options]", discussion: Messages.Help.calendar)

  static let shape = ArgumentShape(words: .names, flags: ["--mood", "--table"])
    .adding(JSONOption.shape)

  @Argument(help: ArgumentHelp("2026-11, 2026, last month; else this month.", valueName: "when"))
  var words: [String] = []

  @Flag(help: "The mean score of each day's mood instead.")
  var mood = false

  @Flag(help: "A line for each day on which there is something.")
  var table = false

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let span = try span(context)
    var query = RecordQuery()
    query.from = span.days.lowerBound
    query.to = span.days.upperBound
    let today = context.today
    // A plan for a day to come is nothing that was written on it.
    let tallies = (try context.journalToRead()?.tallies(matching: query) ?? [])
      .filter { $0.day <= today || $0.countsByKind.keys.contains { $0 != .step } }
    if output.json { return context.output.json(lines: tallies.map(TallyJSON.day)) }
    let page = CalendarPage(
      span: span, tallies: tallies, showsMood: mood, style: context.style,
      columns: context.terminal.columns)
    let lines = table ? page.table : page.lines
    try context.paged { lines.forEach { context.output.line($0) } }
  }

  private func span(_ context: CommandContext) throws -> CalendarSpan {
    guard !words.isEmpty else { return CalendarSpan(monthOf: context.today) }
    let text = words.joined(separator: " ")
    do {
      let days = try CivilDay.typedRange(text, now: context.now, zones: context.zones)
      if let span = CalendarSpan(days) { return span }
    } catch TypedDateError.notUnderstood {
      // No date at all is no month either.
    }
    throw Failure.usage(Messages.Calendar.neitherMonthNorYear(text))
  }
}
