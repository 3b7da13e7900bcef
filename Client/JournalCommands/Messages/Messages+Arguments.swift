extension Messages {
  enum Arguments {
    static func unknownCommand(_ word: String, nearest: String?) -> String {
      let word = Messages.quoted(word)
      return nearest.map { "There is no command \(word). Did you mean `ebb \($0)`?" }
        ?? "There is no command \(word). `ebb --help` lists them; to write something down, "
        + "begin with `ebb write`."
    }

    static func unknownOption(
      _ option: String, command: String, nearest: String?, takesText: Bool
    ) -> String {
      let command = typed(command)
      let option = Messages.cut(option)
      let asText = takesText ? " If it is text, put a bare -- before it." : ""
      let help = nearest.map { "did you mean \($0)?" } ?? "`\(command) --help` lists them."
      return nearest == nil
        ? "`\(command)` has no option \(option); \(help)\(asText)"
        : "`\(command)` has no option \(option): \(help)\(asText)"
    }

    static func valueMissing(option: String, next: String?) -> String {
      guard let next = next.map(Messages.cut), next != "--" else {
        return "\(option) needs a value after it."
      }
      return "\(option) needs a value, but \(next) follows. If that is the value, write "
        + "\(option)=\(next)."
    }

    static let color = "Colours: auto, always or never. (default: auto)"

    static func badColor(_ text: String) -> String {
      "--color is auto, always or never, not \(Messages.quoted(text))."
    }

    static func flagWithValue(_ option: String) -> String {
      "\(option) takes no value."
    }

    static func givenTwice(_ option: String) -> String {
      "\(option) is there twice, and only one value can be kept. Leave one out."
    }

    static func helpAmongText(command: String) -> String {
      "Nothing was written: help is `ebb \(command) --help` alone. "
        + "If it is text, put a bare -- before it."
    }

    static func variableNotUTF8(_ name: String) -> String {
      "$\(name) is not valid UTF-8, so nothing was done. Set it anew, in UTF-8."
    }

    static func notUTF8(position: Int) -> String {
      "Argument \(position) is not valid UTF-8, so nothing was done. "
        + "Ebb keeps text as UTF-8 only."
    }

    static func unexpected(_ word: String, command: String) -> String {
      "`\(typed(command))` does not know what to do with \(Messages.quoted(word)). "
        + "`\(typed(command)) --help` shows its use."
    }

    /// Today's page is `ebb` alone.
    private static func typed(_ command: String) -> String {
      command.isEmpty ? "ebb" : "ebb \(command)"
    }

    static func missing(_ what: String, command: String) -> String {
      "`ebb \(command)` needs \(what). `ebb \(command) --help` shows its use."
    }

    static func notANumber(_ text: String, option: String) -> String {
      "\(option) wants a whole number, not \(Messages.quoted(text))."
    }

    static func outOfReach(_ text: String, option: String) -> String {
      "\(option) does not go as far as \(Messages.quoted(text))."
    }

    static func badLimit(_ text: String) -> String {
      "--limit wants a whole number from 0 (all), not \(Messages.quoted(text))."
    }

    static func unknownKind(_ text: String) -> String {
      "--kind is entry, mood or step, not \(Messages.quoted(text))."
    }

    static func notADay(_ text: String, option: String) -> String {
      "\(option) wants a day, week, month or year, such as 2026-11-21, yesterday, “last week”, "
        + "2026-11 or 2026, not "
        + "\(Messages.quoted(text))."
    }

    static let onAndRange = "--on is one day: leave out --from and --to, or --on."

    static let emptySearch = "There is nothing to search for. Give a word: ebb search river"
  }
}

extension Messages.Arguments {
  static let anID = "an ID"
  static let ids = "one or more IDs"
  static let idAndVersion = "an ID and a version"
}
