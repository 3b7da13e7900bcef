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
    switch settings.valuesByName["sync.auto"] {
    case .boolean(let value)?: syncsAutomatically = value
    case nil: break
    default:
      throw Failure(.badData, Messages.Setup.settingMustBeBoolean(path: path, name: "sync.auto"))
    }
  }
}
