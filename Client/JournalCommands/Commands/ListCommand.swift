internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb list`: what was written, newest first.
struct ListCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "list", "List what you wrote, newest first.",
    usage: "ebb list [QUERY…] [options]", discussion: Messages.Help.list)

  static let shape = FilterOptions.shape.adding(JSONOption.shape)

  @Argument(
    help: ArgumentHelp("What to search for, as in `ebb search`: tag:river.", valueName: "query"))
  var words: [String] = []

  @OptionGroup var filters: FilterOptions
  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let query = try filters.query(context, words: words, json: output.json)
    try RecordListing(context: context).show(query, json: output.json)
  }
}

/// `ebb search`: a list of what matches.
struct SearchCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "search", "Find what you wrote, by its words and more.",
    usage: "ebb search QUERY… [options]", discussion: Messages.Help.search)

  static let shape = ArgumentShape(takesText: true)
    .adding(FilterOptions.shape).adding(JSONOption.shape)

  @Argument(
    help: ArgumentHelp(
      "Words, all of which must be there; “a phrase” in quotes; run* for all that begins so; "
        + "tag:river, mood:1-3, before:2026; -word for what must not be there; OR.",
      valueName: "query"))
  var words: [String] = []

  @OptionGroup var filters: FilterOptions
  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    guard words.contains(where: { !$0.isBlank }) else {
      throw Failure.usage(Messages.Arguments.emptySearch)
    }
    let query = try filters.query(context, words: words, json: output.json)
    try RecordListing(context: context).show(query, json: output.json)
  }
}
