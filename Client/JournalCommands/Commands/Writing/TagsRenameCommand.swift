internal import ArgumentParser
internal import JournalModel

/// `ebb tags rename`: another name for a tag, or one for two.
struct TagsRenameCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "tags rename", "Give a tag another name, or make two tags one.",
    usage: "ebb tags rename OLD NEW [options]", discussion: Messages.Help.tagsRename)

  static let shape = ArgumentShape(words: .names, flags: ["--yes"])
    .adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(rest: .asked(.tag))

  @Argument(help: ArgumentHelp("The tag as it is, and as it is to be.", valueName: "tag"))
  var words: [String] = []

  @Flag(help: "Make two tags one without asking.")
  var yes = false

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    try Renaming(
      family: .tag, command: Self.name, isSure: yes, json: output.json, context: context
    ).perform(words)
  }
}
