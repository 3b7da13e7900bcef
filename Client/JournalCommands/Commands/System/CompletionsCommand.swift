internal import ArgumentParser

/// `ebb completions`: a script that makes a shell complete what is typed after `ebb`.
struct CompletionsCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "completions", "Make your shell complete commands, options, tags, people and ids.",
    usage: "ebb completions bash|zsh|fish", discussion: Messages.Help.completions)

  static let shape = ArgumentShape(words: .names)

  static let wordCandidates = WordCandidates(.words(of: Shell.self))

  @Argument(help: ArgumentHelp("Your shell: bash, zsh or fish.", valueName: "shell"))
  var words: [String] = []

  mutating func perform(_ context: CommandContext) throws {
    let word = try Self.only(words, Messages.Shells.aShell)
    guard let shell = Shell(rawValue: word) else {
      throw Failure.usage(Messages.Shells.unknown(word))
    }
    let commands = try CompletedCommand.all(withPractices: context.settings.offersPractices)
    context.output.write(shell.script(commands))
  }
}
