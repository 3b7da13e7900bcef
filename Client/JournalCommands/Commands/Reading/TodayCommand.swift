internal import ArgumentParser

/// `ebb` alone: today at a glance, and the options of the program itself.
struct TodayCommand: JournalCommand {
  static let configuration: CommandConfiguration = CommandConfiguration(
    commandName: "", _superCommandName: "ebb")

  static let shape = ArgumentShape(flags: ["--version"]).adding(JSONOption.shape)

  @Flag(help: "Print the version.") var version = false
  @OptionGroup var output: JSONOption

  static func help(columns: Int?) -> String { help(Messages.Help.overview, columns) }

  /// A plain journal's names nothing that is switched off.
  static func help(_ context: CommandContext) -> String {
    let overview =
      context.settings.offersPractices ? Messages.Help.overview : Messages.Help.plainOverview
    return help(overview, context.terminal.columns)
  }

  private static func help(_ overview: String, _ columns: Int?) -> String {
    guard let columns else { return overview }
    return overview.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { HelpText.fitted(String($0), columns: columns) }.joined(separator: "\n")
  }

  mutating func perform(_ context: CommandContext) throws {
    if version { return context.output.line(Messages.Help.version) }
    try TodayPage.print(context, json: output.json)
  }
}

/// `ebb today`: the same by its name.
struct NamedTodayCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "today", "Today at a glance; the same as `ebb` alone.", usage: "ebb today [options]",
    discussion: Messages.Help.today)

  static let shape = JSONOption.shape

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    try TodayPage.print(context, json: output.json)
  }
}
