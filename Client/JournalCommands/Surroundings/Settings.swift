/// What `config.toml` may say.
package struct Settings: Sendable, Equatable {
  /// Whether writing starts a sync in the background once the journal has an account.
  package var syncsAutomatically = true

  package init() {}

  /// Reads the file if it exists; status 65 names the line of a mistake.
  package static func read(from path: String) throws -> Settings {
    guard let bytes = try FileBytes.read(path, limit: sizeMax, mayWait: false)
    else { return Settings() }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.badData, Messages.Setup.settingsNotText(path: path))
    }
    return try Settings(toml: text, path: path)
  }

  private static let sizeMax = 1 << 20
  private static let known = ["sync", "sync.auto"]

  init(toml text: String, path: String) throws {
    let settings: SettingsText
    do {
      settings = try SettingsText(parsing: text)
    } catch {
      throw Failure(
        .badData,
        Messages.Setup.settingsUnreadable(path: path, line: error.line, reason: error.reason))
    }
    guard settings.valuesByName["sync"] == nil else {
      throw Failure(.badData, Messages.Setup.settingMustBeSection(path: path, name: "sync"))
    }
    let names = settings.valuesByName.keys.sorted() + settings.sections.sorted()
    if let unknown = names.first(where: { !Self.known.contains($0) }) {
      throw Failure(
        .badData,
        Messages.Setup.settingUnknown(
          unknown, path: path, nearest: Suggestion.nearest(to: unknown, among: Self.known)))
    }
    switch settings.valuesByName["sync.auto"] {
    case .boolean(let value)?: syncsAutomatically = value
    case nil: break
    default:
      throw Failure(.badData, Messages.Setup.settingMustBeBoolean(path: path, name: "sync.auto"))
    }
  }
}
