internal import ArgumentParser

/// A page of the manual, made from the help texts.
struct ManualPage {
  let name: String
  let section: Int
  let text: String

  var fileName: String { "\(name).\(section)" }

  /// All pages of `ebb`: itself, a page for each command, the settings, a page for each topic.
  static func all(date: String) throws -> [ManualPage] {
    let commands = CommandTable.commands.filter { !$0.name.isEmpty }
    return try [overview(commands, date: date)]
      + commands.map { try page(of: $0, date: date) } + [settings(date: date)]
      + HelpTopic.allCases.map { topic($0, date: date) }
  }

  /// `write` is in ebb-write(1), `step plan` in ebb-step-plan(1).
  static func name(of command: any JournalCommand.Type) -> String {
    "ebb-" + String(command.name.map { $0 == " " ? "-" : $0 })
  }

  private static func overview(
    _ commands: [any JournalCommand.Type], date: String
  ) -> ManualPage {
    var page = ManualText(name: "ebb", section: 1, about: Messages.Manual.about, date: date)
    page.section("SYNOPSIS")
    page.line(".Nm\n.Op Ar command\n.Op Ar options ...")
    page.section("DESCRIPTION")
    page.help(Messages.Manual.overview)
    page.section("COMMANDS")
    page.list(
      commands.map { ("Xr \(name(of: $0)) 1", $0.configuration.abstract) })
    page.section("TOPICS")
    page.list(HelpTopic.allCases.map { ("Xr ebb-\($0.rawValue) 7", $0.title + ".") })
    page.section("ENVIRONMENT")
    page.list(Messages.Manual.variables.map { ("Ev " + $0.name, $0.meaning) })
    page.section("FILES")
    page.list(Messages.Manual.files.map { ("Pa " + ManualText.escaped($0.name), $0.meaning) })
    page.section("EXIT STATUS")
    page.list(
      ExitStatus.allCases.map { (String($0.rawValue), Messages.Topics.meaning(of: $0)) })
    page.section("SEE ALSO")
    page.references([("ebb-server", 1), ("ebb-config", 5)])
    return ManualPage(name: "ebb", section: 1, text: page.text)
  }

  private static func page(
    of command: any JournalCommand.Type, date: String
  ) throws -> ManualPage {
    let description = try CommandDescription(command)
    let name = name(of: command)
    var page = ManualText(
      name: name, section: 1, about: (description.abstract ?? "").asPhrase, date: date)
    page.section("SYNOPSIS")
    let usage = command.configuration.usage ?? "ebb \(command.name)"
    page.verbatim(usage.split(separator: "\n").map { String($0).withoutSpacesBefore })
    page.add(description)
    page.section("SEE ALSO")
    page.references([("ebb", 1)] + (command.name == "config" ? [("ebb-config", 5)] : []))
    return ManualPage(name: name, section: 1, text: page.text)
  }

  private static func settings(date: String) -> ManualPage {
    var page = ManualText(
      name: "ebb-config", section: 5, about: Messages.Manual.aboutSettings, date: date)
    page.section("DESCRIPTION")
    page.help(Messages.Topics.settings)
    page.section("FILES")
    page.list(
      Messages.Manual.files.suffix(1).map { ("Pa " + ManualText.escaped($0.name), $0.meaning) })
    page.section("SEE ALSO")
    page.references([("ebb", 1), ("ebb-config", 1)])
    return ManualPage(name: "ebb-config", section: 5, text: page.text)
  }

  private static func topic(_ topic: HelpTopic, date: String) -> ManualPage {
    let name = "ebb-" + topic.rawValue
    var page = ManualText(name: name, section: 7, about: topic.title.asPhrase, date: date)
    page.section("DESCRIPTION")
    page.help(topic.text)
    page.section("SEE ALSO")
    page.references([("ebb", 1)])
    return ManualPage(name: name, section: 7, text: page.text)
  }
}

extension ManualPage {
  /// The page of a program with commands of its own, from what it prints with
  /// `--experimental-dump-help`: `ebb-server`.
  init(program: CommandDescription, date: String) {
    var page = ManualText(
      name: program.commandName, section: 1, about: (program.abstract ?? "").asPhrase, date: date)
    page.section("SYNOPSIS")
    let commands = program.subcommands ?? []
    page.verbatim(commands.map { "\(program.commandName) \($0.usage)" })
    page.add(program)
    for command in commands where command.commandName != "help" {
      page.section("THE COMMAND \(command.commandName.uppercased())")
      page.prose(command.abstract ?? "")
      page.add(command, isWhole: false)
    }
    page.section("SEE ALSO")
    page.references([("ebb", 1)])
    self.init(name: program.commandName, section: 1, text: page.text)
  }
}

extension ManualText {
  /// What the command says of itself, its options, and its examples.
  ///
  /// - Parameter isWhole: whether it has a page, with sections, to itself.
  mutating func add(_ command: CommandDescription, isWhole: Bool = true) {
    let parts = (command.discussion ?? "").components(separatedByLine: "EXAMPLES:")
    if isWhole { section("DESCRIPTION") }
    if let about = parts.first, !about.isEmpty {
      if !isWhole { line(".Pp") }
      help(about)
    } else if isWhole {
      prose(command.abstract ?? "")
    }
    let arguments = command.shownArguments
    if !arguments.isEmpty {
      if isWhole { section("OPTIONS") }
      list(arguments.map { ($0.manualName, $0.manualText) })
    }
    if parts.count > 1, !parts[1].isEmpty {
      if isWhole { section("EXAMPLES") }
      help(parts[1])
    }
  }
}

extension CommandDescription {
  /// Words first, then options, as `--help` has them.
  fileprivate var shownArguments: [Argument] {
    (arguments ?? []).filter { $0.shouldDisplay && $0.kind == .positional } + options
  }

  /// `serve [options]`
  fileprivate var usage: String {
    let words = shownArguments.filter { $0.kind == .positional }.map {
      let name = ($0.valueName ?? "word").uppercased()
      return $0.isOptional ? "[\(name)]" : name
    }
    return ([commandName] + words + ["[options]"]).joined(separator: " ")
  }
}

extension CommandDescription.Argument {
  /// `Fl o , \-output Ar path`
  fileprivate var manualName: String {
    let value = ManualText.escaped(valueName ?? "value")
    guard kind != .positional else { return "Ar " + value }
    let names = typedNames.map { "Fl " + ManualText.escaped(String($0.dropFirst())) }
    let quoted = value.contains(" ") ? "\"\(value)\"" : value
    return names.joined(separator: " , ") + (takesValue ? " Ar " + quoted : "")
  }

  fileprivate var manualText: String {
    [abstract, discussion].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension String {
  /// `Write an entry.` as the phrase behind a name: `write an entry`.
  fileprivate var asPhrase: String {
    let text = hasSuffix(".") ? String(dropLast()) : self
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  fileprivate var withoutSpacesBefore: String { String(drop { $0 == " " }) }

  /// What stands before a line, and what stands after it.
  fileprivate func components(separatedByLine line: String) -> [String] {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    guard let index = lines.firstIndex(of: line[...]) else { return [self] }
    return [lines[..<index], lines[(index + 1)...]].map { part in
      let text = part.joined(separator: "\n")
      return text.split(separator: "\n").isEmpty ? "" : text
    }
  }
}
