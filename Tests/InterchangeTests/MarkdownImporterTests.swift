import Foundation
import JournalModel
import TestSupport
import Testing

@testable import Interchange

/// Notes of other programs.
struct MarkdownImporterTests {
  @Test func `front matter becomes registers, and what has none is kept below the text`() throws {
    let taken = try Taken(
      """
      ---
      title: "By the river"
      date: 2024-02-29 08:15:00 +0100
      created: 2024-02-29T07:20:00Z
      tags: [walk, "#home", river]
      category: days
      people: Sam Miller, Mara
      starred: true
      layout: post
      bp:
        systolic: 184
        diastolic: 118
      mood: 🙁
      empty:
      ---

      We met by the #river.
      """, named: "walk.md", as: .markdown)
    let draft = try #require(taken.entries.first)
    #expect(draft.date.rfc9557 == "2024-02-29T08:15:00+01:00[Europe/Berlin]")
    #expect(draft.title == "By the river")
    #expect(
      draft.text
        == "We met by the #river.\n\nfile name: walk\nbp: systolic: 184, diastolic: 118\nmood: 🙁")
    #expect(draft.tags == ["walk", "home", "days"])
    #expect(draft.people == ["Sam Miller", "Mara"])
    #expect(draft.isStarred)
    #expect(taken.records.map(\.createdAt) == [1_709_191_200_000])
    #expect(
      Set(taken.report.notesByKind.keys) == [
        .keptInText("bp"), .keptInText("mood"), .keptInText("file name"), .leftOut("layout"),
      ])
    #expect(taken.report.faults.isEmpty)
  }

  @Test(arguments: [
    ("2024-02-29.md", "Rain.", "2024-02-29[Europe/Berlin]", nil),
    ("2024_02_29 2310.md", "Rain.", "2024-02-29T23:10:00+01:00[Europe/Berlin]", nil),
    ("2024-02-29-by-the-river.markdown", "Rain.", "2024-02-29[Europe/Berlin]", "By The River"),
    ("2024-02-29 By the river.md", "# By the River\n", "2024-02-29[Europe/Berlin]", nil),
    ("note.md", "# February 29, 2024\n\nRain.", "2024-02-29[Europe/Berlin]", "note"),
    ("note.md", "---\ncreated: 2024-02-29\n---\nRain.", "2024-02-29[Europe/Berlin]", "note"),
    (
      "2024-03-01.md", "---\ndate: 2024-02-29\ntime: 8:15 am\n---\nRain.",
      "2024-02-29T08:15:00+01:00[Europe/Berlin]", nil
    ),
    ("2024_02_29.md", "title:: Feb 29th, 2024\n- Rain.", "2024-02-29[Europe/Berlin]", nil),
    (
      "x.org", "#+TITLE: Walk\n#+DATE: <2024-02-29 Thu>\nRain.", "2024-02-29[Europe/Berlin]",
      "Walk"
    ),
  ])
  func `a note has a date and a title`(
    name: String, text: String, date: String, title: String?
  ) throws {
    let taken = try Taken(text, named: name, as: .markdown)
    let draft = try #require(taken.entries.first)
    #expect(draft.date.rfc9557 == date)
    #expect(draft.title == title)
    #expect(taken.report.faults.isEmpty)
  }

  @Test func `days of further headings are named, for a file is an entry`() throws {
    let taken = try Taken(
      "# 2024-01-01\nOne.\n\n# 2024-01-02 Rain\nTwo.\n## Ideas\n", named: "diary.md",
      as: .markdown)
    #expect(taken.entries.map(\.date.day.description) == ["2024-01-01"])
    let note = ImportNote.leftOut("dates of headings within notes")
    #expect(taken.report.notesByKind[note]?.count == 1)
  }

  @Test func `one field shows the order of days and months for all`() throws {
    let folder = try TemporaryFolder()
    for (name, date) in [("a", "3/4/2024"), ("b", "25/12/2024")] {
      try Data("---\ndate: \(date)\n---\nRain.".utf8)
        .write(to: URL(filePath: folder.path + "/\(name).md"))
    }
    let taken = try Taken(path: folder.path, as: .markdown)
    #expect(taken.entries.map(\.date.day.description) == ["2024-04-03", "2024-12-25"])
    #expect(taken.report.notesByKind[.dateOrderAssumed] == nil)
  }

  @Test func `a field that is no date is named`() throws {
    let taken = try Taken(
      "---\ndate: 1732176000\n---\nRain.", named: "note.md", as: .markdown)
    guard case .dateless("1732176000", _)? = taken.report.faults.first?.reason else {
      Issue.record("\(taken.report.faults)")
      return
    }
  }

  /// Though YAML has a comment begin at any mark after a space.
  @Test func `comments in front matter are kept, and a tag or a number is none`() throws {
    let taken = try Taken(
      """
      ---
      # written in hospital
      title: Song #5 is on
      date: 2024-02-29 # first day home
      tags: [a, "b # c"] #from the phone
      people:
        - Sam # the neighbour
        - 'Mara''s' # hers
      mood: "ok" # not really
      place: #river
      ---
      Rain.
      """, named: "note.md", as: .markdown)
    let draft = try #require(taken.entries.first)
    #expect(draft.title == "Song #5 is on")
    #expect(draft.date.day.description == "2024-02-29")
    #expect(draft.tags == ["a", "b # c"])
    #expect(draft.people == ["Sam", "Mara's"])
    #expect(
      draft.text == """
        Rain.

        file name: note
        mood: ok
        place: #river
        comment: written in hospital
        comment: first day home
        comment: from the phone
        comment: the neighbour
        comment: hers
        comment: not really
        """)
  }

  @Test(arguments: ["notes", "notes/2024", "notes/2024/02"])
  func `folders say the day, from wherever they are read`(start: String) throws {
    let folder = try TemporaryFolder()
    let month = folder.path + "/notes/2024/02"
    try FileManager.default.createDirectory(atPath: month, withIntermediateDirectories: true)
    try Data("Rain.".utf8).write(to: URL(filePath: month + "/29.md"))
    let taken = try Taken(path: folder.path + "/" + start, as: .markdown)
    #expect(taken.entries.map(\.date.day.description) == ["2024-02-29"])
    #expect(taken.report.faults.isEmpty)
  }

  @Test func `a date that is none leaves the next, and stays in the text`() throws {
    let taken = try Taken(
      "---\ndate: someday\n---\nRain.", named: "2024-02-29.md", as: .markdown)
    #expect(taken.entries.map(\.date.day.description) == ["2024-02-29"])
    #expect(taken.entries.map(\.text) == ["Rain.\n\ndate: someday"])
  }

  @Test(arguments: [("Ideas", nil), ("1944-13-45 Odd", "1944-13-45")])
  func `a note without a day is brought in all the same, and named`(
    name: String, impossible: String?
  ) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/\(name).md"
    try Data("Notes.".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_709_191_200)], ofItemAtPath: path)
    let taken = try Taken(path: path, as: .markdown)
    let draft = try #require(taken.entries.first)
    #expect(draft.title == name && draft.text == "Notes.")
    #expect(draft.date.rfc9557 == "2024-02-29[Europe/Berlin]")
    #expect(
      taken.report.faults.map(\.reason) == [
        .dateless(impossible: impossible, takenFor: draft.date.day)
      ])
    // The same note with another time is the same entry.
    let first = taken.records.map(\.identity)
    try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
    #expect(try Taken(path: path, as: .markdown).records.map(\.identity) == first)
  }

  @Test(arguments: ["", "\n", "---\n---\n", "-", "- \n-\n", "---\ntitle: Feb 29th, 2024\n---\n\n-"])
  func `an empty day has nothing to keep`(text: String) throws {
    let taken = try Taken(text, named: "2024-02-29.md", as: .markdown)
    #expect(taken.records.isEmpty)
    #expect(taken.report.notesByKind[.empty]?.count == 1)
  }

  @Test(arguments: ["", "\n", " \n\n", "---\n---\n"])
  func `a file of nothing has nothing to keep, whatever its name`(text: String) throws {
    let taken = try Taken(text, named: "Not written yet.md", as: .markdown)
    #expect(taken.records.isEmpty && taken.report.faultCount == 0)
    #expect(taken.report.notesByKind[.empty]?.count == 1)
  }

  @Test func `a title alone is a text`() throws {
    let taken = try Taken("", named: "2024-02-29 Rain.md", as: .markdown)
    #expect(taken.entries.map(\.text) == ["Rain"] && taken.entries.map(\.title) == [nil])
  }

  @Test func `a text is as it was, but for line ends of another system`() throws {
    let lines = ["---\ntags: a\n---\n", "  # One ", "---", "", "<!-- ebb", "", "\t* é\u{301}", ""]
    let text = lines.joined(separator: "\n")
    let plain = try Taken(text, named: "2024-02-29.md", as: .markdown)
    #expect(plain.entries.map(\.text) == ["  # One \n---\n\n<!-- ebb\n\n\t* é\u{301}"])
    let crlf = try Taken(
      "\u{FEFF}" + text.replacing("\n", with: "\r\n"), named: "2024-02-29.md", as: .markdown)
    #expect(crlf.entries == plain.entries)
  }

  @Test(arguments: [
    ([0x52, 0xFC, 0x62] as [UInt8], ImportFault.Reason.notText(byte: 2)),
    ([0x52, 0x00, 0x62], .malformed("it is no text")),
    (
      [UInt8](repeating: 0x61, count: 5_100_000),
      .input(.tooLong(field: "text", bytes: 5_100_001, bytesMax: 4_000_000))
    ),
  ])
  func `what is no note is named`(bytes: [UInt8], reason: ImportFault.Reason) throws {
    let taken = try Taken(bytes: bytes, named: "2024-02-29.md", as: .markdown)
    #expect(taken.records.isEmpty)
    #expect(taken.report.faults.map(\.reason) == [reason])
  }

  @Test func `of a folder all notes are read, and the rest is named`() throws {
    let folder = try TemporaryFolder()
    for (name, text) in [
      ("2024-02-29.md", "One."), ("journals/2024_03_01.org", "* Two."), ("2024/03/02.md", "Three."),
      ("_posts/es/2024-03-03-hola.markdown", "Four."), ("plain/2024-03-04.txt", "Five."),
      ("a/photo.JPG", ""), ("a/b.png", ""), ("voice.m4a", ""), ("style.css", ""),
      (".obsidian/app.json", ""), (".trash/2024-03-05.md", "no"),
      ("logseq/bak/2024-03-06.md", "no"),
    ] {
      let url = URL(filePath: folder.path + "/" + name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    for (name, target) in [("up.md", "/etc/hostname"), ("loop", "."), ("gone.md", "nothing")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/" + name, withDestinationPath: target)
    }
    let taken = try Taken(path: folder.path, as: .markdown)
    #expect(
      Set(taken.entries.map { "\($0.date.day) \($0.text)" }) == [
        "2024-02-29 One.", "2024-03-01 * Two.", "2024-03-02 Three.", "2024-03-03 Four.",
        "2024-03-04 Five.",
      ])
    let counts = taken.report.notesByKind.mapValues(\.count)
    #expect(counts[.media("picture")] == 2 && counts[.media("recording")] == 1)
    #expect(counts[.passedOver("links")] == 3)
    #expect(counts[.passedOver("hidden files and folders")] == 2)
    #expect(counts[.passedOver("Logseq's old copies")] == 1)
    #expect(counts[.passedOver("files that end in .css")] == 1)
    #expect(taken.report.faults.isEmpty)
  }

  @Test func `days and months are in the order that one name of the folder shows`() throws {
    let folder = try TemporaryFolder()
    for name in ["03-04-2024", "05-04-2024", "29-02-2024"] {
      try Data(name.utf8).write(to: URL(filePath: "\(folder.path)/\(name).md"))
    }
    let taken = try Taken(path: folder.path, as: .markdown)
    #expect(
      taken.entries.map(\.date.day.description) == ["2024-04-03", "2024-04-05", "2024-02-29"])
  }
}

/// What Ebb itself has written.
struct MarkdownSectionTests {
  private static func section(_ id: String, _ text: String) -> String {
    """

    <!-- ebb
    kind: entry
    id: \(String(repeating: id, count: 32))
    date: "2024-02-29T08:15:00+01:00[Europe/Berlin]"
    created: 2024-02-29T07:20:00.123Z
    heading: "08:15"
    -->
    ## 08:15

    \(text)

    """
  }

  private static let head = "---\nebb: day\ndate: 2024-02-29\n---\n"

  @Test func `records come back one by one`() throws {
    let text =
      Self.head + Self.section("a", "One.\n\n\n\\<!-- ebb\r\n ") + Self.section("b", "Two.")
    let taken = try Taken(text, named: "2024-02-29.md", as: .markdown)
    let texts = taken.records.map { record -> String? in
      guard case .change(let change) = record.content else { return nil }
      return change.writes.first { $0.register == .text }?.value.text
    }
    #expect(texts == ["One.\n\n\n<!-- ebb\r\n ", "Two."])
    #expect(taken.records.map(\.createdAt) == [1_709_191_200_123, 1_709_191_200_123])
    #expect(taken.records.map(\.place.line) == [6, 21])
    #expect(taken.report.notesByKind.isEmpty && taken.report.faults.isEmpty)
  }

  @Test func `words that somebody has put above them are an entry of that day`() throws {
    let taken = try Taken(
      Self.head + "\nMine.\n" + Self.section("a", "One."), named: "x.md", as: .markdown)
    #expect(taken.entries.map(\.text) == ["Mine.\n"])
    #expect(taken.entries.map(\.date.day.description) == ["2024-02-29"])
    #expect(taken.records.count == 2)
  }

  @Test func `a broken record is named, and the next is read`() throws {
    let good = Self.section("b", "Two.")
    for broken in [
      Self.section("a", "One.").replacing("id: a", with: "id: x"),
      Self.section("a", "One.").replacing("date: \"2024", with: "date: \"0024"),
      Self.section("a", ""), "\n<!-- ebb\nkind: entry\n",
    ] {
      let taken = try Taken(Self.head + broken + good, named: "x.md", as: .markdown)
      #expect(taken.report.faultCount == 1)
      #expect(taken.records.count == (broken.hasSuffix("kind: entry\n") ? 0 : 1))
    }
  }
}

/// The samples beside the project, as their SOURCE.md describes them.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: ProjectFiles.sharedData + "/markdown")))
struct MarkdownSampleTests {
  @Test(arguments: [
    ("turing-vault", 36, 0, 3), ("tracker-diary", 35, 0, 0), ("logseq-journals", 16, 38, 0),
    ("jekyll-news", 55, 0, 0), ("jekyll-test-posts", 28, 0, 0), ("daylio-to-md", 4, 0, 0),
  ])
  func `a folder comes whole`(name: String, count: Int, empty: Int, faults: Int) throws {
    let taken = try Taken(path: "\(ProjectFiles.sharedData)/markdown/\(name)", as: .markdown)
    #expect(taken.records.count == count)
    #expect(taken.report.notesByKind[.empty]?.count ?? 0 == empty)
    #expect(taken.report.faultCount == faults)
    // No letter of a text is lost.
    for (record, draft) in zip(taken.records, taken.entries) {
      let path = "\(ProjectFiles.sharedData)/markdown/\(name)/\(record.place.file)"
      let lines = try String(contentsOf: URL(filePath: path), encoding: .utf8).lines
      let (_, body) = FrontMatter.split(lines, isOrg: path.hasSuffix(".org"))
      for line in body where !line.isBlankText { #expect(draft.text.contains(line)) }
    }
  }
}
