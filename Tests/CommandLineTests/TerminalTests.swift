import Foundation
import TestSupport
import Testing

/// What is only so on a terminal.
struct TerminalTests {
  /// Runs Ebb on a terminal of so many columns and gives what it shows.
  private func show(
    _ machine: Machine, columns: Int, _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> String {
    try await show(machine, columns: columns, arguments, environment: environment)
  }

  private func show(
    _ machine: Machine, columns: Int, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> String {
    let ended = try await machine.onTerminal(
      columns: columns, arguments, environment: ["NO_COLOR": ""].merging(environment) { $1 })
    #expect(ended.error == "")
    return ended.output
  }

  @Test func `lines fit the terminal, and styles go only there`() async throws {
    let machine = try Machine()
    let id = try await machine.write(
      "A long line that goes on and on, 日本語日本語日本語日本語", "--date", "2026-11-21 08:15", "--star")
    let short = id.prefix(6)
    let shown = try await show(machine, columns: 50, "list")
    #expect(
      shown
        == "\u{1B}[2m\(short)\u{1B}[0m  2026-11-21 08:15  \u{1B}[33m★ \u{1B}[0m"
        + "A long line that goes…\n")
    let plain = try await show(machine, columns: 50, "list", environment: ["NO_COLOR": "1"])
    #expect(plain == "\(short)  2026-11-21 08:15  ★ A long line that goes…\n")
  }

  @Test(arguments: ["m", "日"]) func `long names fit the terminal, and are told whole`(
    letter: String
  ) async throws {
    let machine = try Machine()
    let name = String(repeating: letter, count: 80)
    try await machine.ebb("write", "x", "--journal", name, "--person", name, "--tag", name)
    try await machine.ebb("mood", "5", "--closeness", "5", "--person", name)
    for command in ["journals", "people", "tags"] {
      let shown = try await show(machine, columns: 60, [command], environment: ["NO_COLOR": "1"])
      let lines = shown.split(separator: "\n").map(String.init)
      // Of what is shown here only these letters take two columns.
      let widths = lines.map { line in line.count + line.count(where: { $0 == "日" }) }
      #expect(widths.allSatisfy { $0 <= 60 }, Comment(rawValue: shown))
      #expect(lines.joined(separator: "").contains(name), Comment(rawValue: shown))
      #expect(try await machine.ebb(command).contains(name + "  "))
    }
  }

  @Test func `prose is wrapped to be read`() async throws {
    let machine = try Machine()
    let id = try await machine.write("one two three four five six seven", "--date", "2026-11-21")
    let shown = try await show(machine, columns: 20, "show", id, environment: ["NO_COLOR": "1"])
    #expect(shown.hasSuffix("\n\none two three four\nfive six seven\n"))
  }

  @Test func `an export does a terminal no harm, and says all to a file`() async throws {
    let machine = try Machine()
    let text = "x\u{1B}[2Jy\u{202E}z\n\tend"
    _ = try await machine.write(text, "--date", "2026-11-21")
    for format in ["text", "markdown", "csv"] {
      let options = format == "csv" ? ["--kind", "entry"] : []
      let shown = try await show(machine, columns: 80, ["export", format] + options)
      #expect(shown.contains("x␛[2Jy<U+202E>z\n    end"))
      let ended = try await machine.run(["export", format] + options)
      #expect(ended.output.contains(text))
    }
  }

  @Test func `what is longer than the screen goes through the pager`() async throws {
    let machine = try Machine()
    try await machine.ebb("write", input: String(repeating: "line\n", count: 80))
    let pager = "cat > \"$HOME/paged\"; echo paged #"
    let entry = try #require(try await machine.json("list", as: [Entry].self).first)
    let shown = try await show(
      machine, columns: 80, "show", entry.id, environment: ["PAGER": pager])
    #expect(shown == "paged\n")
    let paged = try String(contentsOfFile: machine.path + "/paged", encoding: .utf8)
    #expect(paged.hasSuffix("\n\n" + String(repeating: "line\n", count: 79) + "line\n"))
    #expect(
      try await show(machine, columns: 80, "list", environment: ["PAGER": pager]) != "paged\n")
  }

  @Test func `interrupted with Ctrl-C, a command ends with 130 and nothing is written`()
    async throws
  {
    let machine = try Machine()
    try await machine.ebb("write", "before")
    let script = """
      import os, signal, subprocess, sys, time
      # Whoever runs this may ignore or block Ctrl-C; a person's shell does not.
      def as_a_shell_does():
          signal.signal(signal.SIGINT, signal.SIG_DFL)
          signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
      child = subprocess.Popen(
          [sys.argv[1], "write"], stdin=subprocess.PIPE,
          preexec_fn=as_a_shell_does)
      child.stdin.write(b"half a"); child.stdin.flush()
      def catches():
          with open(f"/proc/{child.pid}/status") as status:
              return any(int(l.split()[1], 16) & 2 for l in status if l.startswith("SigCgt"))
      while not catches(): time.sleep(0.01)
      child.send_signal(signal.SIGINT)
      print(child.wait())
      """
    let ended = try await runProgram(
      "/usr/bin/env", ["python3", "-c", script, try ebbPath()],
      environment: machine.environment([
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      ]))
    #expect(ended.output == "130\n")
    #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["before"])
  }
}
