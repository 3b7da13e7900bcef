extension Messages {
  enum Settings {
    // What each setting does.
    static let syncAuto =
      "Whether every write starts a sync in the background, once there is an account."
    static let practiceEnabled =
      "Whether Ebb offers check-ins, steps, practices, prompts, insights and reviews."
    static let reminderText =
      "What the reminder of `ebb remind` says, for all to see who see your screen."

    static let words = "get, set, unset or edit"
    static let aKey = "the name of a setting"
    static let aValue = "the name of a setting and a value"

    static let notSet = "Not set; this is how Ebb does it."

    static func setIn(line: Int, path: String, standard: String) -> String {
      "Set in line \(line) of \(path); otherwise \(standard)."
    }

    static func file(_ path: String, exists: Bool) -> String {
      exists
        ? "These stand in \(path); `ebb config edit` opens it."
        : "There is no \(path) yet; `ebb config set` and `ebb config edit` make it."
    }

    /// What the file says that `ebb config` makes, above the settings.
    static let fileHead = [
      "The settings of Ebb. A line that begins with # is not in force: take the # away to",
      "set something. `ebb config` shows what holds; man 5 ebb-config has more.",
    ]

    static func isSet(_ name: String, to value: String) -> String { "\(name) = \(value)" }

    static func isUnset(_ name: String, standard: String) -> String {
      "\(name) is not set any more; Ebb does as usual: \(standard)"
    }

    static func wasNotSet(_ name: String) -> String { "\(name) was not set." }
    static let unchanged = "Nothing was changed."
    static func replaced(_ path: String) -> String { "Saved \(path)." }

    static let editHasNoJSON =
      "`ebb config edit` has nothing to print as JSON; `ebb config --json` shows all settings."
    static let noEditor =
      "There is no editor to open the settings in. Set EDITOR, or use `ebb config set`."
    static let editAgain = "Edit it again? [Y/n] "

    static func changedMeanwhile(_ path: String) -> String {
      "\(path) was changed while you edited, so it was not replaced."
    }

    static func unknownWord(_ word: String, nearest: String?) -> String {
      let hint = nearest.map { " Did you mean `ebb config \($0)`?" } ?? ""
      return "`ebb config` is followed by \(words), not \(Messages.quoted(word)).\(hint)"
    }

    static func unknown(_ name: String, nearest: String?) -> String {
      let hint = nearest.map { "Did you mean \($0)?" } ?? "`ebb config` lists them."
      return "There is no setting \(Messages.quoted(name)). \(hint)"
    }

    static func badValue(_ text: String, of setting: Setting) -> String {
      "\(setting.name) is \(values(of: setting)), not \(Messages.quoted(text))."
    }

    static func values(of setting: Setting) -> String {
      switch setting.standard {
      case .boolean: "true or false"
      case .integer: "a whole number"
      case .string: "a text of one line, of at most \(Setting.lengthMax) characters"
      }
    }
  }
}

// What is wrong with the file.
extension Messages.Settings {
  static func unreadable(path: String, line: Int, reason: String) -> String {
    "Line \(line) of \(path) cannot be read: \(reason). Mend or remove that line."
  }

  /// What holds in spite of a mistake, where a command goes on.
  static func defaultsHold(_ mistake: String) -> String {
    "\(mistake) Until that is mended the defaults hold, and Ebb syncs only when asked."
  }

  static func mustBeSection(path: String, line: Int, name: String) -> String {
    "\(name) in line \(line) of \(path) must be a section: [\(name)] on a line of its own."
  }

  static func unknown(
    _ name: String, path: String, line: Int, nearest: String?
  ) -> String {
    let hint = nearest.map { ": did you mean \($0)?" } ?? "."
    return "\(Messages.cut(name)) in line \(line) of \(path) is no setting of Ebb\(hint) "
      + "Mend or remove that line."
  }

  static func badValue(of setting: Setting, path: String, line: Int) -> String {
    "\(setting.name) in line \(line) of \(path) must be \(values(of: setting))."
  }
}
