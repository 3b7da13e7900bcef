internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb stats`: the journal in numbers.
struct StatsCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "stats", "The journal in numbers.", usage: "ebb stats [QUERY…] [options]",
    discussion: Messages.Help.stats)

  static let onlyReads = true

  static let shape = ArgumentShape(words: .query).adding(JSONOption.shape)

  @Argument(help: ArgumentHelp("Of what this finds, as in `ebb search`.", valueName: "query"))
  var words: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    var query = RecordQuery()
    query.search = try context.searchQuery(words)
    let tallies = try context.journalToRead()?.tallies(matching: query) ?? []
    let page = StatsPage(JournalStatistics(tallies, today: context.today), style: context.style)
    if output.json { return context.output.json(page.json) }
    try context.paged { page.lines.forEach { context.output.line($0) } }
  }
}
