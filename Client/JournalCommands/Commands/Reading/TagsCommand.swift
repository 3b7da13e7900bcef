internal import ArgumentParser
internal import JournalStore

/// `ebb tags`: every tag, and how many records have it.
struct TagsCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "tags", "List your tags and how often you used them.", usage: "ebb tags [options]",
    discussion: Messages.Help.tags)

  static let shape = JSONOption.shape

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let counts = try context.journalToRead()?.tagCounts() ?? []
    NameCounts(counts).print(context, json: output.json, none: Messages.Records.noTags)
  }
}
