import Foundation
import TestSupport
import Testing

/// What the shells themselves make of the scripts; a shell that is not there is not asked.
struct CompletionTests {
  /// A line up to the cursor, and what a shell offers for its last word, in any order.
  private static let lines: [(line: [String], offered: Set<String>)] = [
    (["ebb", "wri"], ["write"]),
    (["ebb", "write", "--ta"], ["--tag"]),
    (["ebb", "write", "one", "--tag", "r"], ["river"]),
    (["ebb", "list", "--person", "An"], [#"Ann\ Lee"#]),
    (["ebb", "list", "--tag", "o"], [#"o\'clock"#]),
    (["ebb", "list", "--journal", "Dr"], ["Dreams"]),
    (["ebb", "mood", "--pull", "to"], ["toward", "torn"]),
    (["ebb", "config", "set", "sync.auto", ""], ["true", "false"]),
    (["ebb", "account", ""], ["delete"]),
    (["ebb", "devices", "rev"], ["revoke"]),
    (["ebb", "people", "r"], ["rename"]),
    (["ebb", "people", "rename", "An"], [#"Ann\ Lee"#]),
    (["ebb", "people", "An"], [#"Ann\ Lee"#]),
    (["ebb", "step", ""], ["plan", "list", "done", "skip"]),
    (["ebb", "step", "plan", "title", "--ru"], ["--rung"]),
    (["ebb", "write", "--", "--ta"], []),
    (["ebb", "write", "list", ""], []),
    (["ebb", "nonsense", ""], []),
  ]

  private struct Version: Decodable { let version: String }

  private func machine() async throws -> (Machine, environment: [String: String]) {
    let machine = try Machine()
    try await machine.ebb(
      "write", "By the #river with @Sam", "--person", "Ann Lee", "--tag", "o'clock", "--journal",
      "Dreams")
    for shell in ["bash", "zsh", "fish"] {
      try await machine.ebb("completions", shell).write(
        toFile: machine.path + "/\(shell)-script", atomically: false, encoding: .utf8)
    }
    let programs = try BuiltProducts.folder.path
    return (machine, machine.environment(["PATH": programs + ":/usr/bin:/bin", "TERM": "xterm"]))
  }

  @Test func `bash offers what can follow`() async throws {
    let (machine, environment) = try await machine()
    let script = """
      source "$HOME/bash-script"
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      _ebb
      for word in "${COMPREPLY[@]}"; do printf '%s\\n' "$word"; done
      """
    func offered(_ line: [String]) async throws -> Set<String> {
      let ended = try await runProgram(
        "bash", ["--norc", "-c", script, "bash"] + line, environment: environment)
      #expect(ended.error == "")
      return Set(ended.output.split(separator: "\n").map(String.init))
    }
    for (line, words) in Self.lines {
      #expect(try await offered(line) == words, "\(line)")
    }
    // Bash hands over --option=value as three words, and a quote that is still open.
    #expect(try await offered(["ebb", "mood", "--pull", "=", "tow"]) == ["toward"])
    #expect(try await offered(["ebb", "list", "--person", "\"An"]) == ["Ann Lee"])
    let id = try #require(try await machine.json("list", as: [Entry].self).first).id
    #expect(try await offered(["ebb", "show", String(id.prefix(2))]) == [String(id.prefix(6))])
    #expect(try await offered(["ebb", "show", String(id.prefix(9))]) == [id])
    let history = try await machine.json("history", id, as: [Version].self)
    let version = try #require(history.first).version
    #expect(try await offered(["ebb", "revert", id, String(version.prefix(10))]) == [version])
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/fish")))
  func `fish offers what can follow, and says what it is`() async throws {
    let (machine, environment) = try await machine()
    let script = """
      source $HOME/fish-script
      for line in $argv
        complete -C $line
        echo ====
      end
      """
    let id = try #require(try await machine.json("list", as: [Entry].self).first).id
    let history = try await machine.json("history", id, as: [Version].self)
    let version = try #require(history.first).version
    let more = [
      "ebb list --tag=riv", "ebb wri", "ebb show ", "ebb revert \(id) \(version.prefix(10))",
    ]
    let ended = try await runProgram(
      "fish",
      ["--no-config", "-c", script, "--"] + Self.lines.map { $0.line.joined(separator: " ") }
        + more,
      environment: environment)
    #expect(ended.error == "")
    let answers = ended.output.components(separatedBy: "====\n")
    for ((line, words), answer) in zip(Self.lines, answers) {
      // fish shows names as they are, and escapes them once one is chosen.
      let found = answer.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
      #expect(Set(found.map(String.init)) == Set(words.map { $0.filter { $0 != "\\" } }), "\(line)")
    }
    let rest = answers.dropFirst(Self.lines.count)
    #expect(rest.first == "--tag=river\t1 record\n")
    #expect(rest.dropFirst().first == "write\tWrite an entry.\n")
    #expect(rest.dropFirst(2).first?.hasPrefix(id.prefix(6) + "\t") == true)
    #expect(rest.dropFirst(3).first?.hasPrefix(version + "\t") == true)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zsh")))
  func `zsh completes on a terminal`() async throws {
    let (machine, environment) = try await machine()
    let id = try #require(try await machine.json("list", as: [Entry].self).first).id
    let history = try await machine.json("history", id, as: [Version].self)
    let version = try #require(history.first).version
    // What is typed before the Tab, and the whole line after it.
    let typed = [
      ("ebb wri", "ebb write "), ("ebb write one --sta", "ebb write one --star "),
      ("ebb write one --tag r", "ebb write one --tag river "),
      ("ebb list --tag=r", "ebb list --tag=river "),
      ("ebb list --person An", #"ebb list --person Ann\ Lee "#),
      ("ebb list --tag o", #"ebb list --tag o\'clock "#),
      ("ebb mood --pull tow", "ebb mood --pull toward "),
      ("ebb config set sync.auto f", "ebb config set sync.auto false "),
      ("ebb account ", "ebb account delete "), ("ebb step pl", "ebb step plan "),
      ("ebb people rename An", #"ebb people rename Ann\ Lee "#),
      ("ebb people r", "ebb people rename "),
      ("ebb step plan title --ru", "ebb step plan title --rung="), ("ebb --ver", "ebb --version "),
      ("ebb show \(id.prefix(3))", "ebb show \(id.prefix(6)) "),
      ("ebb revert \(id) \(version.prefix(10))", "ebb revert \(id) \(version) "),
      ("ebb write -- --ta", "ebb write -- --ta"), ("ebb nonsense x", "ebb nonsense x"),
    ]
    let script = """
      zmodload zsh/zpty
      cd $HOME && mkfifo answers
      zpty shell 'zsh -f -i'
      zpty -w shell 'PS1= ; autoload -Uz compinit; compinit -u -D; source ./zsh-script; \\
        answer() { print -r -- "$BUFFER." > answers; BUFFER=; }; zle -N answer; bindkey "^X" answer'
      for line in "$@"; do
        zpty -w -n shell "$line"$'\\t\\x18'
        read -r -t 30 answer <> answers; print -r -- "$answer"
      done
      zpty -d shell
      """
    let ended = try await runProgram(
      "zsh", ["-f", "-c", script, "zsh"] + typed.map(\.0), environment: environment)
    let answers = ended.output.split(separator: "\n").map { String($0.dropLast()) }
    #expect(answers == typed.map(\.1))
  }

  @Test func `asking what could be typed makes nothing and complains of nothing`() async throws {
    let machine = try Machine()
    for words in [
      ["tag", "--", ""], ["record", "--", "3f"], ["nonsense"], [], ["--what"], ["tag", "-x"],
    ] {
      let ended = try await machine.run(["__complete"] + words)
      #expect(ended.output == "")
      #expect(words == ["--what"] || ended.exitCode == 0)
    }
    #expect(!FileManager.default.fileExists(atPath: machine.home))
    // A journal that is no journal is for other commands to complain of.
    try FileManager.default.createDirectory(
      atPath: machine.home, withIntermediateDirectories: true)
    try "no journal".write(
      toFile: machine.home + "/journal.sqlite", atomically: false, encoding: .utf8)
    let ended = try await machine.run(["__complete", "tag", "--", ""])
    #expect(ended == Ended(exitCode: 0, output: "", error: ""))
  }

  @Test func `another shell is a plain error`() async throws {
    let ended = try await Machine().run(["completions", "tcsh"])
    #expect(ended.exitCode == 64)
    #expect(ended.error == "Ebb knows bash, zsh and fish, not “tcsh”.\n")
  }
}
