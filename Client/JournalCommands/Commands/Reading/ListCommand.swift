internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb list`: what was written, newest first.
struct ListCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "list", "List what you wrote, newest first.",
    usage: "ebb list [QUERY…] [options]", discussion: Messages.Help.list)

  static let onlyReads = true

  static let shape = ArgumentShape(words: .query)
    .adding(FilterOptions.shape, JSONOption.shape)

  @Argument(
    help: ArgumentHelp("What to search for, as in `ebb search`: tag:river.", valueName: "query"))
  var words: [String] = []

  @OptionGroup var filters: FilterOptions
  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let query = try filters.query(context, words: words, json: output.json)
    try RecordListing(context: context).show(
      query, isLimitChosen: filters.limit != nil, json: output.json)
  }
}
