extension Messages {
  enum Prompts {
    static let today = "For today"

    static func unknown(_ id: String) -> String {
      "There is no prompt \(Messages.quoted(id)). `ebb prompts` lists them."
    }

    static func noneTagged(_ tags: [String]) -> String {
      "No prompt is tagged \(Messages.list(tags.map(Messages.quoted))). "
        + "`ebb prompts --help` names the tags."
    }

    static let allAnswered =
      "You have answered every prompt in the last 30 days. `ebb write --prompt-id ID` takes one "
      + "again; your own can be added to prompts.md in the configuration folder."

    static let promptAndID = "--prompt chooses one, --prompt-id names one: leave one of them out."
  }
}

extension Messages.Help {
  static let prompts = """
    The first one fits the last days: planned steps, a strong urge, signs, closeness and so on; \
    what was answered within 30 days is left out. Your own go into prompts.md in the configuration \
    folder, one a line, with #tags at the end.

    EXAMPLES:
      ebb prompts
      ebb prompts --tag gratitude
      ebb prompts --tag distance
      ebb write --prompt
      ebb write --prompt-id noticing-3
    """
}
