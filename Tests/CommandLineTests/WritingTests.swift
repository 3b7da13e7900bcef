import Foundation
import TestSupport
import Testing

struct WritingTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test(arguments: [
    (["write", "Went", "home", "by the river."], "2026-11-21 08:15  Went home by the river."),
    (["write", "- went home"], "2026-11-21 08:15  - went home"),
    (["write", "-5", "degrees"], "2026-11-21 08:15  -5 degrees"),
    (
      ["write", "text", "--title", "T", "--tag", "b", "--tag", "a", "--person", "Mara", "--star"],
      "2026-11-21 08:15  ★ T: text @Mara #a #b"
    ),
    (["mood", "4", "torn"], "2026-11-21 08:15  mood 4 · torn"),
    (
      ["mood", "--closeness", "8", "--pull", "away", "--urge", "7", "--note", "hm"],
      "2026-11-21 08:15  mood · closeness 8, away, urge 7 · hm"
    ),
  ])
  func `what is written is told in one line`(arguments: [String], line: String) async throws {
    let ended = try await machine.run(arguments + ["--date", "2026-11-21 08:15"])
    #expect(ended.exitCode == 0)
    #expect(ended.error == "")
    let listed = try await machine.ebb("list")
    #expect(ended.output == "Saved " + listed)
    #expect(listed.dropFirst(6) == "  " + line + "\n")
  }

  @Test func `a name is the one that the journal knows, and commas part names`() async throws {
    _ = try await machine.write("Hello", "--person", "Sam,Lena", "--tag", "a,b")
    try await machine.ebb("mood", "5", "@sam", "tired", "--person", "lena", "--sign", "Withdrawal")
    try await machine.ebb("mood", "--pull", "towards")
    #expect(try await machine.ebb("people").split(separator: "\n").count == 2)
    #expect(try await machine.ebb("tags") == "a  1\nb  1\n")
    let listed = try await machine.ebb("list", "--person", "Sam,Lena")
    #expect(listed.contains("mood 5 · tired @Lena @Sam\n"))
    #expect(listed.split(separator: "\n").count == 2)
  }

  @Test(arguments: [
    (["sad", "4"], "Put the number first: `ebb mood 4 sad`."), (["sad"], "`ebb check-in`"),
    ([], "`ebb check-in`"),
  ])
  func `who forgets the number is shown where it belongs`(words: [String], told: String)
    async throws
  {
    let ended = try await machine.run(["mood"] + words)
    #expect(ended.exitCode == 64)
    #expect(ended.error.contains(told))
  }

  @Test func `on a terminal a mood is told whole, and where help is where it is hard`() async throws
  {
    let mood = [
      "mood", "1", "lonely", "sad", "--energy", "2", "--closeness", "1", "--pull", "away",
      "--urge", "8", "--person", "Sam",
    ]
    let shown = try await machine.onTerminal(columns: 60, mood).output
    let words = shown.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("lonely sad · energy 2, closeness 1, away, urge 8 @Sam"))
    #expect(words.hasSuffix("`ebb practice` says where help is, too."))
    #expect(!(try await machine.ebb("mood", "1").contains("help")))
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 60 })
  }

  @Test func `after a bare double dash all is text`() async throws {
    try await machine.ebb("write", "--", "--star", "-h", "--help")
    #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["--star -h --help"])
  }

  @Test func `an entry is kept as it was given`() async throws {
    let id = try await machine.write(
      "Zwei  Wörter\n\n ", "--date", "2026-11-21", "--title", " T ", "--journal", "work",
      "--tag", "river", "--person", "Mara", "--star")
    #expect(
      try await machine.json("show", id)
        == Entry(
          id: id, kind: "entry", date: "2026-11-21", title: " T ", text: "Zwei  Wörter\n\n ",
          tags: ["river"], people: ["Mara"], starred: true, journal: "work", trashed: false))
  }

  @Test func `a date at the beginning of piped text is the entry's`() async throws {
    let machine = try Machine()
    try await machine.ebb("write", input: "2026-11-01 21:30: Met @Sam.\nWe talked.\n")
    let entry = try #require(try await machine.json("list", as: [Entry].self).first)
    #expect(entry.date == "2026-11-01T21:30:00+01:00")
    #expect(entry.text == "2026-11-01 21:30: Met @Sam.\nWe talked.")
  }

  @Test func `piped text is the entry, but for its last line ends`() async throws {
    let entry: Entry = try await machine.json("write", input: "one\r\n two\n\n")
    #expect(entry.text == "one\r\n two")
    let other: Entry = try await machine.json("write", "-", input: "three")
    #expect(other.text == "three")
  }

  @Test func `a mood written with an entry belongs to it`() async throws {
    let id = try await machine.write("Slept well.", "--mood", "7", "--date", "2026-11-21")
    let moods: [Mood] = try await machine.json("list", "--kind", "mood")
    #expect(moods.map(\.score) == [7])
    #expect(moods.map(\.entry) == [id])
    let told = try await machine.ebb("write", "Slept badly.", "--mood", "3")
    #expect(told.split(separator: "\n").count { $0.hasPrefix("Saved ") } == 2)
  }

  @Test func `every flag of a mood is kept under its name`() async throws {
    let id = try await machine.mood(
      "4", "torn", "anxious", "--energy", "2", "--closeness", "0", "--pull", "torn", "--urge", "10",
      "--sign", "withdrawal", "--sign", "distance", "--trigger", "t", "--said", "s", "--meant", "m",
      "--fear", "f", "--action", "a", "--technique", "breathing", "--note", "n", "--person", "P",
      "--tag", "x", "--date", "2026-11-21T08:15:00+01:00")
    let output = try await machine.ebb("show", id, "--json")
    let start =
      #"{"id":"\#(id)","kind":"mood","date":"2026-11-21T08:15:00+01:00","#
      + #""timeZone":"Europe/Berlin","score":4,"energy":2,"closeness":0,"pull":"torn","urge":10,"#
      + #""emotions":["anxious","torn"],"signs":["distance","withdrawal"],"trigger":"t","#
      + #""said":"s","meant":"m","fear":"f","action":"a","technique":"breathing","#
      + #""scoreBefore":null,"urgeBefore":null,"note":"n","people":["P"],"tags":["x"],"#
      + #""entry":null,"createdAt":""#
    #expect(output.hasPrefix(start))
    #expect(output.hasSuffix(#","trashed":false}"# + "\n"))
  }

  @Test func `an entry's JSON has the documented keys in their order`() async throws {
    let output = try await machine.ebb("write", "x", "--date", "2026-11-21 08:15", "--json")
    let keys = output.matches(of: /"([A-Za-z]+)":/).map { String($0.1) }
    #expect(
      keys == [
        "id", "kind", "date", "timeZone", "allDay", "title", "text", "tags", "people", "starred",
        "journal", "createdAt", "modifiedAt", "trashed",
      ])
    #expect(output.hasSuffix("}\n"))
  }
}

struct EditorTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  /// A shell script as the editor, read by the shell: Linux refuses to start a file that a
  /// process forked beside this one still holds open for writing.
  private func editor(_ script: String) throws -> String {
    let path = machine.path + "/editor"
    try Data("\(script)\n".utf8).write(to: URL(filePath: path))
    return "sh \(path)"
  }

  @Test func `an edit without options opens the text in the editor`() async throws {
    let id = try await machine.write("old text")
    let editor = try editor(
      #"cat "$1" > "$HOME/seen"; stat -c %a "$1" >> "$HOME/seen"; echo new > "$1""#)
    try await machine.ebb("edit", id, environment: ["EDITOR": "false", "VISUAL": editor])
    #expect(try await machine.json("show", id, as: Entry.self).text == "new")
    let seen = try String(contentsOfFile: machine.path + "/seen", encoding: .utf8)
    #expect(seen == "old text\n600\n")
    #expect(try leftovers().isEmpty)
  }

  @Test func `text is kept where the editor failed`() async throws {
    let id = try await machine.write("old text")
    let editor = try editor(#"echo precious > "$1"; exit 3"#)
    let ended = try await machine.run(["edit", id], environment: ["EDITOR": editor])
    #expect(ended.exitCode == 1)
    let path = try #require(ended.error.firstMatch(of: /kept in (\S+)\. When/)).1
    #expect(ended.error.hasSuffix("`ebb edit \(id.prefix(6)) --text - < \(path)` saves it.\n"))
    #expect(try String(contentsOfFile: String(path), encoding: .utf8) == "precious\n")
    #expect(try await machine.json("show", id, as: Entry.self).text == "old text")
  }

  @Test func `an editor that changes nothing saves nothing`() async throws {
    let id = try await machine.write("old text")
    let before = try await machine.json("status", as: Status.self)
    let ended = try await machine.run(["edit", id], environment: ["EDITOR": "true"])
    #expect(ended.exitCode == 0)
    #expect(ended.error == "Nothing was changed in the editor, so nothing was saved.\n")
    #expect(try await machine.json("status", as: Status.self) == before)
    #expect(try leftovers().isEmpty)
  }

  @Test func `the editor sees no passphrase, and its arguments no text`() async throws {
    let id = try await machine.write("planted")
    let editor = try editor(
      #"env > "$HOME/seen"; cat /proc/$$/cmdline /proc/$PPID/cmdline >> "$HOME/seen""#)
    let ended = try await machine.run(
      ["edit", id], environment: ["EDITOR": editor, "EBB_PASSPHRASE": "hunter22"])
    #expect(ended.exitCode == 0)
    let seen = try String(contentsOfFile: machine.path + "/seen", encoding: .utf8)
    #expect(seen.contains("EBB_HOME="))
    #expect(!seen.contains("hunter22"))
    #expect(!seen.contains("planted"))
  }

  private func leftovers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: machine.home).filter {
      $0.hasPrefix("ebb-")
    }
  }
}
