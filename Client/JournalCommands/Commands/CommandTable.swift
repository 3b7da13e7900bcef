/// All commands, in the order of the help.
enum CommandTable {
  static let commands: [any JournalCommand.Type] = [
    TodayCommand.self, NamedTodayCommand.self, WriteCommand.self, MoodCommand.self,
    ListCommand.self, SearchCommand.self,
    ShowCommand.self, EditCommand.self, DeleteCommand.self, UndeleteCommand.self,
    EraseCommand.self, HistoryCommand.self, RevertCommand.self, ConflictsCommand.self,
    ResolveCommand.self, OnThisDayCommand.self, RandomCommand.self, CalendarCommand.self,
    StatsCommand.self, JournalsCommand.self, TagsCommand.self, TagsRenameCommand.self,
    CheckInCommand.self, StepPlanCommand.self, StepListCommand.self, StepDoneCommand.self,
    StepSkipCommand.self, PracticeCommand.self, PromptsCommand.self, PeopleCommand.self,
    PeopleRenameCommand.self,
    InsightsCommand.self, ReviewCommand.self,
    RegisterCommand.self,
    RestoreCommand.self, SyncCommand.self, StatusCommand.self, DevicesCommand.self,
    PassphraseCommand.self, RecoveryCodeCommand.self, LogoutCommand.self,
    AccountDeleteCommand.self, ImportCommand.self, ExportCommand.self, BackupCommand.self,
    VerifyCommand.self, DoctorCommand.self, ConfigCommand.self,
    RemindCommand.self, CompletionsCommand.self, HelpCommand.self,
  ]

  /// Those that the settings leave.
  static func commands(withPractices: Bool) -> [any JournalCommand.Type] {
    commands.filter { withPractices || !$0.isPractice }
  }

  /// What is for scripts alone.
  private static let hidden: [String: any JournalCommand.Type] = [
    CompleteCommand.word: CompleteCommand.self, ManualCommand.word: ManualCommand.self,
    UnitCommand.word: UnitCommand.self,
  ]

  /// The command that the arguments begin with, and those that are left for it.
  ///
  /// Only the first word decides, or the first two of a command such as `step plan`, so that a
  /// command's text can never name another command.
  static func command(
    for arguments: [String]
  ) throws -> (command: any JournalCommand.Type, rest: [String]) {
    guard let first = arguments.first else { return (TodayCommand.self, []) }
    // `ebb --json` is today's page too.
    if TodayCommand.shape.options.contains(first) || first.hasPrefix("-") {
      return (TodayCommand.self, arguments)
    }
    if let second = arguments.dropFirst().first,
      let command = commands.first(where: { $0.name == "\(first) \(second)" })
    {
      return (command, Array(arguments.dropFirst(2)))
    }
    if first.hasPrefix("__"), let command = hidden[first] {
      return (command, Array(arguments.dropFirst()))
    }
    if first == "account" { return try account(Array(arguments.dropFirst())) }
    if first == "step" { return try step(Array(arguments.dropFirst())) }
    if first == "help" { return try help(for: Array(arguments.dropFirst())) }
    guard let command = commands.first(where: { $0.name == first && !first.isEmpty }) else {
      throw Failure.usage(
        Messages.Arguments.unknownCommand(
          first, nearest: Suggestion.nearest(to: first, among: typedNames)))
    }
    return (command, Array(arguments.dropFirst()))
  }

  /// What a mistyped command may have been meant for.
  private static var typedNames: [String] {
    commands.map { $0.name }.filter { !$0.isEmpty && !$0.contains(" ") } + [
      "account delete", "step",
    ]
  }

  /// There is nothing else to do with an account than what is asked for by two words.
  private static func account(
    _ words: [String]
  ) throws -> (command: any JournalCommand.Type, rest: [String]) {
    guard words.first == "--help" || words.first == "-h" else {
      throw Failure.usage(Messages.Account.accountDeleteOnly)
    }
    return (AccountDeleteCommand.self, words)
  }

  /// `ebb step` alone lists the steps.
  private static func step(
    _ words: [String]
  ) throws -> (command: any JournalCommand.Type, rest: [String]) {
    guard let second = words.first, !second.hasPrefix("-") else {
      return (StepListCommand.self, words)
    }
    throw Failure.usage(Messages.Steps.unknown(second))
  }

  /// `ebb help write` is `ebb write --help`.
  private static func help(
    for words: [String]
  ) throws -> (command: any JournalCommand.Type, rest: [String]) {
    if words.isEmpty { return (TodayCommand.self, ["--help"]) }
    if words[0].hasPrefix("-") || words[0] == "help" || HelpTopic(rawValue: words[0]) != nil {
      return (HelpCommand.self, words)
    }
    let known = commands.map { $0.name.prefix { $0 != " " } }
    guard words[0].hasPrefix("__") || known.contains(words[0][...]), !words[0].isEmpty else {
      let names = typedNames + HelpTopic.allCases.map(\.rawValue)
      throw Failure.usage(
        Messages.Topics.unknown(
          words[0], nearest: Suggestion.nearest(to: words[0], among: names)))
    }
    let (command, rest) = try command(for: words == ["account"] ? words + ["delete"] : words)
    // The help of `devices` tells of `devices revoke` too.
    var isPart = false
    if rest.count == 1, case .fixed(let parts)? = command.wordCandidates.places.first {
      isPart = parts.contains(rest[0])
    }
    if let word = rest.first, !isPart {
      throw Failure.usage(Messages.Arguments.unexpected(word, command: "help"))
    }
    return (command, ["--help"])
  }
}
