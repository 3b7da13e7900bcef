internal import ArgumentParser
internal import JournalStore

/// `ebb journals`: every journal, and how many entries it has.
struct JournalsCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "journals", "List your journals and how many entries they have.",
    usage: "ebb journals [options]", discussion: Messages.Help.journals)

  static let shape = JSONOption.shape

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let counts = try context.journalToRead()?.journalCounts() ?? []
    NameCounts(counts).print(context, json: output.json, none: Messages.Records.nothingHere)
  }
}
