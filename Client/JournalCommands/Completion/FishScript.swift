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
          set -l words
          set -l is_value no
          for token in $tokens
              if test $is_value = yes
                  set is_value no
              else if contains -- $token (__ebb_values "$words[1]")
                  set is_value yes
              else if not string match -q -- '-*' $token
                  set -a words $token
              end
          end
          test "$words[1]" = "$argv[1]"; or return 1
          set -q argv[2]; or return 0
          test (math (count $words) - 1) -ge $argv[2]; or return 1
          not set -q argv[3]; or test (math (count $words) - 1) -lt $argv[3]
      end

      # The options of a command that take a value.
      function __ebb_values
          switch $argv[1]
      \(values)
          end
      end

      # What only the journal knows, and behind a tab what is shown beside it.
      function __ebb_ask
          set -l program (commandline -opc)[1]
          set -l word (string replace -r -- '^--[^=]*=' '' (commandline -ct))
          $program __complete $argv[1] -- (string unescape -- $word; or echo $word) 2>/dev/null
      end

      complete -c ebb -e
      complete -c ebb -f
      \(lines.joined(separator: "\n"))

      """
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
    if !command.name.isEmpty {
      lines.append(
        "complete -c ebb -n '__ebb_at \"\"' -a \(command.name.shellQuoted)"
          + " -d \(command.summary.shellQuoted)")
    }
    let condition = command.name.isEmpty ? "__ebb_at \"\"" : "__ebb_at \(command.name)"
    for option in command.options {
      let names = option.typedNames.map {
        $0.hasPrefix("--") ? "-l \($0.dropFirst(2))" : "-s \($0.dropFirst())"
      }
      lines.append(
        start + condition.shellQuoted + " " + names.joined(separator: " ")
          + " -d \(option.summary.shellQuoted)"
          + (option.takesValue ? action(option.candidates, isValue: true) : ""))
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
