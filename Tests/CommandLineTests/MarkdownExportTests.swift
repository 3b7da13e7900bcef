import Foundation
import TestSupport
import Testing

/// `ebb export markdown`: folders by day and by entry, and one file.
struct MarkdownExportTests {
  private let machine: Machine
  private var folder: String { machine.path + "/notes" }

  init() async throws { machine = try Machine() }

  /// An entry, a whole day's entry and a mood log; their ids in this order.
  private func write() async throws -> [String] {
    [
      try await machine.write(
        "Went home.\n<!-- ebb\n\\<!-- ebb", "--date", "2026-11-21 08:15", "--title", "\"R\" -->",
        "--tag", "walk"),
      try await machine.write("All of it.", "--date", "2026-11-21"),
      try await machine.mood("6", "calm", "--date", "2026-11-20 21:00", "--note", "quiet"),
    ]
  }

  @Test func `a folder has a file a day, with its records oldest first`() async throws {
    let ids = try await write()
    #expect(
      try await machine.ebb("export", "markdown", "-o", folder)
        == "Exported 2 entries and 1 mood log to \(folder).\n")
    #expect(try files() == ["2026/2026-11-20.md", "2026/2026-11-21.md"])
    let day = try contents("2026/2026-11-21.md")
    #expect(
      withoutCreation(day) == """
        ---
        ebb: day
        date: 2026-11-21
        ---

        <!-- ebb
        kind: entry
        id: \(ids[1])
        date: "2026-11-21[Europe/Berlin]"
        heading: All day
        -->
        ## All day

        All of it.

        <!-- ebb
        kind: entry
        id: \(ids[0])
        date: "2026-11-21T08:15:00+01:00[Europe/Berlin]"
        title: "\\"R\\" --\\u003e"
        tags: [walk]
        heading: "08:15 · \\"R\\" --\\u003e"
        -->
        ## 08:15 · "R" -->

        Went home.
        \\<!-- ebb
        \\\\<!-- ebb

        """)
  }

  @Test func `a folder has a file an entry, with front matter and the text as it is`() async throws
  {
    let ids = try await write()
    try await machine.ebb("export", "markdown", "--per", "entry", "-o", folder + "/")
    let names = [
      "2026/2026-11-20-2100-mood-\(ids[2].prefix(12)).md",
      "2026/2026-11-21-0815-R-\(ids[0].prefix(12)).md", "2026/2026-11-21-\(ids[1].prefix(12)).md",
    ]
    #expect(try files() == names.sorted())
    #expect(
      withoutCreation(try contents(names[0])) == """
        ---
        kind: mood
        id: \(ids[2])
        date: "2026-11-20T21:00:00+01:00[Europe/Berlin]"
        score: 6
        emotions: [calm]
        ---

        quiet

        """)
    #expect(
      try contents(names[1]).hasSuffix("\n---\n\nWent home.\n<!-- ebb\n\\<!-- ebb\n"))
  }

  @Test func `one file is what goes to standard output`() async throws {
    let ids = try await write()
    let path = machine.path + "/journal.md"
    try await machine.ebb("export", "markdown", "-o", path)
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    #expect(text == (try await machine.ebb("export", "markdown")))
    #expect(text.hasPrefix("---\nebb: journal\n---\n\n<!-- ebb\nkind: mood\n"))
    let places = [ids[2], ids[1], ids[0]].map { text.range(of: "id: " + $0)?.lowerBound }
    #expect(places.allSatisfy { $0 != nil })
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
  }

  @Test func `naughty strings stand in their files byte for byte`() async throws {
    var texts: [String: String] = [:]
    for (number, text) in try NaughtyStrings.all().enumerated() where number % 12 == 1 {
      let entry: Entry = try await machine.json("write", input: text)
      texts[entry.id] = text
    }
    try await machine.ebb("export", "markdown", "--per", "entry", "-o", folder)
    let files = try files()
    #expect(files.count == texts.count)
    for (id, text) in texts {
      let name = try #require(files.first { $0.hasSuffix("\(id.prefix(12)).md") })
      let bytes = Array(try Data(contentsOf: URL(filePath: folder + "/" + name)))
      #expect(bytes.reversed().starts(with: Array("\n---\n\n\(text)\n".utf8).reversed()))
    }
  }

  @Test func `a folder with something in it is left alone, unless by force`() async throws {
    let ids = try await write()
    try put("mine", "2026/2026-11-21.md")
    try put("mine too", "other.md")
    let ended = try await machine.run(["export", "markdown", "-o", folder])
    #expect(ended.exitCode == 1)
    #expect(ended.error.hasPrefix("\(folder) is there already, and it was not touched."))
    #expect(try files() == ["2026/2026-11-21.md", "other.md"])
    #expect(try contents("2026/2026-11-21.md") == "mine")
    try await machine.ebb("export", "markdown", "-o", folder, "--force")
    #expect(try files() == ["2026/2026-11-20.md", "2026/2026-11-21.md", "other.md"])
    #expect(try contents("2026/2026-11-21.md").contains(ids[0]))
    #expect(try contents("other.md") == "mine too")
    try expectNothingPassing()
  }

  @Test func `a file where the folder would be is left alone, even by force`() async throws {
    _ = try await write()
    try Data("mine".utf8).write(to: URL(filePath: folder))
    for force in [[], ["--force"]] {
      let ended = try await machine.run(["export", "markdown", "-o", folder] + force)
      #expect(ended.exitCode == 1)
      #expect(ended.error.hasPrefix("\(folder) is a file, and this would be a folder."))
    }
    #expect(try Data(contentsOf: URL(filePath: folder)) == Data("mine".utf8))
    try expectNothingPassing()
  }

  @Test func `an empty folder is filled, and a slash makes any name a folder's`() async throws {
    _ = try await write()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try await machine.ebb("export", "markdown", "-o", folder)
    #expect(try files().count == 2)
    try await machine.ebb("export", "markdown", "-o", machine.path + "/notes.txt/")
    var isFolder: ObjCBool = false
    #expect(
      FileManager.default.fileExists(
        atPath: machine.path + "/notes.txt", isDirectory: &isFolder))
    #expect(isFolder.boolValue)
  }

  @Test func `folder and files are their owner's alone`() async throws {
    _ = try await write()
    try await machine.ebb("export", "markdown", "-o", folder)
    for name in ["", "/2026", "/2026/2026-11-20.md"] {
      let mode = try FileManager.default.attributesOfItem(atPath: folder + name)[.posixPermissions]
      #expect(mode as? Int == (name.hasSuffix(".md") ? 0o600 : 0o700))
    }
  }

  /// The relative paths of the files in the folder, sorted.
  private func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }
      .sorted()
  }

  private func contents(_ name: String) throws -> String {
    try String(contentsOf: URL(filePath: folder + "/" + name), encoding: .utf8)
  }

  private func put(_ text: String, _ name: String) throws {
    let url = URL(filePath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func expectNothingPassing() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: machine.path)
    #expect(names.filter { $0.hasPrefix(".ebb-export") } == [])
  }

  private func withoutCreation(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("created: ") }.joined(separator: "\n")
  }
}
