extension Messages {
  enum Shells {
    static let aShell = "the name of a shell"

    static func unknown(_ word: String) -> String {
      "Ebb knows bash, zsh and fish, not \(Messages.quoted(word))."
    }
  }
}

extension Messages.Help {
  static let completions = """
    Prints a script for that shell. Installed from a package, all three are there already. What \
    only the journal knows, such as ids, tags and people, is asked from it while you type.

    EXAMPLES:
      ebb completions bash > ~/.local/share/bash-completion/completions/ebb
      ebb completions zsh > ~/.zfunc/_ebb
      ebb completions fish > ~/.config/fish/completions/ebb.fish
    """
}
