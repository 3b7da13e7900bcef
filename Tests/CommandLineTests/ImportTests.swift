import Foundation
import TestSupport
import Testing

/// `ebb import`, driven as people do.
struct ImportTests {
  @Test func `a line is an entry, with all that Ebb has a place for`() async throws {
    let machine = try Machine()
    let file = try machine.file(
      "diary.jsonl",
      """
      {"date":"2026-11-21 08:15","text":"By the river.","title":"Walk","tags":["river"],\
      "people":["Mara"],"starred":true,"journal":"walks"}
      {"date":"2026-11-20","text":"Rain.","weather":"8 °C"}

      {"date":"2026-11-19T22:00:00+01:00","score":6,"emotions":["calm"]}

      """)
    let told = try await machine.ebb("import", file)
    #expect(
      told == """
        Imported 2 entries and 1 mood log.
        2 dates named no time zone and went by this machine's time zone (Europe/Berlin).
        Kept in the text, having no place of their own: weather (1).

        """)
    let entries = try await machine.json("list", "--kind", "entry", as: [Entry].self)
    #expect(entries.map(\.date) == ["2026-11-21T08:15:00+01:00", "2026-11-20"])
    #expect(entries.map(\.text) == ["By the river.", "Rain.\n\nweather: 8 °C"])
    let first = try #require(entries.first)
    #expect(first.title == "Walk" && first.tags == ["river"] && first.people == ["Mara"])
    #expect(first.starred && first.journal == "walks")
    let moods = try await machine.json("list", "--kind", "mood", as: [Mood].self)
    #expect(moods.map(\.score) == [6] && moods.map(\.emotions) == [["calm"]])
    #expect(try await machine.ebb("search", "river").contains("By the [river]."))
  }

  @Test func `importing the same again adds nothing, on another machine either`() async throws {
    let machine = try Machine()
    let other = try Machine()
    let lines = """
      {"date":"2026-11-21","text":"One."}
      {"date":"2026-11-21","text":"One."}
      {"id":"7","date":"2026-11-21","text":"Two."}
      """
    let file = try machine.file("diary.jsonl", lines)
    #expect(try await machine.ebb("import", file).hasPrefix("Imported 3 entries.\n"))
    let before = try await machine.json("list", as: [Entry].self)
    #expect(
      try await machine.ebb("import", file).hasPrefix("Nothing new: 3 records are known already.\n")
    )
    #expect(try await machine.json("list", as: [Entry].self) == before)
    try await other.ebb("import", try other.file("moved.jsonl", lines))
    let there = try await other.json("list", as: [Entry].self)
    #expect(Set(there.map(\.id)) == Set(before.map(\.id)))
  }

  @Test func `what is in the trash, or erased, is not brought back`() async throws {
    let machine = try Machine()
    let file = try machine.file(
      "diary.jsonl",
      """
      {"date":"2026-11-21","text":"One."}
      {"date":"2026-11-20","text":"Two."}
      """)
    try await machine.ebb("import", file)
    let ids = try await machine.json("list", as: [Entry].self).map(\.id)
    try await machine.ebb("delete", try #require(ids.first))
    try await machine.ebb("erase", try #require(ids.last), "--yes")
    #expect(
      try await machine.ebb("import", file).hasPrefix(
        """
        Nothing new: 2 records are known already. 1 of them is in the trash (`ebb undelete`). 1 of \
        them was erased, and is not brought back.

        """))
    #expect(try await machine.json("list", as: [Entry].self).isEmpty)
  }

  @Test func `what says something else here stays so, and is named`() async throws {
    let machine = try Machine()
    let line = #"{"id":"V1StGXR8_Z5jdHi6B-myT","date":"2026-11-21","text":""#
    let first = try machine.file("a.jsonl", line + #"One."}"#)
    let second = try machine.file("b.jsonl", line + #"Two."}"#)
    try await machine.ebb("import", first)
    let id = try #require(try await machine.json("list", as: [Entry].self).first?.id.prefix(6))
    for options in [["--dry-run"], []] {
      #expect(
        try await machine.run(["import", second] + options).output.hasPrefix(
          "Nothing new: 1 record is known already. 1 of them says something else here, and stays so: "
            + "\(id)."))
    }
    #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["One."])
  }

  /// They begin with 1 in every file, and no file knows of the other.
  @Test func `numbers for ids keep no record of another file out`() async throws {
    let machine = try Machine()
    let first = try machine.file("a.jsonl", #"{"id":1,"date":"2026-11-21","text":"One."}"#)
    let second = try machine.file("b.jsonl", #"{"id":1,"date":"2026-11-21","text":"Two."}"#)
    #expect(try await machine.ebb("import", first, second).hasPrefix("Imported 2 entries.\n"))
    #expect(try await machine.ebb("import", second).hasPrefix("Nothing new: 1 record is known"))
  }

  @Test func `the same file in another time zone adds nothing`() async throws {
    let machine = try Machine()
    let sources = [
      try machine.file("j.txt", "[2024-03-01 09:00] Morning walk. Saw the river.\n"),
      try machine.file("2024-03-02.md", "A day\n"),
      try machine.file("m.csv", "date,mood,note\n2024-03-03 21:30,6,late\n"),
      try machine.file("d.jsonl", #"{"date":"2024-03-01T10:00:00Z","text":"Universal."}"#),
    ]
    for (zone, beginning) in [
      ("Europe/Berlin", "Imported 3 entries and 1 mood log."),
      ("America/New_York", "Nothing new: 4 records are known already.\n"),
      ("UTC", "Nothing new: 4 records are known already.\n"),
    ] {
      let ended = try await machine.run(["import"] + sources, environment: ["TZ": zone])
      #expect(ended.output.hasPrefix(beginning), Comment(rawValue: zone + ended.output))
    }
  }

  @Test func `broken lines are named, and the whole ones are brought in`() async throws {
    let machine = try Machine()
    let lines = """
      {"date":"2026-11-21","text":"whole"}
      {"date":"2026-11-21","text":"cut
      nonsense
      {"text":"no date"}
      {"date":"1944-13-45","text":"no such day"}
      [1]
      {"date":"2026-11-21","score":14}
      {"id":"0123456789abcdefg","date":"2026-11-21","text":"first"}
      {"id":"0123456789abcdefg","date":"2026-11-21","text":"second"}

      """
    let bytes = Array(lines.utf8) + Array(#"{"date":"2026-11-21","text":"caf"#.utf8) + [0xE9]
    let file = try machine.file("diary.jsonl", bytes + Array("\"}\n".utf8))
    let ended = try await machine.run(["import", file])
    #expect(ended.exitCode == 65)
    #expect(ended.output.hasPrefix("Imported 3 entries.\n"))
    #expect(
      ended.error == """
        8 places could not be taken as they stand; the rest was imported:
          diary.jsonl:2: It ends in the middle.
          diary.jsonl:3: It is not JSON.
          diary.jsonl:4: It has no date.
          diary.jsonl:5: There is no such day as in “1944-13-45”.
          diary.jsonl:6: It is not an object in braces.
          diary.jsonl:7: The score goes from 1 to 10, not 14.
          diary.jsonl:9: The id 0123456789abcdefg was another record's before; both were taken.
          diary.jsonl:10: It is not UTF-8: byte 33 is wrong. --encoding names another encoding.

        """)
    let texts = try await machine.json("list", as: [Entry].self).map(\.text).sorted()
    #expect(texts == ["first", "second", "whole"])
    let again = try await machine.run(["import", file])
    #expect(again.exitCode == 65)
    #expect(again.output.hasPrefix("Nothing new: 3 records are known already.\n"))
  }

  @Test func `of many broken lines ten are shown, and their number`() async throws {
    let machine = try Machine()
    let file = try machine.file(
      "diary.jsonl", String(repeating: "x\n", count: 25) + #"{"date":"2026-11-21","text":"y"}"#)
    let ended = try await machine.run(["import", file])
    #expect(ended.exitCode == 65)
    #expect(ended.error.hasPrefix("25 places"))
    #expect(ended.error.contains("diary.jsonl:10:") && !ended.error.contains("diary.jsonl:11:"))
    #expect(ended.error.hasSuffix("  … and 15 more (--json lists them)\n"))
    let json = try await machine.run(["import", "--json", file])
    let told = try JSONDecoder().decode(ImportJSON.self, from: Data(json.output.utf8))
    #expect(told.faults.map(\.line) == Array(1...25))
    #expect(told.faultCount == 25 && told.known == 1 && told.sources.map(\.format) == ["jsonl"])
  }

  @Test func `a dry run tells the same and writes nothing`() async throws {
    let machine = try Machine()
    let file = try machine.file(
      "diary.jsonl",
      """
      {"date":"2026-11-21T08:00:00Z","text":"One."}
      {"date":"2026-11-20T08:00:00Z","text":"Two."}
      broken
      """)
    let ended = try await machine.run(["import", "--dry-run", file])
    #expect(ended.exitCode == 65)
    #expect(ended.output == "This would import 2 entries. Nothing was written.\n")
    #expect(!FileManager.default.fileExists(atPath: machine.home))
    _ = try await machine.run(["import", file])
    let digest = try await machine.digest()
    let again = try await machine.run(["import", "--dry-run", "--json", file])
    let told = try JSONDecoder().decode(ImportJSON.self, from: Data(again.output.utf8))
    #expect(told.dryRun && told.added == ["entry": 0, "mood": 0, "step": 0] && told.known == 2)
    #expect(try await machine.digest() == digest)
  }

  @Test func `a journal and tags can be given to all`() async throws {
    let machine = try Machine()
    let file = try machine.file(
      "diary.jsonl", #"{"date":"2026-11-21","text":"One.","tags":["river"],"journal":"old"}"#)
    try await machine.ebb("import", file, "--journal", "new", "--tag", "a", "--tag", "b")
    let entry = try #require(try await machine.json("list", as: [Entry].self).first)
    #expect(entry.journal == "new" && entry.tags == ["a", "b", "river"])
    // The tags are not of the source: it is the same record without them.
    #expect(try await machine.ebb("import", file).hasPrefix("Nothing new"))
  }

  @Test func `other encodings are read when they are named`() async throws {
    let machine = try Machine()
    let bytes = Array(#"{"date":"2026-11-21","text":"caf"#.utf8) + [0xE9, 0x22, 0x7D]
    let file = try machine.file("diary.jsonl", bytes)
    try await machine.ebb("import", file, "--encoding", "latin-1")
    #expect(try await machine.json("list", as: [Entry].self).map(\.text) == ["café"])
  }

  @Test func `what list prints as JSON comes in as it was`() async throws {
    let machine = try Machine()
    let other = try Machine()
    _ = try await machine.write("One.", "--date", "2026-11-20 08:00", "--tag", "river", "--star")
    _ = try await machine.mood("6", "calm", "--date", "2026-11-19 09:00", "--note", "so so")
    let json = try await machine.ebb("list", "--json")
    #expect(
      try await other.ebb("import", try other.file("ebb.json", json))
        == "Imported 1 entry and 1 mood log.\n")
    #expect(
      try await other.json("list", "--kind", "entry", as: [Entry].self)
        == machine.json("list", "--kind", "entry", as: [Entry].self))
    #expect(
      try await other.json("list", "--kind", "mood", as: [Mood].self)
        == machine.json("list", "--kind", "mood", as: [Mood].self))
  }

  @Test func `a table without a column for dates is told so, once`() async throws {
    let machine = try Machine()
    let file = try machine.file("moods.csv", "text,mood\nhi,3\nho,4\n")
    let ended = try await machine.run(["import", "--format", "csv", file])
    #expect(ended.exitCode == 65)
    #expect(ended.error.contains("its first row has no column date"))
  }

  @Test(arguments: [
    (["import"], 64, "needs a file or folder to read"),
    (["import", "nosuch.jsonl"], 1, "no such file"),
    (["import", "/dev/null"], 65, "neither a file nor a folder"),
    (["import", "/etc/hostname"], 65, "nothing that Ebb knows how to import"),
    (["import", "/etc", "--format", "jsonl"], 65, "nothing that Ebb can read as jsonl"),
    (["import", "x", "--format", "jsonll"], 64, "did you mean jsonl?"),
    (["import", "x", "--encoding", "ebcdic"], 64, "There is no encoding “ebcdic”"),
    (["import", "x", "--tag", ""], 64, "empty"),
  ])
  func `a mistake is told, and no journal is made`(
    arguments: [String], exitCode: Int32, part: String
  ) async throws {
    let machine = try Machine()
    let ended = try await machine.run(arguments)
    #expect(ended.exitCode == exitCode)
    #expect(ended.output == "")
    #expect(ended.error.contains(part), Comment(rawValue: ended.error))
    #expect(!FileManager.default.fileExists(atPath: machine.home))
  }

  @Test(.enabled(if: geteuid() != 0, "root may read every file"))
  func `a file that may not be read is named`() async throws {
    let machine = try Machine()
    let file = try machine.file("diary.jsonl", #"{"date":"2026-11-21","text":"One."}"#)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
    let ended = try await machine.run(["import", file])
    #expect(ended.exitCode == 74)
    #expect(ended.error.contains("permission denied. Nothing was imported."))
  }

  @Test func `a link that leads nowhere is named`() async throws {
    let machine = try Machine()
    let link = machine.path + "/diary.jsonl"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: link)
    let ended = try await machine.run(["import", link])
    #expect(ended.exitCode == 74)
    #expect(ended.error.contains("diary.jsonl cannot be read: "))
    #expect(ended.error.hasSuffix(" Nothing was imported.\n"))
  }

  /// Ctrl-C comes with one of the reads in the middle of the file, or with the first changes that are
  /// written, while the file is read on.
  @Test(arguments: [WritingCall(name: "read", number: 9), .init(name: "pwrite64", number: 3)])
  func `interrupted with Ctrl-C, an import leaves the journal as it was`(
    call: WritingCall
  ) async throws {
    let machine = try Machine()
    try await machine.ebb("write", "before")
    let digest = try await machine.digest()
    let text = String(repeating: "word ", count: 120)
    let lines = (0..<5000).map { #"{"date":"2026-11-21","text":"\#($0) \#(text)"}"# }
    let file = try machine.file("diary.jsonl", lines.joined(separator: "\n"))
    // Whoever runs this may ignore it; a person's shell does not.
    let command =
      ["--default-signal=INT", "/usr/bin/strace", "-P", file]
      + ["-P", machine.home + "/journal.sqlite-journal"] + call.arguments(.interrupt)
      + [try ebbPath(), "import", file]
    let ended = try await runProgram(
      "/usr/bin/env", command, environment: machine.environment())
    #expect(ended.exitCode == 130)
    #expect(ended.output == "")
    #expect(ended.error == "Stopped. Nothing was imported, and the journal is as it was.\n")
    #expect(try await machine.digest() == digest)
    #expect(try await machine.ebb("import", file).hasPrefix("Imported 5,000 entries.\n"))
  }

  private static let pepys = ProjectFiles.sharedData + "/pepys/pepys-1660-1663.jsonl"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: pepys)))
  func `four years of Pepys come along, once`() async throws {
    let machine = try Machine()
    let told = try await machine.ebb("import", Self.pepys)
    #expect(
      told == """
        Imported 1,449 entries.
        1,449 dates named no time zone and went by this machine's time zone (Europe/Berlin).
        Kept in the text, having no place of their own: head (1,445) and kind (4).

        """)
    #expect(
      try await machine.ebb("import", Self.pepys)
        .hasPrefix("Nothing new: 1,449 records are known already.\n"))
    let entries = try await machine.json("list", as: [Entry].self)
    #expect(entries.count == 1449)
    let source = try String(contentsOfFile: Self.pepys, encoding: .utf8)
    let lines = try source.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(Set(entries.map { "\($0.date) \($0.text)" }) == Set(lines.map(\.kept)))
  }

  private struct Line: Decodable {
    var date: String
    var text: String
    var head: String?
    var kind: String?

    /// What becomes of it.
    var kept: String {
      let fields = [
        head.flatMap { $0.isEmpty ? nil : "head: \($0)" },
        kind.flatMap { $0 == "entry" ? nil : "kind: \($0)" },
      ].compactMap { $0 }
      return "\(date) \(text)" + (fields.isEmpty ? "" : "\n\n" + fields.joined(separator: "\n"))
    }
  }
}

/// What `ebb import --json` prints.
struct ImportJSON: Decodable {
  var dryRun: Bool
  var sources: [Source]
  var added: [String: Int]
  var known: Int
  var faultCount: Int
  var faults: [Fault]

  struct Source: Decodable { var format: String }

  struct Fault: Decodable { var line: Int? }
}

extension Machine {
  /// A file of its person's.
  func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = self.path + "/" + name
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }
}
