internal import ArgumentParser

/// `ebb help TOPIC`; `ebb help COMMAND` is that command's `--help`.
struct HelpCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "help", "Tell more about a command or a topic.", usage: "ebb help [COMMAND|TOPIC]",
    discussion: Messages.Help.help)

  static let shape = ArgumentShape(words: .names)

  static var wordCandidates: WordCandidates { wordCandidates(withPractices: true) }

  static func wordCandidates(withPractices: Bool) -> WordCandidates {
    let names = CommandTable.commands(withPractices: withPractices)
      .map { $0.name.prefix { $0 != " " } }.filter { !$0.isEmpty }
    let commands = names.enumerated().filter { names.firstIndex(of: $1) == $0 }.map { String($1) }
    return WordCandidates(
      .fixed(commands + HelpTopic.topics(withPractices: withPractices).map(\.rawValue)))
  }

  @Argument(help: ArgumentHelp("A command or a topic.", valueName: "name"))
  var words: [String] = []

  mutating func perform(_ context: CommandContext) throws {
    if words == [Self.name] {
      return context.output.write(Self.help(columns: context.terminal.columns))
    }
    let word = try Self.only(words, Messages.Topics.aTopic)
    guard let topic = HelpTopic(rawValue: word) else {
      throw Failure.usage(Messages.Topics.unknown(word, nearest: nil))
    }
    try context.paged {
      context.output.line(context.style.strong(topic.title))
      context.output.line()
      HelpText(topic.text).lines(columns: min(context.terminal.columns ?? 80, 100))
        .forEach(context.output.line)
    }
  }
}
