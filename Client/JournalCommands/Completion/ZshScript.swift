/// The completions for zsh: a file `_ebb` in `$fpath`, or something to `source`.
struct ZshScript {
  let commands: [CompletedCommand]

  var text: String {
    """
    #compdef ebb
    # Completions of ebb for zsh, made by `ebb completions zsh`.

    _ebb() {
      local program=${(Q)words[1]} curcontext=$curcontext context state state_descr line
      typeset -A opt_args
      local -a commands
      commands=(
    \(list)
      )
      _arguments -C -S \\
    \(specs(commands.first { $0.name.isEmpty })) \\
        '1: :->command' '*:: :->words'
      case $state in
      command) _describe -t commands command commands ;;
      words)
        case "$words[1] $words[2]" in
        \(continued))
          # A command of two words; the second is still typed if the cursor is at it.
          if (( CURRENT > 2 )); then
            words[1,2]=("$words[1] $words[2]")
            (( CURRENT-- ))
          fi ;;
        esac
        case $words[1] in
    \(cases)
        esac ;;
      esac
    }

    # What only the journal knows; behind a tab stands what is shown beside it.
    _ebb_ask() {
      local -a found
      local line word about tab=$'\\t'
      for line in ${(f)"$(${~program} __complete $1 -- "${(Q)PREFIX}" \
          "${(Q)words[CURRENT-1]}" 2>/dev/null)"}; do
        word=${line%%$tab*} about=
        [[ $line != *$tab* ]] || about=${line#*$tab}
        found+=("${${word//\\\\/\\\\\\\\}//:/\\\\:}:$about")
      done
      _describe -V -t $1 $1 found
    }

    if [[ $funcstack[1] == _ebb ]]; then _ebb "$@"; else compdef _ebb ebb; fi

    """
  }

  private var continued: String {
    commands.quotedTwoWordNames.joined(separator: " | ")
  }

  private var list: String {
    commands.filter(\.isFirstWord).map { command in
      "    " + "\(command.name):\(command.summary)".shellQuoted
    }
    .joined(separator: "\n")
  }

  private var cases: String {
    commands.filter { !$0.name.isEmpty }.map { command in
      "    \(command.name.shellQuoted)) _arguments -S \\\n\(specs(command)) ;;"
    }
    .joined(separator: "\n")
  }

  /// What `_arguments` reads: one line an option, one a place.
  private func specs(_ command: CompletedCommand?) -> String {
    guard let command else { return "" }
    var specs = command.options.map(spec)
    if !command.name.isEmpty {
      let name = command.name
      let first = command.words.places.first ?? .nothing
      if !command.subcommands.isEmpty {
        let words = "compadd " + command.subcommands.joined(separator: " ")
        let action = first == .nothing ? words : words + ";\(self.action(first))"
        specs.append("1:\(name):{\(action)}".shellQuoted)
      }
      specs += command.places.filter { $0.place != 0 || command.subcommands.isEmpty }.map {
        "\($0.place.map { String($0 + 1) } ?? "*"):\(name):\(action($0.candidates))".shellQuoted
      }
      // Nothing to offer, but not an end: options can still follow.
      if command.words.rest == .nothing { specs.append("'*:\(name):()'") }
    }
    return specs.map { "      " + $0 }.joined(separator: " \\\n")
  }

  private func spec(_ option: CommandDescription.Argument) -> String {
    let about = option.summary.reduce(into: "") { text, character in
      text += "[]\\:".contains(character) ? "\\\(character)" : String(character)
    }
    let value =
      option.takesValue ? ":\(option.valueName ?? "value"):\(action(option.candidates))" : ""
    let names = option.typedNames.map { $0 + (option.takesValue && $0.hasPrefix("--") ? "=" : "") }
    let end = "[\(about)]" + value
    if option.isRepeating || names.count == 1 {
      return names.map { ((option.isRepeating ? "*" : "") + $0 + end).shellQuoted }
        .joined(separator: " ")
    }
    let all = "(" + option.typedNames.joined(separator: " ") + ")"
    return names.map { (all + $0 + end).shellQuoted }.joined(separator: " ")
  }

  private func action(_ candidates: Candidates) -> String {
    switch candidates {
    case .nothing: " "
    case .fixed(let words): "(\(words.joined(separator: " ")))"
    // After a space, zsh passes it nothing else.
    case .asked(let name): " _ebb_ask \(name.rawValue)"
    case .files: "_files"
    case .folders: "_files -/"
    }
  }
}
