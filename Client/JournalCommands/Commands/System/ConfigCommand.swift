internal import ArgumentParser
internal import Interchange

/// `ebb config`: what the settings are, where they come from, and how to change them.
struct ConfigCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "config", "Show and change the settings.",
    usage: """
      ebb config [--json]
      ebb config get NAME [--json]
      ebb config set NAME VALUE [--json]
      ebb config unset NAME [--json]
      ebb config edit
      """,
    discussion: Messages.Help.config)

  static let shape = ArgumentShape(words: .names).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(
    .words(of: Word.self), .fixed(Setting.all.map(\.name)), .fixed(["true", "false"]))

  @Argument(help: ArgumentHelp("get, set, unset or edit, and what they take.", valueName: "word"))
  var words: [String] = []

  @OptionGroup var output: JSONOption

  enum Word: String, CaseIterable { case get, set, unset, edit }

  mutating func perform(_ context: CommandContext) throws {
    guard let first = words.first else { return try list(context) }
    guard let word = Word(rawValue: first) else {
      throw Failure.usage(
        Messages.Settings.unknownWord(
          first, nearest: Suggestion.nearest(to: first, among: Word.allCases.map(\.rawValue))))
    }
    let rest = Array(words.dropFirst())
    let file = SettingsFile(path: context.folders.settingsFile)
    switch word {
    case .get:
      let setting = try Setting.named(try Self.only(rest, Messages.Settings.aKey))
      if output.json { return try tellJSON(setting, context) }
      let value = try Settings.read(from: file.path).value(of: setting)
      context.output.line(Visible.line(value.plainText))
    case .set: try set(rest, in: file, context)
    case .unset:
      let setting = try Setting.named(try Self.only(rest, Messages.Settings.aKey))
      let isChanged = try file.set(setting, to: nil)
      if output.json { return try tellJSON(setting, context) }
      context.output.line(
        isChanged
          ? Messages.Settings.isUnset(setting.name, standard: setting.standard.plainText)
          : Messages.Settings.wasNotSet(setting.name))
    case .edit:
      try Self.none(rest)
      guard !output.json else { throw Failure.usage(Messages.Settings.editHasNoJSON) }
      try SettingsEditing(context: context, file: file).run()
    }
  }

  private func set(
    _ words: [String], in file: SettingsFile, _ context: CommandContext
  ) throws {
    guard let name = words.first, words.count > 1 else {
      throw Failure.usage(
        Messages.Arguments.missing(Messages.Settings.aValue, command: Self.name + " set"))
    }
    let setting = try Setting.named(name)
    let value = try setting.value(typed: words.dropFirst().joined(separator: " "))
    _ = try file.set(setting, to: value)
    if output.json { return try tellJSON(setting, context) }
    context.output.sentence(
      Messages.Settings.isSet(setting.name, to: Visible.line(value.tomlText)))
  }

  /// The setting as the list has it, as it is now.
  private func tellJSON(_ setting: Setting, _ context: CommandContext) throws {
    let path = context.folders.settingsFile
    context.output.json(Self.json(setting, try Settings.read(from: path), path))
  }

  private func list(_ context: CommandContext) throws {
    let path = context.folders.settingsFile
    let text = try FileBytes.text(of: path)
    let settings = try Settings(toml: text ?? "", path: path)
    if output.json {
      return context.output.json(lines: Setting.all.map { Self.json($0, settings, path) })
    }
    let columns = context.terminal.columns
    func explain(_ sentence: String) {
      LineWrap.wrapped(sentence, columns: columns, after: "  ").forEach(context.output.line)
    }
    for setting in Setting.all {
      let value = Visible.line(settings.value(of: setting).tomlText)
      context.output.line(context.style.strong(setting.name) + " = " + value)
      explain(setting.sentence)
      explain(
        settings.line(of: setting).map {
          Messages.Settings.setIn(
            line: $0, path: Visible.line(path), standard: setting.standard.tomlText)
        } ?? Messages.Settings.notSet)
    }
    context.output.line()
    LineWrap.wrapped(
      Messages.Settings.file(Visible.line(path), exists: text != nil), columns: columns
    ).forEach(context.output.line)
  }

  private static func json(_ setting: Setting, _ settings: Settings, _ path: String) -> JSONText {
    let line = settings.line(of: setting)
    return .object([
      ("name", .string(setting.name)),
      ("value", json(settings.value(of: setting))),
      ("standard", json(setting.standard)),
      ("file", .optional(line == nil ? nil : path)),
      ("line", .optional(line)),
      ("meaning", .string(setting.sentence)),
    ])
  }

  private static func json(_ value: SettingsText.Value) -> JSONText {
    switch value {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .string(let text): .string(text)
    }
  }
}
