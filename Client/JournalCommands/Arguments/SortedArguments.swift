/// The arguments of one command with options told from text, so that no text is ever taken for a
/// flag.
///
/// A parser that guesses would read `ebb write "- went home"` as `-h` and throw the line away.
/// Here what a person wrote is separated first, by rules that a person can know:
///
/// - an option's value is the argument after it, or what follows `=`;
/// - an argument with white space in it is text, however it begins;
/// - `-x` is text for commands that take text, and `-word` for those that take a query;
/// - `--word` is an option, and an error if the command has no such;
/// - after a bare `--` all is text;
/// - a command that takes no words refuses them;
/// - a lone `-` before it is standard input, for commands that read it.
package enum SortedArguments: Equatable, Sendable {
  /// Help, asked for alone.
  case help
  /// Options as `--name=value`, then `--`, then the text: there is nothing left to guess.
  case command(options: [String], text: [String])

  /// Throws a `Failure` with status 64.
  package init(_ arguments: [String], command: String, shape: ArgumentShape) throws {
    var sorter = ArgumentSorter(command: command, shape: shape)
    try sorter.sort(arguments)
    if sorter.asksForHelp {
      // Help instead of writing would lose the words: with words, it is a mistake.
      if shape.words == .text && arguments.count > 1 {
        throw Failure.usage(Messages.Arguments.helpAmongText(command: command))
      }
      self = .help
    } else if shape.words == .none, let word = sorter.text.first {
      throw Failure.usage(Messages.Arguments.unexpected(word, command: command))
    } else {
      self = .command(options: sorter.options, text: sorter.text)
    }
  }

  /// What ArgumentParser gets to see.
  package var forParser: [String] {
    switch self {
    case .help: ["--help"]
    case .command(let options, let text): options + (text.isEmpty ? [] : ["--"] + text)
    }
  }
}

private struct ArgumentSorter {
  let command: String
  let shape: ArgumentShape
  var options: [String] = []
  var text: [String] = []
  var asksForHelp = false
  private var given: Set<String> = []
  private var hasDash = false

  private static let standardInput = "--standard-input"

  init(command: String, shape: ArgumentShape) {
    self.command = command
    self.shape = shape
  }

  mutating func sort(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        text += rest
        return
      }
      if argument == "-" { hasDash = true }
      try sort(shape.optionsByShortName[argument] ?? argument, &rest)
    }
    if hasDash && text == ["-"] && shape.flags.contains(Self.standardInput) {
      text = []
      options.append(Self.standardInput)
    }
  }

  private mutating func sort(_ argument: String, _ rest: inout ArraySlice<String>) throws {
    if argument == "-h" || argument == "--help" {
      asksForHelp = true
    } else if shape.flags.contains(argument) {
      try take(argument, value: nil)
    } else if shape.takesValue(argument) {
      try take(argument, value: value(of: argument, &rest))
    } else if let (option, value) = joined(argument) {
      try take(option, value: value)
    } else if argument.looksLikeOption && !argument.hasWhiteSpace {
      throw unknown(argument)
    } else if argument.hasPrefix("-") && argument.utf8.count > 1 && !argument.hasWhiteSpace
      && shape.words != .text && !(shape.words == .query && argument.looksLikeExclusion)
    {
      throw unknown(argument)
    } else {
      text.append(argument)
    }
  }

  private mutating func take(_ option: String, value: String?) throws {
    if !given.insert(option).inserted && !shape.repeated.contains(option) && value != nil {
      throw Failure.usage(Messages.Arguments.givenTwice(option))
    }
    switch value {
    case nil: options.append(option)
    // ArgumentParser takes nothing after `=` for no value at all.
    case ""?: options += [option, ""]
    case let value?: options.append("\(option)=\(value)")
    }
  }

  /// The argument after an option, unless it is plainly another option.
  private func value(of option: String, _ rest: inout ArraySlice<String>) throws -> String {
    guard let next = rest.first, next != "--",
      next.hasWhiteSpace || !(next.looksLikeOption || next == "-h")
    else {
      throw Failure.usage(Messages.Arguments.valueMissing(option: option, next: rest.first))
    }
    rest.removeFirst()
    return next
  }

  /// `--name=value`, the name being an option of this command.
  private func joined(_ argument: String) -> (option: String, value: String)? {
    guard argument.looksLikeOption, let equals = argument.firstIndex(of: "=") else { return nil }
    let option = String(argument[..<equals])
    guard shape.takesValue(option) else { return nil }
    return (option, String(argument[argument.index(after: equals)...]))
  }

  private func unknown(_ argument: String) -> Failure {
    let name = String(argument.prefix { $0 != "=" })
    if name != argument && shape.flags.contains(name) {
      return .usage(Messages.Arguments.flagWithValue(name))
    }
    return .usage(
      Messages.Arguments.unknownOption(
        name, command: command, nearest: Suggestion.nearest(to: name, among: shape.options),
        takesText: shape.words == .text || shape.words == .query))
  }
}

extension String {
  /// `--` and a letter.
  fileprivate var looksLikeOption: Bool {
    hasPrefix("--") && unicodeScalars.dropFirst(2).first?.properties.isAlphabetic == true
  }

  /// A dash and more than one letter of those that options have.
  fileprivate var looksLikeExclusion: Bool { utf8.count > 2 }

  fileprivate var hasWhiteSpace: Bool {
    unicodeScalars.contains { $0.properties.isWhitespace }
  }
}
