internal import ArgumentParser
internal import JournalModel

/// One command: what it takes, and what it does.
///
/// ArgumentParser reads the options and writes the help; it sees the arguments only after
/// `SortedArguments` has told options from text, and never a whole tree of commands: building that
/// costs every command what it costs to describe all.
protocol JournalCommand: ParsableCommand {
  /// Must name exactly the options that ArgumentParser finds here, and say whether it finds words;
  /// a test compares.
  static var shape: ArgumentShape { get }

  /// What its words can be, for the completions of shells.
  static var wordCandidates: WordCandidates { get }

  /// Whether `practice.enabled = false` takes it away.
  static var isPractice: Bool { get }

  /// Whether it saves nothing, so that no mistake has to say that nothing was saved.
  static var onlyReads: Bool { get }

  /// What `--help` prints, for so many columns; `nil` when output is no terminal.
  static func help(columns: Int?) -> String

  /// What `--help` prints here.
  static func help(_ context: CommandContext) -> String

  mutating func perform(_ context: CommandContext) throws
}

extension JournalCommand {
  static var wordCandidates: WordCandidates { WordCandidates() }

  static var isPractice: Bool { false }

  static var onlyReads: Bool { false }

  /// The command as it is typed after `ebb`.
  static var name: String { configuration.commandName ?? "" }

  /// Reads arguments and does the work; help goes to the output.
  static func perform(_ arguments: [String], _ context: CommandContext) throws {
    let (color, sorted) = try SortedArguments(
      arguments, command: name, shape: shape.adding(ColorChoice.shape)
    ).taking(ColorChoice.option)
    if let color { context.colorChoice = try ColorChoice(typed: color) }
    if sorted == .help {
      context.output.write(help(context))
      return
    }
    var command = try parsed(sorted.forParser)
    if isPractice { try context.requirePractice() }
    do {
      try command.perform(context)
    } catch let error as InputError where onlyReads {
      throw Failure(Failure(describing: error).status, error.description)
    }
  }

  static func help(_ context: CommandContext) -> String { help(columns: context.terminal.columns) }

  static func help(columns: Int?) -> String {
    let columns = min(columns ?? 80, 100)
    let text = helpMessage(includeHidden: false, columns: columns)
    return (text.hasSuffix("\n") ? text : text + "\n") + colorHelp(columns: columns)
  }

  /// In the columns of ArgumentParser's help.
  private static func colorHelp(columns: Int) -> String {
    let name = DisplayWidth.padded("  \(ColorChoice.option) <when>", to: 26)
    return LineWrap.wrapped(Messages.Arguments.color, columns: columns, after: name)
      .joined(separator: "\n") + "\n"
  }

  private static func parsed(_ arguments: [String]) throws -> Self {
    do {
      return try parse(arguments)
    } catch {
      throw Failure.usage(message(for: error))
    }
  }

  static func described(
    _ name: String, _ abstract: String, usage: String? = nil, discussion: String
  ) -> CommandConfiguration {
    // A command above this one spares it the arguments of shell completion, a millisecond's work.
    CommandConfiguration(
      commandName: name, _superCommandName: "ebb", abstract: abstract, usage: usage,
      discussion: discussion)
  }
}
