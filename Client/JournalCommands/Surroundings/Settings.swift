/// What `config.toml` says.
package struct Settings: Sendable, Equatable {
  /// Those that the file sets, by their names; all of them known, with values they can have.
  private var valuesByName: [String: SettingsText.Value] = [:]
  private var linesByName: [String: Int] = [:]

  package init() {}

  /// Reads the file if it exists; status 65 names the line of a mistake.
  package static func read(from path: String) throws -> Settings {
    guard let text = try FileBytes.text(of: path) else { return Settings() }
    return try Settings(toml: text, path: path)
  }

  init(toml text: String, path: String) throws {
    let settings = try SettingsText.of(text, path: path)
    let names = Setting.all.map(\.name)
    let sections = Set(Setting.all.map(\.section))
    func lineNumber(of name: String) -> Int {
      settings.linesByName[name] ?? settings.line(ofSection: name) ?? 1
    }
    if let name = sections.sorted().first(where: { settings.valuesByName[$0] != nil }) {
      throw Failure(
        .badData,
        Messages.Settings.mustBeSection(path: path, line: lineNumber(of: name), name: name))
    }
    let unknown =
      settings.valuesByName.keys.sorted().first { !names.contains($0) }
      ?? settings.sections.sorted().first { !sections.contains($0) }
    if let unknown {
      throw Failure(
        .badData,
        Messages.Settings.unknown(
          unknown, path: path, line: lineNumber(of: unknown),
          nearest: Suggestion.nearest(to: unknown, among: names + sections.sorted())))
    }
    for setting in Setting.all {
      guard let value = settings.valuesByName[setting.name] else { continue }
      guard setting.accepts(value) else {
        throw Failure(
          .badData,
          Messages.Settings.badValue(of: setting, path: path, line: lineNumber(of: setting.name)))
      }
    }
    valuesByName = settings.valuesByName
    linesByName = settings.linesByName
  }
}

extension SettingsText {
  /// The lines of a file, whatever they set; status 65 names the line of a mistake.
  static func of(_ text: String, path: String) throws -> SettingsText {
    do {
      return try SettingsText(parsing: text)
    } catch {
      throw Failure(
        .badData, Messages.Settings.unreadable(path: path, line: error.line, reason: error.reason))
    }
  }
}

extension Settings {
  func value(of setting: Setting) -> SettingsText.Value {
    valuesByName[setting.name] ?? setting.standard
  }

  /// The line of the file that sets it, from 1; `nil` if none does.
  func line(of setting: Setting) -> Int? { linesByName[setting.name] }

  /// Whether writing starts a sync in the background once the journal has an account.
  var syncsAutomatically: Bool {
    get { isOn(.syncAuto) }
    set { valuesByName[Setting.syncAuto.name] = .boolean(newValue) }
  }

  /// Whether Ebb offers practices, prompts and check-ins.
  var offersPractices: Bool { isOn(.practiceEnabled) }

  /// What the reminder says.
  var reminderText: String { value(of: .reminderText).plainText }

  private func isOn(_ setting: Setting) -> Bool { value(of: setting) == .boolean(true) }
}

extension CommandContext {
  /// A mistake in `config.toml` is told, and until it is mended nothing is synced that nobody asked
  /// for: it may have been meant to say just that.
  func readSettings() -> Settings {
    do {
      return try Settings.read(from: folders.settingsFile)
    } catch {
      let mistake = Failure(describing: error).message
      output.message(Visible.line(Messages.Settings.defaultsHold(mistake)))
      var settings = Settings()
      settings.syncsAutomatically = false
      return settings
    }
  }
}
