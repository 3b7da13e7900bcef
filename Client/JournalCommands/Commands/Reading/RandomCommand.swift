internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb random`: some entry from the whole journal.
struct RandomCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "random", "Read some entry, whichever comes.", usage: "ebb random [QUERY…] [options]",
    discussion: Messages.Help.random)

  static let onlyReads = true

  static let shape = ArgumentShape(words: .query).adding(JSONOption.shape)

  @Argument(help: ArgumentHelp("One that this finds, as in `ebb search`.", valueName: "query"))
  var words: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    var query = RecordQuery()
    query.search = try context.searchQuery(words)
    // Unless asked for, a mood log alone is little to read.
    query.kinds = query.search?.kinds ?? [.entry]
    var generator = SystemRandomNumberGenerator()
    let state = try context.journalToRead()?.randomRecord(matching: query, using: &generator)
    guard let state else {
      throw Failure(.notPossible, try context.nothingFound(by: query))
    }
    if output.json { return try context.printJSON(of: state) }
    try context.showPage(of: state)
  }
}
