internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb people rename`: another name for somebody, or one for two.
struct PeopleRenameCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "people rename", "Give somebody another name, or make two names one.",
    usage: "ebb people rename OLD NEW [options]", discussion: Messages.Help.peopleRename)

  static let shape = ArgumentShape(words: .names, flags: ["--yes"])
    .adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(rest: .asked(.person))

  @Argument(help: ArgumentHelp("The name as it is, and as it is to be.", valueName: "name"))
  var words: [String] = []

  @Flag(help: "Make two names one without asking.")
  var yes = false

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    try Renaming(
      family: .person, command: Self.name, isSure: yes, json: output.json, context: context
    ).perform(words)
  }
}
