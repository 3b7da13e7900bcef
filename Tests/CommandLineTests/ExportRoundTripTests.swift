import Foundation
import TestSupport
import Testing

/// Out of one journal and into another.
struct ExportRoundTripTests {
  private let machine: Machine
  private var path: String { machine.path + "/journal.json" }

  init() async throws {
    machine = try Machine()
    for (number, text) in try NaughtyStrings.all().enumerated() where number % 12 == 0 {
      try await machine.ebb("write", "--date", "2026-11-\(10 + number % 9) 10:00", input: text)
    }
    let entry = try await machine.write(
      "Met @Sam by the #river.", "--date", "2026-11-21 08:15", "--title", "River", "--tag",
      "\"a, b\"",
      "--person", "Mara", "--star", "--journal", "work")
    _ = try await machine.mood(
      "6", "calm", "--date", "2026-11-20", "--closeness", "0", "--note", "quiet, \"she\" said\nno",
      "--tag", "x|y")
    let deleted = try await machine.write("not any more", "--date", "2026-11-22")
    try await machine.ebb("delete", deleted)
    try await machine.ebb("edit", entry, "--text", "Met @Sam by the #river, late.")
  }

  @Test func `Ebb's own JSON imports as it was, the trash too`() async throws {
    try await machine.ebb("export", "ebb", "-o", path)
    let other = try Machine()
    #expect(try await other.run(["import", path]).exitCode == 0)
    for options in [[], ["--trash"]] {
      #expect(try await records(other, options) == records(machine, options))
    }
    #expect(try await records(machine, ["--trash"]).count == 1)
    // What the other exports is the same again.
    let again = other.path + "/again.json"
    try await other.ebb("export", "ebb", "-o", again)
    #expect(try read(again) == read(path))
  }

  @Test(arguments: [["-o", "notes"], ["--per", "entry", "-o", "notes"], ["-o", "journal.md"]])
  func `Markdown imports as it was`(options: [String]) async throws {
    var options = options
    let place = machine.path + "/" + options.removeLast()
    #expect(try await machine.run(["export", "markdown"] + options + [place]).exitCode == 0)
    let other = try Machine()
    let told = try await other.run(["import", place])
    #expect(told.exitCode == 0 && told.error == "")
    #expect(try await records(other, []) == records(machine, []))
    #expect(try await machine.run(["import", place]).output.hasPrefix("Nothing new"))
  }

  @Test func `a note without a date comes along, and is named`() async throws {
    let folder = machine.path + "/vault"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("Quiet.".utf8).write(to: URL(filePath: folder + "/1944-13-45 Odd.md"))
    let other = try Machine()
    let told = try await other.run(["import", folder])
    #expect(told.exitCode == 65)
    #expect(told.output.hasPrefix("Imported 1 entry.\n"))
    #expect(
      told.error.hasPrefix(
        """
        1 place could not be taken as it stands; the rest was imported:
          1944-13-45 Odd.md: “1944-13-45” is no day; it was put on the day the file was last \
        changed, 
        """))
    let entry = try #require(try await other.json("list", as: [Entry].self).first)
    #expect(entry.title == "1944-13-45 Odd" && entry.text == "Quiet.")
  }

  @Test func `importing an export where it came from adds nothing`() async throws {
    let before = try await machine.digest()
    try await machine.ebb("export", "ebb", "-o", path)
    _ = try await machine.run(["import", path])
    #expect(try await machine.digest() == before)
  }

  @Test func `with history there is every version, and it imports all the same`() async throws {
    try await machine.ebb("export", "ebb", "--history", "-o", path)
    let data = try Data(contentsOf: URL(filePath: path))
    let objects = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    let edited = try #require(
      objects.first { $0["text"] as? String == "Met @Sam by the #river, late." })
    let history = try #require(edited["history"] as? [[String: Any]])
    #expect(
      history.map { ($0["changes"] as? [String: Any])?["text"] as? String } == [
        "Met @Sam by the #river, late.", "Met @Sam by the #river.",
      ])
    let other = try Machine()
    #expect(try await other.run(["import", path]).exitCode == 0)
    #expect(try await records(other, []) == records(machine, []))
    #expect(try await records(other, ["--trash"]) == records(machine, ["--trash"]))
    // The other machine's history tells the same, as written there and now.
    let id = try #require(edited["id"] as? String)
    let told = try await Self.history(machine, of: id)
    #expect(try await Self.history(other, of: id) == told && told.count == 2)
    #expect(try await other.ebb("conflicts", "--json") == "[]\n")
  }

  private static func history(_ machine: Machine, of id: String) async throws -> [NSDictionary] {
    let ended = try await machine.run(["history", id, "--json"])
    let versions = try #require(
      try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [[String: Any]])
    return try versions.map { version in
      NSDictionary(dictionary: try #require(version["changes"] as? [String: Any]))
    }
  }

  @Test func `the newest few come without the trash`() async throws {
    try await machine.ebb("export", "ebb", "--limit", "2", "-o", path)
    #expect(try read(path).count == 2)
    #expect(try read(path).allSatisfy { $0["trashed"] as? Bool == false })
  }

  @Test func `an empty journal is an empty array`() async throws {
    #expect(try await Machine().ebb("export", "ebb") == "[]\n")
  }

  @Test func `a table has a line for each mood log`() async throws {
    let id = try await #require(machine.json("list", "--kind", "mood", as: [Mood].self).first).id
    let lines = try await machine.ebb("export", "csv", "--kind", "mood").split(separator: "\n").map(
      String.init)
    #expect(
      lines[0] == "id,kind,date,timeZone,score,energy,closeness,pull,urge,emotions,signs,trigger,"
        + "said,meant,fear,action,technique,scoreBefore,urgeBefore,note,people,tags,entry,"
        + "createdAt,modifiedAt,trashed")
    #expect(
      lines[1] == "\(id),mood,2026-11-20,Europe/Berlin,6,,0,,,calm,,,,,,,,,,"
        + "\"quiet, \"\"she\"\" said")
    #expect(lines[2].hasPrefix("no\",,x\\|y,,"))
    #expect(lines[2].hasSuffix(",false"))
    #expect(lines.count == 3)
  }

  @Test func `a table of entries is made when it is asked for`() async throws {
    let table = try await machine.ebb("export", "csv", "--kind", "entry", "--journal", "work")
    #expect(table.hasPrefix("id,kind,date,timeZone,allDay,title,text,tags,people,starred,journal,"))
    #expect(
      table.contains(
        ",entry,2026-11-21T08:15:00+01:00,Europe/Berlin,false,River,"
          + "\"Met @Sam by the #river, late.\",\"a, b|river\",Mara|Sam,true,work,"))
  }

  private func records(_ machine: Machine, _ options: [String]) async throws -> [NSDictionary] {
    let ended = try await machine.run(["list", "--json", "--reverse"] + options)
    return try Self.plain(Data(ended.output.utf8))
  }

  private func read(_ path: String) throws -> [NSDictionary] {
    try Self.plain(try Data(contentsOf: URL(filePath: path)))
  }

  /// The records, but for when they were last changed, which is when they were imported.
  private static func plain(_ data: Data) throws -> [NSDictionary] {
    let objects = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    return objects.map { object in
      NSDictionary(dictionary: object.filter { $0.key != "modifiedAt" })
    }
  }
}
