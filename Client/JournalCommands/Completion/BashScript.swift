/// The completions for bash, which need nothing but bash 4.
struct BashScript {
  let commands: [CompletedCommand]

  var text: String {
    """
    # Completions of ebb for bash, made by `ebb completions bash`.

    _ebb() {
        local program=${COMP_WORDS[0]/#\\~/$HOME} current=${COMP_WORDS[COMP_CWORD]}
        local command= option= only_words= place=0 before= flags= values= quote= i word
        COMPREPLY=()
        _ebb_shape ''
        for ((i = 1; i < COMP_CWORD; i++)); do
            word=${COMP_WORDS[i]}
            if [[ -n $option ]]; then
                # --option=value comes as three words.
                [[ $word == = ]] || option=
            elif [[ -z $only_words && $word == -- ]]; then
                only_words=yes
            elif [[ -z $only_words && $word == -* ]]; then
                [[ " $values " != *" $word "* ]] || option=$word
            elif [[ -z $command ]] || _ebb_continues "$command $word"; then
                command+=${command:+ }$word
                _ebb_shape "$command"
            else
                place=$((place + 1)) before=$word
            fi
        done
        [[ -z $option || $current != = ]] || current=
        case $current in
        \\"* | \\'*) quote=${current:0:1} current=${current:1} ;;
        *) current=${current//\\\\/} ;;
        esac
        if [[ -n $option ]]; then
            _ebb_value "$command" "$option"
        elif [[ -z $only_words && $current == -* ]]; then
            _ebb_offer "$flags $values"
        elif [[ -z $command ]]; then
            _ebb_offer '\(commands.filter(\.isFirstWord).map(\.name).joined(separator: " "))'
        else
            _ebb_word "$command" "$place"
        fi
    }

    _ebb_offer() {
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$1" -- "$current")
    }

    # Whether the words before the cursor are a command of two words.
    _ebb_continues() {
        [[ $place = 0 ]] && case $1 in
        \(continued)) ;;
        *) false ;;
        esac
    }

    # What only the journal knows; behind a tab stands what other shells show beside it.
    _ebb_ask() {
        local found
        compopt -o nosort 2>/dev/null
        while IFS= read -r found; do
            found=${found%%$'\\t'*}
            [[ -n $quote ]] || printf -v found %q "$found"
            COMPREPLY+=("$found")
        done < <("$program" __complete "$1" -- "$current" "$before" 2>/dev/null)
    }

    _ebb_files() {
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen "$1" -- "$current")
    }

    _ebb_shape() {
        case $1 in
    \(shapes)
        *) flags= values= ;;
        esac
    }

    _ebb_value() {
        case "$1 $2" in
    \(values)
        esac
    }

    _ebb_word() {
        case "$1 $2" in
    \(words)
        esac
    }

    complete -F _ebb ebb

    """
  }

  private var shapes: String {
    commands.map { command in
      let flags = command.flagNames.joined(separator: " ")
      let values = command.valueNames.joined(separator: " ")
      return "    \(command.name.shellQuoted)) flags='\(flags)' values='\(values)' ;;"
    }
    .joined(separator: "\n")
  }

  private var continued: String {
    commands.quotedTwoWordNames.joined(separator: " | \\\n        ")
  }

  private var values: String {
    var cases: [(pattern: String, candidates: Candidates)] = []
    for command in commands {
      for option in command.options where option.candidates != .nothing {
        cases += option.typedNames.map {
          ("\(command.name) \($0)".shellQuoted, option.candidates)
        }
      }
    }
    return grouped(cases)
  }

  private var words: String {
    let subcommands = commands.filter { !$0.subcommands.isEmpty }.map {
      ("\($0.name) 0".shellQuoted, Candidates.fixed($0.subcommands))
    }
    let words = commands.flatMap { command in
      command.places.map { place, candidates in
        let place = place.map { "\(command.name) \($0)".shellQuoted }
        return (place ?? "\(command.name) ".shellQuoted + "*", candidates)
      }
    }
    // Every case that fits: the second word of a command can be a name as well.
    return grouped(subcommands + words, end: ";;&")
  }

  /// One case for all that the same can be offered for.
  private func grouped(
    _ cases: [(pattern: String, candidates: Candidates)], end: String = ";;"
  ) -> String {
    var order: [Candidates] = []
    var patterns: [Candidates: [String]] = [:]
    for (pattern, candidates) in cases {
      if patterns[candidates] == nil { order.append(candidates) }
      patterns[candidates, default: []].append(pattern)
    }
    return order.map { candidates in
      let pattern = (patterns[candidates] ?? []).joined(separator: " | \\\n        ")
      return "    \(pattern))\n        \(action(candidates)) \(end)"
    }
    .joined(separator: "\n")
  }

  private func action(_ candidates: Candidates) -> String {
    switch candidates {
    case .nothing: ":"
    case .fixed(let words): "_ebb_offer \(words.joined(separator: " ").shellQuoted)"
    case .asked(let name): "_ebb_ask \(name.rawValue)"
    case .files: "_ebb_files -f"
    case .folders: "_ebb_files -d"
    }
  }
}
