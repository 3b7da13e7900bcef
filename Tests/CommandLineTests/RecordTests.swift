import Foundation
import TestSupport
import Testing

struct EditingTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func `an edit changes what it names and nothing else`() async throws {
    let id = try await machine.write(
      "old", "--date", "2026-11-21 08:15", "--tag", "a", "--tag", "b", "--person", "P", "--star")
    let line = try await machine.ebb(
      "edit", id, "--title", "T", "--text", "- new", "--tag", "c", "--remove-tag", "a",
      "--remove-person", "P", "--no-star", "--journal", "work")
    #expect(line == "Changed \(id.prefix(6))  2026-11-21 08:15  T: - new #b #c\n")
    let entry: Entry = try await machine.json("show", id)
    #expect(entry.tags == ["b", "c"])
    #expect(entry.journal == "work")
    try await machine.ebb("edit", id, "--clear", "title", "--clear", "tags", "--clear", "journal")
    let cleared: Entry = try await machine.json("show", id)
    #expect(cleared.title == nil)
    #expect(cleared.tags == [])
    #expect(cleared.journal == "default")
  }

  @Test func `a mood's score and emotions can be changed`() async throws {
    let id = try await machine.mood("4", "torn", "--note", "n")
    let mood: Mood = try await machine.json(
      "edit", id, "--score", "6", "--emotion", "calm", "--remove-emotion", "torn", "--clear", "note"
    )
    #expect(mood == Mood(id: id, score: 6, emotions: ["calm"], note: nil, entry: nil))
    #expect(try await machine.json("edit", id, "--mood", "7", as: Mood.self).score == 7)
  }

  @Test func `an edit that changes nothing says so and writes nothing`() async throws {
    let id = try await machine.write("same", "--title", "T", "--date", "2026-11-21")
    let before = try await machine.json("status", as: Status.self)
    let ended = try await machine.run(["edit", id, "--title", "T"])
    #expect(ended.exitCode == 0)
    #expect(ended.error == "Nothing to change: it says that already.\n")
    #expect(ended.output == "\(id.prefix(6))  2026-11-21        T: same\n")
    #expect(try await machine.json("status", as: Status.self) == before)
  }

  @Test func `history is newest first, and revert writes the old values anew`() async throws {
    let id = try await machine.write("one", "--tag", "a")
    try await machine.ebb("edit", id, "--text", "two")
    try await machine.ebb("edit", id, "--title", "T")
    let versions: [Version] = try await machine.json("history", id)
    #expect(versions.map { $0.changes["text"] } == [nil, .text("two"), .text("one")])
    #expect(versions[0].changes == ["title": .text("T")])
    #expect(versions.allSatisfy { $0.version.hasPrefix($0.device + ".") })
    let first = try #require(versions.last).version
    #expect(try await machine.ebb("revert", id, first).hasPrefix("Reverted \(id.prefix(6))"))
    let entry: Entry = try await machine.json("show", id)
    #expect(entry.text == "one")
    #expect(entry.title == nil)
    let after: [Version] = try await machine.json("history", id)
    #expect(after.count == 4)
    #expect(after[0].changes == ["text": .text("one"), "title": .none])
    #expect(after[0].current)
  }

  @Test func `history is shown with short names that revert takes`() async throws {
    let id = try await machine.write("one", "--date", "2026-11-21")
    try await machine.ebb("edit", id, "--text", "two")
    let lines = try await machine.ebb("history", id).split(separator: "\n").map(String.init)
    #expect(lines.count == 5)
    #expect(lines[1] == "    text: two")
    #expect(lines[3] == "    date: 2026-11-21[Europe/Berlin]")
    #expect(lines[4] == "    text: one")
    let version = try #require(lines[2].split(separator: " ").first)
    try await machine.ebb("revert", id, String(version))
    #expect(try await machine.json("show", id, as: Entry.self).text == "one")
  }
}

struct TrashTests {
  private let machine: Machine

  init() throws { machine = try Machine() }

  @Test func `deleted records are in the trash until they are taken out`() async throws {
    let one = try await machine.write("one", "--date", "2026-11-21")
    let two = try await machine.write("two", "--date", "2026-11-20")
    #expect(
      try await machine.ebb("delete", one, String(two.prefix(8))) == """
        Deleted \(one.prefix(6))  2026-11-21        one
        Deleted \(two.prefix(6))  2026-11-20        two

        """)
    #expect(try await machine.ebb("list") == "")
    #expect(
      try await machine.ebb("list", "--trash") == """
        \(one.prefix(6))  2026-11-21        one
        \(two.prefix(6))  2026-11-20        two

        """)
    #expect(try await machine.json("show", one, as: Entry.self).trashed)
    try await machine.ebb("undelete", one)
    #expect(try await machine.json("list", as: [Entry].self).map(\.id) == [one])
    #expect(try await machine.run(["delete", two]).exitCode == 1)
  }

  @Test func `several are deleted all or none`() async throws {
    let one = try await machine.write("one")
    #expect(try await machine.run(["delete", one, "ffffffff"]).exitCode == 1)
    #expect(try await machine.json("list", as: [Entry].self).map(\.id) == [one])
  }

  @Test func `an edit takes a record out of the trash`() async throws {
    let id = try await machine.write("one")
    try await machine.ebb("delete", id)
    try await machine.ebb("edit", id, "--title", "T")
    #expect(try await machine.json("show", id, as: Entry.self).trashed == false)
  }
}

struct ListingTests {
  private let machine: Machine
  private let written = [
    ("alpha river", ["--date", "2026-11-19 10:00", "--tag", "a", "--star"]),
    ("beta Café", ["--date", "2026-11-20", "--tag", "a", "--tag", "b", "--person", "Mara"]),
    ("gamma rivers 日本語の日記", ["--date", "2026-11-21 10:00", "--journal", "work"]),
  ]

  init() async throws {
    machine = try Machine()
    for (text, options) in written {
      _ = try await machine.run(["write", text] + options)
    }
    _ = try await machine.mood("6", "--date", "2026-11-21 12:00")
  }

  @Test(arguments: [
    (["--kind", "entry"], ["gamma", "beta", "alpha"]),
    (["--kind", "entry", "--reverse"], ["alpha", "beta", "gamma"]),
    (["--kind", "entry", "--limit", "1"], ["gamma"]),
    (["--kind", "entry", "--limit", "0"], ["gamma", "beta", "alpha"]),
    (["--kind", "entry", "--from", "2026-11-20"], ["gamma", "beta"]),
    (["--to", "2026-11-20"], ["beta", "alpha"]), (["--on", "2026-11-20"], ["beta"]),
    (["--tag", "a"], ["beta", "alpha"]), (["--tag", "a", "--tag", "b"], ["beta"]),
    (["--person", "Mara"], ["beta"]), (["--journal", "work"], ["gamma"]),
    (["--starred"], ["alpha"]), (["--trash"], []),
  ])
  func `filters choose`(options: [String], expected: [String]) async throws {
    let ended = try await machine.run(["list", "--json"] + options)
    let entries = try JSONDecoder().decode([Entry].self, from: Data(ended.output.utf8))
    #expect(entries.map { $0.text.split(separator: " ").first.map(String.init) } == expected)
  }

  @Test(arguments: [
    (["river"], ["alpha"]), (["river*"], ["gamma", "alpha"]), (["cafe"], ["beta"]),
    (["CAFÉ"], ["beta"]), (["日記"], ["gamma"]), (["\"alpha river\""], ["alpha"]),
    (["\"river alpha\""], []), (["river", "alpha"], ["alpha"]),
    (["-xylophone", "kind:entry"], ["gamma", "beta", "alpha"]),
    (["tag:a", "-tag:b"], ["alpha"]),
    (["is:starred", "OR", "person:Mara"], ["beta", "alpha"]),
    (["river*", "--journal", "work"], ["gamma"]), (["nothing"], []),
  ])
  func `search finds`(words: [String], expected: [String]) async throws {
    let ended = try await machine.run(["search", "--json"] + words)
    #expect(ended.exitCode == 0)
    let entries = try JSONDecoder().decode([Entry].self, from: Data(ended.output.utf8))
    #expect(entries.map { $0.text.split(separator: " ").first.map(String.init) } == expected)
  }

  @Test func `a list is aligned, newest first`() async throws {
    let output = try await machine.ebb("list")
    let lines = output.split(separator: "\n").map { $0.dropFirst(6) }
    #expect(
      lines == [
        "  2026-11-21 12:00  mood 6", "  2026-11-21 10:00  gamma rivers 日本語の日記",
        "  2026-11-20        beta Café @Mara #a #b", "  2026-11-19 10:00  ★ alpha river #a",
      ])
  }

  @Test func `times are shown as lived, whatever the zone is now`() async throws {
    let output = try await machine.ebb(
      "list", "--limit", "1", environment: ["TZ": "Asia/Tokyo"])
    #expect(output.contains("2026-11-21 12:00"))
  }

  @Test func `tags are counted`() async throws {
    #expect(try await machine.ebb("tags") == "a  2\nb  1\n")
  }

  @Test func `twenty are listed unless more are asked for`() async throws {
    for number in 0..<21 { _ = try await machine.write("\(number)") }
    let listed = try await machine.run(["list"])
    #expect(listed.output.split(separator: "\n").count == 20)
    // Where somebody may take twenty for all.
    #expect(listed.error == "There are more than these 20; --limit 0 shows all.\n")
    _ = try await machine.ebb("list", "--limit", "20")
    #expect(try await machine.ebb("list", "--limit", "0").split(separator: "\n").count == 25)
    #expect(try await machine.ebb("list", "--json").split(separator: "\n").count == 25)
  }
}

struct EmptyJournalTests {
  @Test(arguments: [
    (["list"], ""), (["list", "--json"], "[]\n"), (["search", "x"], ""), (["tags"], ""),
    (["tags", "--json"], "[]\n"), (["--json"], "[]\n"), (["--version"], "ebb 0.1.0\n"),
  ])
  func `reading what is not there yet makes nothing`(arguments: [String], output: String)
    async throws
  {
    let machine = try Machine()
    #expect(try await machine.run(arguments) == Ended(exitCode: 0, output: output, error: ""))
    #expect(!FileManager.default.fileExists(atPath: machine.home))
  }

  @Test func `the first page welcomes`() async throws {
    let machine = try Machine()
    #expect(try await machine.ebb().hasPrefix("Your journal is empty, and waiting.\n"))
  }

  @Test func `a journal is readable by its owner alone`() async throws {
    let machine = try Machine()
    try await machine.ebb("write", "x")
    let manager = FileManager.default
    for name in [""] + (try manager.contentsOfDirectory(atPath: machine.home)).map({ "/" + $0 }) {
      let mode = try manager.attributesOfItem(atPath: machine.home + name)[.posixPermissions]
      #expect(mode as? Int == (name.isEmpty ? 0o700 : 0o600))
    }
  }

  @Test func `a backup is restored where there is no journal`() async throws {
    let machine = try Machine()
    let other = try Machine()
    let id = try await machine.write("kept", "--date", "2026-11-21")
    let path = machine.path + "/journal.ebb"
    #expect(try await machine.ebb("backup", path).hasPrefix("The journal is copied to \(path)."))
    #expect(try await machine.run(["backup", path]).exitCode == 1)
    #expect(try await other.ebb("restore", path) == "Restored: 1 entry, 0 mood logs.\n")
    #expect(try await other.ebb("list") == "\(id.prefix(6))  2026-11-21        kept\n")
    #expect(try await other.run(["restore", path]).exitCode == 1)
    #expect(try await other.digest() == machine.digest())
  }

  @Test func `a backup goes onto a stick whose file system knows no second names`() async throws {
    let machine = try Machine()
    try await machine.ebb("write", "By the river.")
    let path = machine.path + "/stick.ebb"
    let call = WritingCall(name: "link", number: 1)
    let ended = try await machine.run(["backup", path], at: call, .refuse(with: "EPERM"))
    #expect(ended.exitCode == 0, "\(ended.error)")
    let again = try await machine.run(["backup", path], at: call, .refuse(with: "EPERM"))
    #expect(again.exitCode == 1)
    let other = try Machine()
    try await other.ebb("restore", path)
    #expect(try await other.ebb("list").contains("By the river."))
  }

  @Test func `a damaged backup is not taken for a journal of one's own`() async throws {
    let machine = try Machine()
    _ = try await machine.write("kept")
    let path = machine.path + "/journal.ebb"
    try await machine.ebb("backup", path)
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.seek(toOffset: 4096 * 2)
    try file.write(contentsOf: Data(repeating: 0xff, count: 4096))
    try file.close()
    let ended = try await Machine().run(["restore", path])
    #expect(ended.exitCode == 65)
    #expect(ended.error.hasPrefix("The backup \(path) is damaged, so nothing was restored."))
  }
}
