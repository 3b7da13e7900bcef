/// What the scripts for shells know of a command. Commands of two words that begin alike,
/// such as `account delete`, are one.
struct CompletedCommand {
  var name: String
  var summary: String
  var options: [CommandDescription.Argument]
  var words: WordCandidates

  /// All that `ebb --help` names; the first is `ebb` itself.
  static func all() throws -> [CompletedCommand] {
    var all: [CompletedCommand] = []
    for type in CommandTable.commands {
      let description = try CommandDescription(type)
      let parts = description.commandName.split(separator: " ").map(String.init)
      var command = CompletedCommand(
        name: parts.first ?? "", summary: description.abstract ?? "",
        options: description.options, words: type.wordCandidates)
      guard parts.count > 1 else {
        all.append(command)
        continue
      }
      command.words.places.insert(.fixed([parts[1]]), at: 0)
      if let index = all.firstIndex(where: { $0.name == command.name }) {
        all[index].add(command)
      } else {
        all.append(command)
      }
    }
    return all
  }

  /// Another command that begins with the same word.
  private mutating func add(_ other: CompletedCommand) {
    if case .fixed(let own)? = words.places.first, case .fixed(let more)? = other.words.places.first
    {
      words.places[0] = .fixed(own + more)
    }
    words.places += other.words.places.dropFirst(words.places.count)
    let names = Set(options.flatMap(\.typedNames))
    options += other.options.filter { names.isDisjoint(with: $0.typedNames) }
  }

  /// Names of options that take a value.
  var valueNames: [String] { options.filter(\.takesValue).flatMap(\.typedNames) }
  var flagNames: [String] { options.filter { !$0.takesValue }.flatMap(\.typedNames) }

  /// What stands at each place; `nil` is every place after the named ones.
  var places: [(place: Int?, candidates: Candidates)] {
    let places = words.places.enumerated().map { (place: Optional($0), candidates: $1) }
    return (places + [(nil, words.rest)]).filter { $0.candidates != .nothing }
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
