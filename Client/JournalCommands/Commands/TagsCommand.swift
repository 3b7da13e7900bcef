internal import ArgumentParser
internal import Interchange
internal import JournalStore

/// `ebb tags`: every tag, and how many records have it.
struct TagsCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "tags", "List your tags and how often you used them.", usage: "ebb tags [options]",
    discussion: Messages.Help.tags)

  static let shape = JSONOption.shape

  @Argument(help: .hidden) var words: [String] = []
  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    try Self.none(words)
    let counts = try context.journalToRead()?.tagCounts() ?? []
    if output.json {
      context.output.json(
        lines: counts.map {
          .object([("name", .string($0.name)), ("count", .integer($0.count))])
        })
      return
    }
    if counts.isEmpty && context.terminal.errorIsTerminal {
      Output.message(Messages.Records.noTags)
    }
    let names = counts.map { Visible.line($0.name) }
    let width = names.map(DisplayWidth.of).max() ?? 0
    for (name, tag) in zip(names, counts) {
      context.output.line(DisplayWidth.padded(name, to: width) + "  \(tag.count)")
    }
  }
}
