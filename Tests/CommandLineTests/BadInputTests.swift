import Foundation
import TestSupport
import Testing

/// Every mistake: its exit code, one plain sentence, and a journal that is as it was.
struct BadInputTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var input: [UInt8]?
    var exitCode: Int32
    var part: String

    init(_ arguments: [String], input: [UInt8]? = nil, _ exitCode: Int32, _ part: String) {
      self.arguments = arguments
      self.input = input
      self.exitCode = exitCode
      self.part = part
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(arguments: [
    Mistake(["write"], 64, "the text is empty"),
    Mistake(["write", ""], 64, "the text is empty"),
    Mistake(["write", " \n\t "], 64, "the text is empty"),
    Mistake(["write"], input: Array("\n\n".utf8), 64, "the text is empty"),
    Mistake(["write"], input: [0x61, 0x62, 0xFF, 0x63], 65, "byte 3 is wrong"),
    Mistake(["write"], input: [0xC3], 65, "byte 1 is wrong"),
    Mistake(["write"], input: Array(repeating: 0x61, count: 4_000_001), 65, "4000001 bytes"),
    Mistake(["write"], input: Array(repeating: 0x61, count: 5_000_000), 65, "4,000,000"),
    Mistake(["write", "x", "--stra"], 64, "did you mean --star?"),
    Mistake(["write", "x", "--nothing-like-it"], 64, "has no option --nothing-like-it"),
    Mistake(["write", "x", "--help"], 64, "Nothing was written"),
    Mistake(["write", "--help", "x"], 64, "Nothing was written"),
    Mistake(["write", "x", "-h"], 64, "Nothing was written"),
    Mistake(["write", "x", "--title"], 64, "--title needs a value"),
    Mistake(["write", "x", "--title", "a", "--title", "b"], 64, "--title is there twice"),
    Mistake(["write", "x", "--star=1"], 64, "--star takes no value"),
    Mistake(["write", "x", "--date", "2026-02-30"], 64, "no such day"),
    Mistake(["write", "x", "--date", "2026-11-21 25:00"], 64, "no such time"),
    Mistake(["write", "x", "--date", "sometime"], 64, "is not a date"),
    Mistake(["write", "x", "--date", "0999-01-01"], 64, "from 1000 to 9999"),
    Mistake(["write", "x", "--tag", ""], 64, "empty"),
    Mistake(["write", "x", "--tag", ","], 64, "The tag is empty. Nothing was saved."),
    Mistake(["write", "x", "--person", " , "], 64, "The person is empty. Nothing was saved."),
    Mistake(["edit", "ID", "--remove-tag", ","], 64, "The tag is empty. Nothing was saved."),
    Mistake(["mood", "6", "--sign", ","], 64, "The sign is empty. Nothing was saved."),
    Mistake(["write", "x", "--tag", "a\nb"], 64, "one line"),
    Mistake(["write", "x", "--mood", "11"], 64, "from 1 to 10"),
    Mistake(["write", "x", "--mood", "good"], 64, "whole number"),
    Mistake(["write", "x", "--title", String(repeating: "t", count: 4_001)], 65, "4001 bytes"),
    Mistake(["mood"], 64, "at least one of"),
    Mistake(["mood", "0"], 64, "from 1 to 10"),
    Mistake(["mood", "11"], 64, "from 1 to 10"),
    Mistake(["mood", "-3"], 64, "from 1 to 10"),
    Mistake(["mood", "99999999999999999999"], 64, "from 1 to 10, not “99999999999999999999”"),
    Mistake(
      ["step", "plan", "x", "--rung", "99999999999999999999"], 64,
      "--rung does not go as far as “99999999999999999999”"),
    Mistake(["write", "x", "--date", "a\nb"], 64, "“a b” is not a date"),
    Mistake(
      ["write", "x", "--date", String(repeating: "d", count: 4_000)], 64,
      "“\(String(repeating: "d", count: 40))…” is not a date"),
    Mistake(["mood", "3", "--pull", "up\nand down"], 64, "no pull “up and down”"),
    Mistake(["config", "get", String(repeating: "s", count: 4_000)], 64, "sss…”"),
    Mistake(["erase"], 64, "needs one or more IDs"),
    Mistake(["prompts", "--tag", ""], 1, "No prompt is tagged “”."),
    Mistake(["config", "get", ""], 64, "needs the name of a setting"),
    Mistake(["edit", "ID", "--star", "--no-star"], 64, "different things about the star:"),
    Mistake(["mood", "6.5"], 64, "A score is a whole number from 1 to 10"),
    Mistake(["mood", "6", "--energy", "0"], 64, "from 1 to 10"),
    Mistake(["mood", "6", "--closeness", "11"], 64, "from 0 to 10"),
    Mistake(["mood", "6", "--urge", "lots"], 64, "--urge wants a whole number"),
    Mistake(["mood", "6", "--pull", "up"], 64, "toward, away and torn"),
    Mistake(["mood", "6", "--sign", "zodiac"], 64, "There is no sign “zodiac”"),
    Mistake(["--version", "extra"], 64, "`ebb` does not know what to do with “extra”"),
    Mistake(["list", "--kind", "dream"], 64, "--kind is entry, mood or step"),
    Mistake(["list", "--limit", "-1"], 64, "--limit wants a whole number"),
    Mistake(["list", "--limit", "ten"], 64, "--limit wants a whole number"),
    Mistake(["list", "--from", "soon"], 64, "--from wants a day"),
    Mistake(["list", "--on", "2026-11-21", "--to", "2026-11-22"], 64, "--on is one day"),
    Mistake(["list", "-n", "5"], 64, "has no option -n"),
    Mistake(["tags", "words"], 64, "does not know what to do with “words”"),
    Mistake(["search", "mood:11"], 64, "mood: wants a number from 1 to 10"),
    Mistake(["search", "tag:"], 64, "tag: needs a value right behind it, such as tag:river"),
    Mistake(["search", "river", "-is:"], 64, "is: needs a value right behind it"),
    Mistake(["search", "saved:"], 64, "saved: needs a value right behind it"),
    Mistake(["search", "before:soon"], 64, "before: wants a day"),
    Mistake(["list", "kind:dream"], 64, "kind: is entry, mood or step"),
    Mistake(["search"], 64, "nothing to search for"),
    Mistake(["show"], 64, "needs an ID"),
    Mistake(["show", "0", "1"], 64, "“1”"),
    Mistake(["show", "ffffffff"], 1, "No record has an id that begins with “ffffffff”"),
    Mistake(["show", "x y"], 1, "is not an id"),
    Mistake(["show", ""], 64, "needs an ID"),
    Mistake(["people", ""], 64, "needs somebody's name"),
    Mistake(["edit", "ffffffff", "--title", "x"], 1, "No record"),
    Mistake(["edit", "ID"], 64, "no editor"),
    Mistake(["edit", "ID", "--text", ""], 64, "the text is empty"),
    Mistake(["edit", "ID", "--clear", "text"], 64, "cannot be without its text"),
    Mistake(["edit", "ID", "--clear", "color"], 64, "has no field “color”"),
    Mistake(["edit", "ID", "--score", "3"], 64, "has no field “score”"),
    Mistake(["delete"], 64, "needs one or more IDs"),
    Mistake(["delete", "ID", "ffffffff"], 1, "No record"),
    Mistake(["undelete", "ID"], 1, "is not in the trash"),
    Mistake(["history", "ffffffff"], 1, "No record"),
    Mistake(["revert", "ID"], 64, "needs an ID and a version"),
    Mistake(["revert", "ID", "0.999"], 1, "has no version “0.999”"),
    Mistake(["export"], 64, "needs a format"),
    Mistake(["export", "mardown"], 64, "did you mean markdown?"),
    Mistake(["export", "origami"], 64, "There is no format “origami”"),
    Mistake(["export", "text", "notes.md"], 64, "“notes.md” looks like a place"),
    Mistake(["export", "text", "--json"], 64, "add -o PATH"),
    Mistake(["export", "text", "--output="], 64, "needs"),
    Mistake(["export", "text", "--per", "day"], 64, "--per is for a folder"),
    Mistake(["export", "markdown", "--per", "day"], 64, "--per is for a folder"),
    Mistake(["export", "markdown", "--per", "day", "-o", "x.md"], 64, "--per is for a folder"),
    Mistake(["export", "markdown", "--per", "week", "-o", "x"], 64, "--per is day or entry"),
    Mistake(["export", "markdown", "-o", "notes.txt"], 64, "notes.txt looks like neither"),
    Mistake(["export", "text", "--history"], 64, "--history is for"),
    Mistake(["export", "text", "--kind", "dream"], 64, "--kind is entry, mood or step"),
    Mistake(["export", "text", "-o", "/nowhere/at/all.txt"], 74, "/nowhere/at/all.txt"),
    Mistake(["export", "text", "-o", "/usr"], 1, "/usr is a folder"),
    Mistake(["export", "markdown", "-o", "/nowhere/at/all"], 74, "/nowhere/at/all"),
    Mistake(["calendar", "2026-W47"], 64, "wants a month or a year"),
    Mistake(["calendar", "foo"], 64, "wants a month or a year"),
    Mistake(["calendar", ""], 64, "wants a month or a year"),
    Mistake(["calendar", "2026-02-30"], 64, "no such day"),
    Mistake(["export", "text", "-o", " "], 64, "needs a path"),
    Mistake(["backup"], 64, "needs the path"),
    Mistake(["backup", " \t"], 64, "needs the path"),
    Mistake(["backup", "/nowhere/at/all.ebb"], 74, "/nowhere/at/all.ebb"),
    Mistake(["restore", "/nowhere.ebb"], 1, "There is no file /nowhere.ebb"),
    Mistake(["restore", "/dev/null"], 65, "is no backup of Ebb's"),
    Mistake(["restore", "/usr/bin/env"], 65, "is no backup of Ebb's"),
    Mistake(["restore", "/usr"], 1, "/usr is a folder; a backup is one file"),
    Mistake(["restore"], 64, "needs the server's URL, or the path of a backup"),
    Mistake(["restore", "ftp://example.org", "--account", "a"], 64, "begins with https://"),
    Mistake(["restore", "http://example.org", "--account", "a"], 64, "https only"),
    Mistake(["restore", "https://example.org"], 64, "needs --account NAME"),
    Mistake(["register", "https://example.org"], 64, "needs --account NAME"),
    Mistake(["register"], 64, "needs the server's URL"),
    Mistake(
      ["register", "https://localhost:1", "--account", "a", "--fingerprint", "sha256:12"], 64,
      "is not a fingerprint"),
    Mistake(["register", "https://localhost:1", "--account", "a"], 69, "cannot be reached"),
    Mistake(["sync"], 1, "has no account yet"),
    Mistake(["mood", "6", "--technique", "breating"], 64, "did you mean breathing?"),
    Mistake(["mood", "6", "--technique", "a walk"], 64, "is none: they are grounding, breathing,"),
    Mistake(["sync", "--fast"], 64, "has no option --fast"),
    Mistake(["devices"], 1, "has no account yet"),
    Mistake(["devices", "revoke"], 64, "needs the id of the machine"),
    Mistake(["logout"], 1, "has no account yet"),
    Mistake(["passphrase"], 1, "has no account yet"),
    Mistake(["recovery-code"], 1, "has no account yet"),
    Mistake(["account"], 64, "ebb account delete"),
    Mistake(["account", "delete"], 1, "has no account yet"),
    Mistake(["wirte", "x"], 64, "Did you mean `ebb write`?"),
    Mistake(["Went home by the river."], 64, "begin with `ebb write`"),
    Mistake(["--nothing"], 64, "`ebb` has no option --nothing"),
  ])
  func `a mistake is told plainly and changes nothing`(mistake: Mistake) async throws {
    let machine = try Machine()
    let id = try await machine.write("An entry that stays.", "--date", "2026-11-21")
    let before = try await machine.digest()
    let ended = try await machine.run(
      mistake.arguments.map { $0 == "ID" ? id : $0 }, input: mistake.input)
    #expect(ended.exitCode == mistake.exitCode)
    #expect(ended.output == "")
    #expect(ended.error.contains(mistake.part), "\(ended.error)")
    #expect(ended.error.hasSuffix("\n"))
    #expect(ended.error.split(separator: "\n").count == 1)
    #expect(ended.error.count < 400)
    #expect(try await machine.digest() == before)
  }

  @Test(arguments: [
    ["insights", "--person", ""], ["step", "list", "--person", ""],
    ["list", "--tag", ",,,"], ["list", "--person", ","], ["search", "one", "--tag", " , "],
    ["export", "text", "--person", ",,"],
    ["search", "person:\" \""], ["stats", "tag:\" \""], ["random", "tag:\" \""],
  ])
  func `what saves nothing says no word of saving`(arguments: [String]) async throws {
    let machine = try Machine()
    try await machine.ebb("write", "one")
    let ended = try await machine.run(arguments)
    #expect(ended.exitCode == 64)
    #expect(ended.error.hasSuffix(" is empty.\n"), "\(ended.error)")
  }

  @Test func `an ambiguous id lists the candidates`() async throws {
    let machine = try Machine()
    var ids: [String] = []
    // Seventeen ids: two begin with the same digit.
    for number in 0..<17 { ids.append(try await machine.write("entry \(number)")) }
    let digit = try #require(
      Dictionary(grouping: ids) { String($0.prefix(1)) }.first { $0.value.count > 1 })
    let ended = try await machine.run(["show", digit.key])
    #expect(ended.exitCode == 1)
    #expect(ended.error.hasPrefix("More than one record begins with “\(digit.key)”"))
    for id in digit.value { #expect(ended.error.contains("  " + id.prefix(6))) }
  }

  @Test func `too little memory for a sync is told, and nobody waits for ever`() async throws {
    try await ServerProcess.run { server in
      let machine = try Machine()
      try await machine.ebb("write", "one")
      try await machine.register(at: server)
      func run(_ command: String, kibibytes: Int) async throws -> Ended {
        try await runProgram(
          "/bin/sh",
          ["-c", #"ulimit -v "$1"; exec "$0" "$2""#, try ebbPath(), "\(kibibytes)", command],
          environment: machine.environment())
      }
      var least = 32 << 10
      while try await run("list", kibibytes: least).exitCode != 0 {
        least += 4 << 10
        // A sanitizer's shadow of the memory alone takes terabytes.
        guard least < 1 << 20 else { return }
      }
      for more in [1 << 10, 8 << 10] {
        let ended = try await run("sync", kibibytes: least + more)
        #expect(ended.exitCode == 75)
        #expect(ended.error.hasPrefix("There is not enough memory to talk to the server"))
      }
      #expect(try await run("sync", kibibytes: least + (512 << 10)).exitCode == 0)
    }
  }

  @Test func `arguments that are not UTF-8 are refused`() async throws {
    let machine = try Machine()
    let ended = try await runProgram(
      "/bin/sh", ["-c", #"exec "$0" write "$(printf 'a\377b')""#, try ebbPath()],
      environment: machine.environment())
    #expect(ended.exitCode == 65)
    #expect(ended.error.contains("Argument 2 is not valid UTF-8"))
  }

  @Test(arguments: [
    ("[sync\n", "Line 1 of PATH cannot be read: "),
    ("# mine\n[sync]\nauto = 7\n", "sync.auto in line 3 of PATH must be true or false. "),
    ("[sync]\nauto = true\n[snyc]\n", "snyc in line 3 of PATH is no setting of Ebb: did you"),
    ("\nsync = true\n", "sync in line 2 of PATH must be a section: "),
  ])
  func `a bad settings file never fails a command, and is told once`(
    settings: String, mistake: String
  ) async throws {
    let machine = try Machine()
    let path = machine.home + "/config.toml"
    _ = try await machine.write("one")
    try Data(settings.utf8).write(to: URL(filePath: path))
    let commands = [
      ["write", "two"], ["write", "three", "--json"], ["mood", "5", "--json"],
      ["status", "--json"], ["step", "plan", "Call"], [],
    ]
    for command in commands {
      let ended = try await machine.run(command)
      #expect(ended.exitCode == 0)
      #expect(ended.error.hasPrefix(mistake.replacing("PATH", with: path)), "\(command)")
      #expect(
        ended.error.hasSuffix(
          " Until that is mended the defaults hold, and Ebb syncs only when asked.\n"))
      #expect(ended.error.split(separator: "\n").count == 1)
      guard command.contains("--json") else { continue }
      _ = try JSONSerialization.jsonObject(with: Data(ended.output.utf8))
    }
    let entries = try await machine.json("list", "--kind", "entry", as: [Entry].self)
    #expect(Set(entries.map(\.text)) == ["one", "two", "three"])
  }

  @Test func `a damaged journal is named and not overwritten`() async throws {
    let machine = try Machine()
    try await machine.ebb("write", "one")
    let path = machine.home + "/journal.sqlite"
    let junk = Data(repeating: 0x5A, count: 20_000)
    try junk.write(to: URL(filePath: path))
    for arguments in [["write", "two"], ["list"], ["status"]] {
      let ended = try await machine.run(arguments)
      #expect(ended.exitCode == 65)
      #expect(ended.error.contains(path))
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == junk)
  }

  @Test func `a folder in the journal's place is named by every command`() async throws {
    let machine = try Machine()
    let path = machine.home + "/journal.sqlite"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let commands = [
      ["write", "words"], ["list"], ["status"], ["verify"], ["doctor"], ["sync"],
      ["backup", machine.path + "/backup"],
    ]
    for command in commands {
      let ended = try await machine.run(command)
      #expect(
        ended
          == Ended(
            exitCode: 65, output: "",
            error: "\(path) is not a journal of Ebb's, so it was not touched. Move it away, or set "
              + "EBB_HOME to another folder.\n"), "\(command)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: machine.path) == ["home"])
  }

  @Test func `output that cannot be written is told, and what was saved is safe`() async throws {
    let machine = try Machine()
    let ended = try await runProgram(
      "/bin/sh", ["-c", #""$0" write kept > /dev/full"#, try ebbPath()],
      environment: machine.environment())
    #expect(ended.exitCode == 74)
    #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["kept"])
  }

  @Test func `a reader that goes away is no error`() async throws {
    let machine = try Machine()
    _ = try await machine.write("x")
    let ended = try await runProgram(
      "/bin/bash", ["-c", #""$0" list --json | true; echo "${PIPESTATUS[0]}""#, try ebbPath()],
      environment: machine.environment())
    #expect(ended == Ended(exitCode: 0, output: "0\n", error: ""))
  }
}
