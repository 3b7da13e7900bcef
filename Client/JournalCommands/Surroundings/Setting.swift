internal import JournalModel

/// One thing that `config.toml` can say.
///
/// `all` is the one list of them: the reader, `ebb config`, its manual page and the completions of
/// shells are made from it.
struct Setting: Sendable, Hashable {
  /// As in the file, section included: `sync.auto`.
  let name: String
  /// What holds while the file says nothing.
  let standard: SettingsText.Value
  /// What it does, in one sentence.
  let sentence: String

  static let all = [syncAuto, practiceEnabled, reminderText]

  static let syncAuto = Setting(
    name: "sync.auto", standard: .boolean(true), sentence: Messages.Settings.syncAuto)
  static let practiceEnabled = Setting(
    name: "practice.enabled", standard: .boolean(true),
    sentence: Messages.Settings.practiceEnabled)
  static let reminderText = Setting(
    name: "reminder.text", standard: .string(Messages.Remind.sentence),
    sentence: Messages.Settings.reminderText)

  /// The setting that somebody typed the name of; else a `Failure` with status 64.
  static func named(_ name: String) throws -> Setting {
    guard let setting = all.first(where: { $0.name == name }) else {
      throw Failure.usage(
        Messages.Settings.unknown(
          name, nearest: Suggestion.nearest(to: name, among: all.map(\.name))))
    }
    return setting
  }

  /// `sync` of `sync.auto`.
  var section: String { String(name.prefix { $0 != "." }) }
  /// `auto` of `sync.auto`.
  var key: String { String(name.dropFirst(section.count + 1)) }

  /// Whether the file may say that.
  func accepts(_ value: SettingsText.Value) -> Bool {
    switch (standard, value) {
    case (.boolean, .boolean), (.integer, .integer): true
    case (.string, .string(let text)): Self.isLine(text)
    default: false
    }
  }

  /// What somebody typed as its value; else a `Failure` with status 64.
  func value(typed text: String) throws -> SettingsText.Value {
    let value: SettingsText.Value? =
      switch standard {
      case .boolean: Bool(text).map { .boolean($0) }
      case .integer: Int64(text).map { .integer($0) }
      case .string: .string(text)
      }
    guard let value, accepts(value) else {
      throw Failure.usage(Messages.Settings.badValue(text, of: self))
    }
    return value
  }

  private static func isLine(_ text: String) -> Bool {
    !text.isBlank && text.unicodeScalars.count <= lengthMax && !text.contains(where: \.isNewline)
      && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  static let lengthMax = 200
}
