import Foundation
import TestSupport
import Testing

/// `ebb export text`, and what all exports have in common.
struct ExportTests {
  private let machine: Machine

  init() async throws {
    machine = try Machine()
    _ = try await machine.mood(
      "6", "calm", "--date", "2026-11-20", "--closeness", "8", "--note", "quiet")
    _ = try await machine.write(
      "Went home by the river.", "--date", "2026-11-21 08:15", "--title", "River", "--tag", "walk",
      "--person", "Mara", "--star")
    let deleted = try await machine.write("not any more", "--date", "2026-11-22")
    try await machine.ebb("delete", deleted)
  }

  private static let mood = """
    2026-11-20  Mood 6 · calm
    -------------------------
    Closeness: 8

    Note: quiet

    """
  private static let entry = """
    2026-11-21 08:15  River
    -----------------------
    Starred: yes
    Tags: walk
    People: Mara

    Went home by the river.

    """
  private static let both = mood + "\n\n" + entry

  @Test(arguments: [["text"], ["TEXT"], ["text", "-o", "-"]])
  func `text goes to standard output, oldest first, without the trash`(
    arguments: [String]
  ) async throws {
    #expect(
      try await machine.run(["export"] + arguments)
        == Ended(exitCode: 0, output: Self.both, error: ""))
  }

  @Test(
    arguments: [
      (["--kind", "entry"], entry), (["--kind", "mood"], mood), (["--tag", "walk"], entry),
      (["--person", "Mara"], entry), (["--on", "2026-11-20"], mood),
      (["--from", "2026-11-21"], entry), (["--starred"], entry), (["--limit", "1"], entry),
      (["--limit", "1", "--reverse"], mood), (["--limit", "0"], both), (["--reverse"], both),
      (["--tag", "nowhere"], ""), (["tag:walk"], entry), (["-tag:walk"], mood),
      (["river", "before:2027", "--from", "2026"], entry),
    ] as [([String], String)])
  func `the filters of a list choose`(options: [String], expected: String) async throws {
    #expect(
      try await machine.run(["export", "text"] + options)
        == Ended(exitCode: 0, output: expected, error: ""))
  }

  @Test func `a place without -o is no query`() async throws {
    let path = machine.path + "/journal.txt"
    let ended = try await machine.run(["export", "text", path])
    #expect(ended.exitCode == 64)
    #expect(ended.output == "" && ended.error.contains("put -o before it"))
  }

  @Test func `a table names the kinds that it leaves out, unless one is asked for`() async throws {
    #expect(
      try await machine.run(["export", "csv"]).error
        == "Left out, because a table is of one kind: 1 entry. --kind names another.\n")
    #expect(try await machine.run(["export", "csv", "--kind", "mood"]).error == "")
    let entries = try await machine.run(["export", "csv", "kind:entry"])
    #expect(entries.error == "" && entries.output.contains("Went home by the river."))
  }

  @Test func `a saved search says the kind of a table, and two kinds are refused`() async throws {
    try await machine.ebb("search", "--save", "ents", "kind:entry")
    let entries = try await machine.run(["export", "csv", "saved:ents"])
    #expect(entries.error == "" && entries.output.contains("Went home by the river."))
    let moods = try await machine.run(["export", "csv", "mood:6"])
    #expect(moods.error == "" && moods.output.contains("quiet"))
    let both = try await machine.run(["export", "csv", "kind:entry OR kind:mood"])
    #expect(
      both
        == Ended(
          exitCode: 64, output: "",
          error: "A table is of one kind, and this asks for entry and mood: --kind names one.\n"))
  }

  @Test func `the trash is exported when it is asked for`() async throws {
    let text = try await machine.ebb("export", "text", "--trash")
    #expect(text.contains("In the trash: yes"))
    #expect(text.contains("not any more"))
    #expect(!text.contains("River"))
  }

  @Test func `a file is whole, its owner's alone, and told`() async throws {
    let path = machine.path + "/journal.txt"
    #expect(
      try await machine.ebb("export", "text", "-o", path)
        == "Exported 1 entry and 1 mood log to \(path).\n")
    #expect(try contents(path) == Self.both)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try expectNothingPassing()
  }

  /// jrnl would read all of it as one entry.
  @Test func `text for reading is not taken for another program's`() async throws {
    let path = machine.path + "/journal.txt"
    try await machine.ebb("export", "text", "-o", path)
    let ended = try await machine.run(["import", path])
    #expect(ended.exitCode == 65)
    #expect(ended.output == "")
  }

  @Test func `a file that is there is replaced only by force`() async throws {
    let path = machine.path + "/journal.txt"
    try Data("mine".utf8).write(to: URL(filePath: path))
    let ended = try await machine.run(["export", "text", "-o", path])
    #expect(ended.exitCode == 1)
    #expect(ended.output == "")
    #expect(ended.error.hasPrefix("\(path) is there already, and it was not touched."))
    #expect(try contents(path) == "mine")
    try expectNothingPassing()
    try await machine.ebb("export", "text", "-o", path, "--force")
    #expect(try contents(path) == Self.both)
    try expectNothingPassing()
  }

  @Test(arguments: ["journal.sqlite", "journal.sqlite-journal", "drafts/../journal.sqlite", "link"])
  func `the journal's own files are no place, even by force`(name: String) async throws {
    let digest = try await machine.digest()
    let link = machine.home + "/link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: machine.home + "/journal.sqlite")
    try FileManager.default.createDirectory(
      atPath: machine.home + "/drafts", withIntermediateDirectories: true)
    let path = machine.home + "/" + name
    let ended = try await machine.run(["export", "text", "-o", path, "--force"])
    #expect(ended.exitCode == 1)
    #expect(ended.error.hasPrefix("\(path) is a place for the journal's own files"))
    #expect(try await machine.run(["backup", path]).exitCode == 1)
    #expect(try await machine.digest() == digest)
  }

  @Test func `a new file beside the journal is none of its own`() async throws {
    let path = machine.home + "/journal.txt"
    try await machine.ebb("export", "text", "-o", path)
    #expect(try contents(path) == Self.both)
  }

  @Test func `what a symbolic link leads to is replaced, and the link stays`() async throws {
    let (link, path) = (machine.path + "/link.txt", machine.path + "/journal.txt")
    try Data("mine".utf8).write(to: URL(filePath: path))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    try await machine.ebb("export", "text", "-o", link, "--force")
    #expect(try contents(path) == Self.both)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == path)
  }

  @Test func `a pipe is not replaced by a file`() async throws {
    let path = machine.path + "/pipe"
    let made = try await runProgram(
      "/usr/bin/mkfifo", [path], environment: machine.environment())
    #expect(made.exitCode == 0)
    for path in [path, "/dev/null"] {
      let ended = try await machine.run(["export", "text", "-o", path, "--force"])
      #expect(ended.exitCode == 1)
      #expect(ended.error.hasPrefix("\(path) is a pipe or a device"))
    }
    let type = try FileManager.default.attributesOfItem(atPath: path)[.type]
    #expect(type as? FileAttributeType != .typeRegular)
    try expectNothingPassing()
  }

  @Test func `the report as JSON counts each kind`() async throws {
    let path = machine.path + "/journal.txt"
    struct Report: Decodable, Equatable {
      var format: String
      var path: String?
      var records: [String: Int]
      var fieldsLeftOut: [String: Int]
    }
    let output = try await machine.ebb("export", "text", "-o", path, "--json")
    #expect(
      try JSONDecoder().decode(Report.self, from: Data(output.utf8))
        == Report(
          format: "text", path: path, records: ["entry": 1, "mood": 1, "step": 0],
          fieldsLeftOut: [:]))
  }

  @Test func `an empty journal exports nothing and makes none`() async throws {
    let other = try Machine()
    #expect(try await other.ebb("export", "text") == "")
    #expect(!FileManager.default.fileExists(atPath: other.home))
  }

  @Test func `standard output that takes no more is told`() async throws {
    let ended = try await runProgram(
      "/bin/sh", ["-c", #""$0" export text > /dev/full"#, try ebbPath()],
      environment: machine.environment())
    #expect(ended.exitCode == 74)
  }

  private func contents(_ path: String) throws -> String {
    try String(contentsOf: URL(filePath: path), encoding: .utf8)
  }

  /// What an export writes beside its place is gone.
  private func expectNothingPassing() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: machine.path)
    #expect(names.filter { $0.hasPrefix(".ebb-export") } == [])
  }
}
