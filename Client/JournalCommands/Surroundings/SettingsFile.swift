/// The file `config.toml`, which keeps its comments and its order while settings change.
struct SettingsFile {
  let path: String

  /// Sets one setting, or takes it out with `nil`; makes the file if there is none.
  ///
  /// - Throws: a `Failure`: 65 if the file has mistakes, 74 if it cannot be written.
  /// - Returns: whether there was anything to change.
  func set(_ setting: Setting, to value: SettingsText.Value?) throws -> Bool {
    try PrivateFile.whileLocked(path) {
      let old = try FileBytes.text(of: path)
      let text = try SettingsText.of(old ?? Self.initial, path: path)
      guard value != nil || text.linesByName[setting.name] != nil else { return false }
      let new = text.text(setting: setting, to: value)
      // A mistake is told before anything is written, but for the one that this mends.
      _ = try Settings(toml: new, path: path)
      try PrivateFile.replace(path, with: Array(new.utf8))
      return true
    }
  }

  /// What the file says when Ebb makes it: every setting, commented out, with what it does.
  static var initial: String {
    var lines = Messages.Settings.fileHead.map { "# " + $0 }
    var section = ""
    for setting in Setting.all {
      if setting.section != section {
        section = setting.section
        lines += ["", "[\(section)]"]
      }
      lines += ["# " + setting.sentence, "# \(setting.key) = \(setting.standard.tomlText)"]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
