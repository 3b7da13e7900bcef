import Foundation
import TestSupport
import Testing

struct MarksTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func `tags and people in the text are listed with the others, and say where they stand`()
    async throws
  {
    let id = try await machine.write("By the #river with @Sam", "--tag", "walk", "--tag", "river")
    let entry = try await machine.json("show", id, as: Marked.self)
    #expect(entry.text == "By the #river with @Sam")
    #expect(entry.tags == ["river", "walk"])
    #expect(entry.people == ["Sam"])
    #expect(entry.derived == .init(tags: [], people: ["Sam"]))
    #expect(try await machine.ebb("tags") == "river  1\nwalk   1\n")
    #expect(try await machine.json("list", "--person", "Sam", as: [Marked].self).map(\.id) == [id])
  }

  @Test func `a mark goes when the text no longer has it`() async throws {
    let id = try await machine.write("By the #river")
    let ended = try await machine.run(["edit", id, "--remove-tag", "river"])
    #expect(ended.exitCode == 0)
    #expect(ended.error.contains("“#river” stands in the text"))
    try await machine.ebb("edit", id, "--text", "By the water")
    #expect(try await machine.ebb("tags") == "")
  }

  private struct Marked: Decodable {
    let id: String
    let text: String
    let tags: [String]
    let people: [String]
    let derived: Derived?

    struct Derived: Decodable, Equatable {
      let tags: [String]
      let people: [String]
    }
  }
}

struct DatePrefixTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test(arguments: [
    ("2024-02-29 23:10: Met Sam. We talked.", "2024-02-29T23:10:00+01:00"),
    ("nov 3 2020: Met Sam.", "2020-11-03"),
    ("21/11/2024: Met Sam.", "2024-11-21"),
    ("24.12.2020: Met Sam.", "2020-12-24"),
  ])
  func `a text can begin with its date, and is kept as it is`(
    text: String, date: String
  ) async throws {
    let id = try await machine.write(text)
    let entry = try await machine.json("show", id, as: Dated.self)
    #expect(entry.date == date)
    #expect(entry.text == text)
  }

  @Test func `a time alone is the last there was`() async throws {
    let id = try await machine.write("12:30: lunch by the river")
    let entry = try await machine.json("show", id, as: Dated.self)
    #expect(entry.date.contains("T12:30:00"))
    #expect(!entry.allDay)
  }

  @Test(arguments: [
    "Note: buy milk", "3: two more", "Sam said: yesterday: no", "may be: a try", "1/2: half",
    "3.5: good", "24/7: we worked",
  ])
  func `other words before a colon are words`(text: String) async throws {
    let id = try await machine.write(text, "--json")
    #expect(try await machine.json("show", id, as: Dated.self).allDay == false)
  }

  @Test(arguments: [
    ("3/4/2026", "“3/4/2026” can be 2026-04-03 or 2026-03-04: write which."),
    ("2026-02-30", "There is no such day as in “2026-02-30”."),
    (
      "yesterday 25:10",
      "There is no such time as in “yesterday 25:10”: the day goes from 00:00 to 23:59."
    ),
  ])
  func `a date before a colon that cannot be taken is told`(
    words: String, reason: String
  ) async throws {
    let ended = try await machine.run(["write", words + ": Met Sam."])
    #expect(ended.exitCode == 0)
    #expect(
      ended.error == reason + " The entry is dated now; `ebb edit ID --date WHEN` dates it.\n")
    #expect(try await machine.json("list", as: [Dated].self).map(\.text) == [words + ": Met Sam."])
  }

  @Test func `--date counts more than the text`() async throws {
    let id = try await machine.write("2020-01-01: then", "--date", "2021-02-03")
    #expect(try await machine.json("show", id, as: Dated.self).date == "2021-02-03")
  }

  private struct Dated: Decodable {
    let date: String
    let text: String
    let allDay: Bool
  }
}

struct DraftTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func `a template is filled in in the editor, with the fields above it`() async throws {
    try template("evening", "# {{weekday}}, {{Date}} at {{time}} {{other}}\n\nGood today:\n")
    let editor = try editor(
      #"""
      cp "$1" "$HOME/seen"
      sed -i 's/^title:$/title: A quiet day/; s/^tags: .*/tags: home, "a, b", #calm/' "$1"
      sed -i 's/^people:$/people: @Sam/; s/^star: no/star: yes/' "$1"
      echo "The soup." >> "$1"
      """#)
    let ended = try await machine.run(
      ["write", "--template", "evening", "--date", "2026-11-21 20:15", "--tag", "home", "--json"],
      environment: ["EDITOR": editor])
    #expect(ended.exitCode == 0)
    #expect(
      ended.error == "The template “evening” has {{other}}, which Ebb does not know and leaves as "
        + "it is; it fills in {{date}}, {{time}} and {{weekday}}.\n")
    let entry = try JSONDecoder().decode(Written.self, from: Data(ended.output.utf8))
    #expect(
      try String(contentsOfFile: machine.path + "/seen", encoding: .utf8) == """
        <!-- ebb: fill in what you like; this block is not part of the text
        date: 2026-11-21 20:15
        title:
        tags: home
        people:
        journal: default
        star: no
        -->

        # Saturday, 2026-11-21 at 20:15 {{other}}

        Good today:

        """)
    #expect(
      entry.text == "# Saturday, 2026-11-21 at 20:15 {{other}}\n\nGood today:\nThe soup.")
    #expect(entry.title == "A quiet day")
    #expect(entry.tags == ["a, b", "calm", "home"])
    #expect(entry.people == ["Sam"])
    #expect(entry.starred)
    #expect(entry.date == "2026-11-21T20:15:00+01:00")
    #expect(try drafts().isEmpty)
  }

  @Test(
    arguments: [
      ("{{date}} {{Time}} {{weekday}} {{}} {{a\nb}} { {{ }} {x} {{{date}}}", nil),
      ("{{mood}} {{ date }} {{mood}} {{date}}", "{{mood}} and {{ date }}"),
    ] as [(String, String?)])
  func `what a template leaves open is named`(text: String, names: String?) async throws {
    try template("open", text)
    let add = try editor(#"echo "The soup." >> "$1""#)
    let ended = try await machine.run(
      ["write", "--template", "open"], environment: ["EDITOR": add])
    #expect(ended.exitCode == 0)
    let told = names.map {
      "The template “open” has \($0), which Ebb does not know and leaves as they are; it fills in "
        + "{{date}}, {{time}} and {{weekday}}.\n"
    }
    #expect(ended.error == told ?? "")
  }

  @Test func `an unchanged template writes nothing`() async throws {
    try template("evening", "Good today:\n")
    let ended = try await machine.run(
      ["write", "--template", "evening"], environment: ["EDITOR": "true"])
    #expect(ended.exitCode == 64)
    #expect(ended.error == "Nothing was changed in the editor, so nothing was saved.\n")
    #expect(try await machine.ebb("list", "--json") == "[]\n")
    #expect(try drafts().isEmpty)
  }

  @Test func `what cannot be taken is kept as a draft, and can be gone on with`() async throws {
    try template("evening", "Good today:\n")
    let spoil = try editor(
      #"sed -i 's/^date: .*/date: the day after never/' "$1"; echo "The soup." >> "$1""#)
    let ended = try await machine.run(
      ["write", "--template", "evening"], environment: ["EDITOR": spoil])
    #expect(ended.exitCode == 64)
    #expect(ended.error.contains("`ebb write --draft` goes on with it."))
    let path = try #require(ended.error.firstMatch(of: /kept in (.+\.md)\./)).1
    #expect(try String(contentsOfFile: String(path), encoding: .utf8).contains("The soup."))
    #expect(try await machine.ebb("list", "--json") == "[]\n")
    #expect(try await machine.ebb().contains("ebb write --draft"))

    let mend = try editor(#"sed -i 's/^date: .*/date: 2026-11-21/' "$1""#)
    let output = try await machine.ebb("write", "--draft", "--json", environment: ["EDITOR": mend])
    let entry = try JSONDecoder().decode(Written.self, from: Data(output.utf8))
    #expect(entry.text == "Good today:\nThe soup.")
    #expect(entry.date == "2026-11-21")
    #expect(try drafts().isEmpty)
    #expect(try await machine.run(["write", "--draft"]).exitCode == 1)
  }

  @Test func `drafts are counted, with how to go on with them`() async throws {
    _ = try await machine.write("here")
    #expect(try await machine.ebb("status").contains("\ndrafts") == false)
    let folder = machine.home + "/drafts"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func leave(_ name: String) throws {
      // No process has such an id.
      try Data("The soup.".utf8).write(to: URL(filePath: "\(folder)/\(name)-999999999-abc.md"))
    }
    func told() async throws -> [Bool] {
      let sentence =
        "2 entries you began are kept as drafts: `ebb write --draft` goes on with the latest. A "
        + "change you began in the editor is kept in \(folder): take what you want of it (`ebb edit "
        + "ID`), and remove the file.\n"
      return try await [
        machine.ebb().hasSuffix(sentence),
        machine.ebb("status").contains("drafts        " + sentence),
      ]
    }
    try leave("write")
    try leave("edit")
    #expect(try await told() == [false, false])
    try Data("More.".utf8).write(to: URL(filePath: folder + "/write-999999999-def.md"))
    #expect(try await told() == [true, true])
    #expect(try await machine.ebb("status", "--json").contains(#""drafts":3,"#))
  }

  @Test func `a draft outlives Ebb and its editor`() async throws {
    try template("evening", "Good today:\n")
    // The editor's parent is the shell that started it; that shell's parent is Ebb.
    let kill = try editor(
      #"""
      echo "The soup." >> "$1"
      parent=$PPID
      grep -q ebb /proc/$parent/comm || parent=$(cut -d' ' -f4 /proc/$parent/stat)
      kill -9 "$parent"
      """#)
    let ended = try await machine.run(
      ["write", "--template", "evening"], environment: ["EDITOR": kill])
    #expect(ended.exitCode != 0)
    let output = try await machine.ebb(
      "write", "--draft", "--json", environment: ["EDITOR": "true"])
    let entry = try JSONDecoder().decode(Written.self, from: Data(output.utf8))
    #expect(entry.text == "Good today:\nThe soup.")
  }

  @Test func `a template that is not there is named with those that are`() async throws {
    try template("evening", "x")
    try template("morning", "x")
    try FileManager.default.createDirectory(
      atPath: machine.home + "/templates/dir.md", withIntermediateDirectories: true)
    for name in ["noon", "dir", "../config", "", ".hidden"] {
      let ended = try await machine.run(
        ["write", "--template", name], environment: ["EDITOR": "true"])
      #expect(ended.exitCode == 1)
      #expect(ended.error.contains("There are: evening, morning."))
    }
  }

  @Test func `words and a template are refused together`() async throws {
    try template("evening", "x")
    let ended = try await machine.run(
      ["write", "words", "--template", "evening"], environment: ["EDITOR": "true"])
    #expect(ended.exitCode == 64)
  }

  private struct Written: Decodable {
    let date: String
    let text: String
    let title: String?
    let tags: [String]
    let people: [String]
    let starred: Bool
  }

  private func template(_ name: String, _ text: String) throws {
    let folder = machine.home + "/templates"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name).md"))
  }

  private func editor(_ script: String) throws -> String {
    let path = machine.path + "/editor"
    try Data("\(script)\n".utf8).write(to: URL(filePath: path))
    return "sh \(path)"
  }

  private func drafts() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: machine.home + "/drafts")
  }
}
