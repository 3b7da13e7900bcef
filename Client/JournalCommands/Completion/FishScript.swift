/// The completions for fish.
struct FishScript {
  let commands: [CompletedCommand]

  var text: String {
    let lines = commands.flatMap(lines)
    return """
      # Completions of ebb for fish, made by `ebb completions fish`.

      # Whether the first word is that command and, if a number is given, so many words follow it.
      function __ebb_at
          set -l tokens (commandline -opc)
          set -e tokens[1]
          set -l command
          set -l place 0
          set -l is_value no
          for token in $tokens
              if test $is_value = yes
                  set is_value no
              else if contains -- $token (__ebb_values "$command")
                  set is_value yes
              else if string match -q -- '-*' $token
                  continue
              else if test -z "$command"
                  set command $token
              else if test $place = 0; and contains -- "$command $token" \(continued)
                  set command "$command $token"
              else
                  set place (math $place + 1)
              end
          end
          test "$command" = "$argv[1]"; or return 1
          set -q argv[2]; or return 0
          test $place -ge $argv[2]; or return 1
          not set -q argv[3]; or test $place -lt $argv[3]
      end

      # The options of a command that take a value.
      function __ebb_values
          switch $argv[1]
      \(values)
          end
      end

      # What only the journal knows, and behind a tab what is shown beside it.
      function __ebb_ask
          set -l before (commandline -opc)
          set -l program $before[1]
          set -l word (string replace -r -- '^--[^=]*=' '' (commandline -ct))
          $program __complete $argv[1] -- (string unescape -- $word; or echo $word) $before[-1] 2>/dev/null
      end

      complete -c ebb -e
      complete -c ebb -f
      \(lines.joined(separator: "\n"))

      """
  }

  /// Commands of two words.
  private var continued: String {
    commands.quotedTwoWordNames.joined(separator: " ")
  }

  private var values: String {
    commands.filter { !$0.valueNames.isEmpty }.map { command in
      "        case \(command.name.shellQuoted)\n"
        + "            printf '%s\\n' \(command.valueNames.joined(separator: " "))"
    }
    .joined(separator: "\n")
  }

  private func lines(_ command: CompletedCommand) -> [String] {
    let start = "complete -c ebb -n "
    var lines: [String] = []
    if command.isFirstWord {
      lines.append(
        "complete -c ebb -n '__ebb_at \"\"' -a \(command.name.shellQuoted)"
          + " -d \(command.summary.shellQuoted)")
    }
    let condition = "__ebb_at \"\(command.name)\""
    for option in command.options {
      let names = option.typedNames.map {
        $0.hasPrefix("--") ? "-l \($0.dropFirst(2))" : "-s \($0.dropFirst())"
      }
      lines.append(
        start + condition.shellQuoted + " " + names.joined(separator: " ")
          + " -d \(option.summary.shellQuoted)"
          + (option.takesValue ? action(option.candidates, isValue: true) : ""))
    }
    if !command.subcommands.isEmpty {
      lines.append(
        start + "\(condition) 0 1".shellQuoted + action(.fixed(command.subcommands), isValue: false)
      )
    }
    let named = command.words.places.count
    for (place, candidates) in command.places {
      let range = place.map { "\($0) \($0 + 1)" } ?? "\(named)"
      lines.append(
        start + "\(condition) \(range)".shellQuoted + action(candidates, isValue: false))
    }
    return lines
  }

  private func action(_ candidates: Candidates, isValue: Bool) -> String {
    let required = isValue ? " -r" : ""
    switch candidates {
    case .nothing: return " -x"
    case .fixed(let words):
      return required + " -f -a " + words.joined(separator: " ").shellQuoted
    case .asked(let name): return required + " -f -k -a '(__ebb_ask \(name.rawValue))'"
    case .files: return required + " -F"
    case .folders: return required + " -f -a '(__fish_complete_directories)'"
    }
  }
}
