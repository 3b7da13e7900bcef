import Foundation
import TestSupport
import Testing

struct TagsRenameTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func `a tag is renamed in registers and texts, and back`() async throws {
    let text = try await machine.write(
      "By the #rivr, `#rivr`.", "--tag", "x", "--date", "2026-01-02")
    let register = try await machine.write("Home.", "--tag", "rivr", "--date", "2026-01-01")
    let trashed = try await machine.write("Gone #rivr")
    try await machine.ebb("delete", trashed)
    let renamed = try await machine.run(["tags", "rename", "rivr", "river"])
    #expect(renamed.output == "rivr is river now, in 2 records.\n")
    #expect(renamed.error == "`ebb tags rename river rivr` turns it back.\n")
    #expect(try await machine.ebb("tags") == "river  2\nx      1\n")
    let found = try await machine.json("list", "tag:river", as: [Entry].self)
    #expect(found.map(\.id) == [text, register])
    #expect(found[0].text == "By the #river, `#rivr`.")
    #expect(try await machine.json("list", "--trash", as: [Entry].self).map(\.id) == [trashed])
    // What was done stands above how to take it back.
    #expect(
      try await machine.onTerminal(["tags", "rename", "river", "rivr"]).output == """
        river is rivr now, in 2 records.
        `ebb tags rename rivr river` turns it back.

        """)
    #expect(try await machine.json("show", text, as: Entry.self).text == "By the #rivr, `#rivr`.")
  }

  @Test func `two tags become one if somebody says so`() async throws {
    _ = try await machine.write("a", "--tag", "one")
    _ = try await machine.write("b #two")
    let digest = try await machine.digest()
    #expect(try await machine.run(["tags", "rename", "two", "one"]).exitCode == 64)
    #expect(try await machine.run(["tags", "rename", "three", "one"]).exitCode == 1)
    #expect(try await machine.digest() == digest)
    #expect(try await machine.run(["tags", "rename", "two", "one", "--yes"]).exitCode == 0)
    #expect(try await machine.ebb("tags") == "one  2\n")
  }

  @Test(
    arguments: [
      ("tags", "one", "#two"), ("tags", "one", " two "), ("tags", "one", "##two"),
      ("tags", "one", "cafe\u{301}"), ("people", "Sam", "@Anna"), ("people", "Sam", "Rene\u{301}"),
    ])
  func `a name that is taken is known in whatever form it is typed`(
    command: String, old: String, new: String
  ) async throws {
    _ = try await machine.write("a", "--tag", "one", "--person", "Sam")
    _ = try await machine.write("b", "--tag", "two", "--person", "Anna")
    _ = try await machine.write("c", "--tag", "caf\u{E9}", "--person", "Ren\u{E9}")
    let digest = try await machine.digest()
    #expect(try await machine.run([command, "rename", old, new]).exitCode == 64)
    #expect(try await machine.digest() == digest)
  }

  @Test func `what turns a name back is typed without a sign`() async throws {
    _ = try await machine.write("a", "--tag", "one")
    let renamed = try await machine.run(["tags", "rename", "#one", "#three"])
    #expect(renamed.output == "one is three now, in 1 record.\n")
    #expect(renamed.error == "`ebb tags rename three one` turns it back.\n")
  }
}

struct ColorTests {
  @Test(
    arguments: [
      (["--color", "always"], false, [:], true), ([], false, [:], false),
      (["--color=never"], true, [:], false), ([], true, [:], true),
      ([], true, ["NO_COLOR": "1"], false), (["--color", "always"], true, ["NO_COLOR": "1"], true),
      ([], true, ["TERM": "dumb"], false), (["--color", "auto"], false, [:], false),
    ] as [([String], Bool, [String: String], Bool)])
  func `styles are where they are asked for`(
    options: [String], onTerminal: Bool, environment: [String: String], isStyled: Bool
  ) async throws {
    let machine = try Machine()
    _ = try await machine.write("Home.", "--star")
    let environment = ["NO_COLOR": "", "TERM": "xterm"].merging(environment) { $1 }
    let ended =
      onTerminal
      ? try await machine.onTerminal(["list"] + options, environment: environment)
      : try await machine.run(["list"] + options, environment: environment)
    #expect(ended.exitCode == 0)
    #expect(ended.output.contains("\u{1B}[") == isStyled)
  }

  @Test func `it is an option of every command, but no text's`() async throws {
    let machine = try Machine()
    for command in [["status"], ["tags"], ["config"], []] {
      #expect(try await machine.run(command + ["--color", "never"]).exitCode == 0)
    }
    let ended = try await machine.run(["list", "--color", "sometimes"])
    #expect(ended.exitCode == 64)
    #expect(ended.error == "--color is auto, always or never, not “sometimes”.\n")
    _ = try await machine.write("--", "--color", "always")
    #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["--color always"])
    #expect(try await machine.ebb("tags", "--help").contains("--color <when>"))
  }
}

struct PagerTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func `Ctrl-C is the pager's, and Ebb waits for it`() async throws {
    try await machine.ebb("write", input: String(repeating: "line\n", count: 80))
    let pager = "trap 'echo caught; exit 0' INT; cat > /dev/null; echo ready; read x < /dev/tty #"
    let id = try #require(try await machine.json("list", as: [Entry].self).first).id
    let ended = try await machine.onTerminal(
      ["show", id], typing: [.init(after: "ready", text: "\u{3}")], environment: ["PAGER": pager])
    #expect(ended.output == "ready\ncaught\n")
    #expect(ended.exitCode == 0)
  }

  @Test func `a pager that is left early, or is not there, harms nothing`() async throws {
    try await machine.ebb("write", input: String(repeating: "line of text\n", count: 20_000))
    let id = try #require(try await machine.json("list", as: [Entry].self).first).id
    let left = try await machine.onTerminal(["show", id], environment: ["PAGER": "head -n 1 #"])
    #expect(left.exitCode == 0)
    #expect(left.output == "entry \(id.prefix(6))\n")
    let missing = try await machine.onTerminal(
      ["show", id], environment: ["PAGER": "no-such-pager 2> /dev/null #"])
    #expect(missing.exitCode == 0)
    #expect(missing.output.hasSuffix("line of text\n"))
  }

  @Test
  func `one line that is longer than the screen is paged too, with less told what git tells it`()
    async throws
  {
    let id = try await machine.write(String(repeating: "word ", count: 2000))
    let pager = "cat > /dev/null; echo \"paged with $LESS\" #"
    let ended = try await machine.onTerminal(
      columns: 60, rows: 20, ["list", "--limit", "1"], environment: ["PAGER": pager])
    #expect(ended.output.hasPrefix(id.prefix(6)))
    let paged = try await machine.onTerminal(
      columns: 60, rows: 20, ["show", id, "--raw"], environment: ["PAGER": pager])
    #expect(paged.output == "paged with FRX\n")
  }
}
