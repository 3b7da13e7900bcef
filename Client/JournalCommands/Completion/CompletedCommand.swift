/// What the scripts for shells know of a command.
struct CompletedCommand {
  /// `write`, `step plan`; empty for `ebb` itself.
  var name: String
  var summary: String
  var options: [CommandDescription.Argument] = []
  var words = WordCandidates()
  /// Second words that make another command of it: `rename` of `people`.
  var subcommands: [String] = []

  /// All that `ebb --help` names, and those that only begin others, such as `step`; the first is
  /// `ebb` itself.
  static func all(withPractices: Bool) throws -> [CompletedCommand] {
    var all: [CompletedCommand] = []
    for type in CommandTable.commands(withPractices: withPractices) {
      let description = try CommandDescription(type)
      all.append(
        CompletedCommand(
          name: description.commandName, summary: description.abstract ?? "",
          options: description.options,
          words: type == HelpCommand.self
            ? HelpCommand.wordCandidates(withPractices: withPractices) : type.wordCandidates))
    }
    for command in all {
      let parts = command.name.split(separator: " ").map(String.init)
      guard parts.count > 1 else { continue }
      if let index = all.firstIndex(where: { $0.name == parts[0] }) {
        all[index].subcommands.append(parts[1])
      } else {
        all.append(
          CompletedCommand(
            name: parts[0], summary: command.summary, subcommands: [parts[1]]))
      }
    }
    return all
  }

  /// Whether it is one word, and so can be offered as the first.
  var isFirstWord: Bool { !name.isEmpty && !name.contains(" ") }

  /// Names of options that take a value.
  var valueNames: [String] { options.filter(\.takesValue).flatMap(\.typedNames) }
  var flagNames: [String] { options.filter { !$0.takesValue }.flatMap(\.typedNames) }

  /// What stands at each place; `nil` is every place after the named ones.
  var places: [(place: Int?, candidates: Candidates)] {
    let places = words.places.enumerated().map { (place: Optional($0), candidates: $1) }
    return (places + [(nil, words.rest)]).filter { $0.candidates != .nothing }
  }
}

extension [CompletedCommand] {
  /// The names of those of two words, each in quotes.
  var quotedTwoWordNames: [String] {
    map(\.name).filter { $0.contains(" ") }.map(\.shellQuoted)
  }
}

/// A shell that completes words while they are typed.
enum Shell: String, CaseIterable {
  case bash, zsh, fish

  /// The script that makes it complete the commands of Ebb.
  func script(_ commands: [CompletedCommand]) -> String {
    switch self {
    case .bash: BashScript(commands: commands).text
    case .zsh: ZshScript(commands: commands).text
    case .fish: FishScript(commands: commands).text
    }
  }
}

extension String {
  /// In single quotes, as all three shells read them.
  var shellQuoted: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
