import Foundation
import JournalModel
import OperationLog
import TestSupport
import Testing

@testable import Interchange

@Suite struct JrnlTests {
  @Test func `an entry is a date in brackets, a title, and lines`() throws {
    let taken = try Taken(
      """
      [2026-11-20 08:15] By the river. *
      Went @home with @Mara.

      [1] a footnote
      [2026-11-21 09:00:30 PM] One. Two.

      [21.11.2026 22:00] One. Two.
      """, named: "sample.txt", as: .jrnl)
    #expect(taken.entries.map(\.title) == ["By the river.", nil, nil])
    #expect(
      taken.entries.map(\.text)
        == ["Went @home with @Mara.\n\n[1] a footnote", "One. Two.", "One. Two."])
    #expect(taken.entries.map(\.isStarred) == [true, false, false])
    #expect(taken.entries.map(\.tags) == [["home", "mara"], [], []])
    #expect(taken.entries.map(\.date.time?.hour) == [8, 21, 22])
    #expect(taken.records.map(\.place.line) == [1, 5, 7])
    #expect(taken.report.faults.isEmpty)
    #expect(taken.report.notesByKind[.zoneAssumed(nil)]?.count == 3)
  }

  @Test(arguments: [
    ("2019-07-08 05:42", 2019, 7, 8, 342), ("2019-07-08", 2019, 7, 8, nil),
    ("2020-08-31 02:32:00 PM", 2020, 8, 31, 872), ("2019-07-08T05:42:00", 2019, 7, 8, 342),
    ("2019-07-08 12:05am", 2019, 7, 8, 5), ("2019-07-08 12:05 pm", 2019, 7, 8, 725),
    ("09.06.2013 15:39", 2013, 6, 9, 939), ("June 9, 2013 at 3:39 PM", 2013, 6, 9, 939),
    ("Sun 9th Jun 2013 15:39", 2013, 6, 9, 939), ("2013/06/09 15:39", 2013, 6, 9, 939),
  ])
  func `dates are read as their owner chose to write them`(
    text: String, year: Int, month: Int, day: Int, minute: Int?
  ) throws {
    let date = try #require(JrnlDate(text))
    #expect(date.day == .known(year: year, month: month, day: day))
    #expect(date.secondOfDay.map { $0 / 60 } == minute)
  }

  @Test(arguments: [
    "1", "this", "the hope was belied.", "x", "TODO", "2019", "12345678", "2019-07", "25:00 2019",
    "12 monkeys 2019", "July", "09-06-13", "2019-07-08 later", "2019-07-08 2019-07-08",
    "99999-01-01", "٢٠١٩-٠٧-٠٨", "", "::",
  ])
  func `what is no date in brackets is text`(text: String) {
    #expect(JrnlDate(text)?.day == nil)
  }

  @Test func `day and month are told apart by the file, or it is noted`() throws {
    let shown = try Taken(
      "[03/04/2019 08:00] One\n[25/04/2019 08:00] Two\n", named: "sample.txt", as: .jrnl)
    #expect(shown.entries.map(\.date.day.description) == ["2019-04-03", "2019-04-25"])
    let open = try Taken("[03/04/2019 08:00] One\n", named: "sample.txt", as: .jrnl)
    #expect(open.entries.map(\.date.day.description) == ["2019-03-04"])
    #expect(open.report.notesByKind.keys.contains { $0.name == "dateTaken" })
  }

  @Test func `a day that does not exist is named, and its words are kept`() throws {
    let taken = try Taken(
      "[2019-07-08 05:42] One\n[1944-13-45 08:00] Two\nmore\n", named: "sample.txt", as: .jrnl)
    #expect(taken.entries.map(\.text) == ["[1944-13-45 08:00] Two\nmore"])
    #expect(taken.report.faults.map(\.place.line) == [2])
  }

  @Test func `so is a time that does not exist`() throws {
    let taken = try Taken(
      "[2019-07-08 05:42] One\n[2019-07-09 25:00] Two\n[2019-07-09 10:75] Three\n[25:99] x\n",
      named: "sample.txt", as: .jrnl)
    #expect(taken.entries.count == 1)
    #expect(
      taken.entries.first?.text
        == "[2019-07-09 25:00] Two\n[2019-07-09 10:75] Three\n[25:99] x")
    #expect(taken.report.faults.map(\.place.line) == [2, 3])
  }

  @Test func `text before the first date is an entry of the file's day, and named`() throws {
    let taken = try Taken(
      "\nlost\nand more\n[2019-07-08 05:42] One\n", named: "sample.txt", as: .jrnl)
    #expect(taken.entries.map(\.text) == ["and more", "One"])
    #expect(taken.entries.map(\.title) == ["lost", nil])
    let day = try #require(taken.entries.first).date.day
    #expect(
      taken.report.faults == [
        .init(
          place: .init(file: "sample.txt", line: 2),
          reason: .dateless(impossible: nil, takenFor: day))
      ])
  }

  @Test func `an entry with a wrong byte is left, and the others are taken`() throws {
    let bytes =
      Array("[2019-07-08 05:42] One\ncaf".utf8) + [0xE9] + Array("\n[2019-07-09 05:42] Two".utf8)
    let taken = try Taken(bytes: bytes, named: "sample.txt", as: .jrnl)
    #expect(taken.entries.map(\.text) == ["Two"])
    #expect(taken.report.faults.map(\.place.line) == [2])
    #expect(taken.report.faults.map(\.reason) == [.notText(byte: 4)])
  }

  @Test func `line ends of Windows and a byte order mark are no text`() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array("[2019-07-08 05:42] One\r\nTwo\r\n".utf8)
    let taken = try Taken(bytes: bytes, named: "sample.txt", as: .jrnl)
    #expect(taken.entries.map(\.title) == ["One"] && taken.entries.map(\.text) == ["Two"])
  }

  @Test func `a long first line is a paragraph, no title`() throws {
    let line = String(repeating: "word ", count: 60) + "end"
    let taken = try Taken("[2019-07-08 05:42] \(line)\n\nmore\n", named: "a.txt", as: .jrnl)
    #expect(taken.entries.map(\.title) == [nil])
    #expect(taken.entries.map(\.text) == ["\(line)\n\nmore"])
  }

  @Test(arguments: [
    Array("JRNLv3".utf8) + [0, 32], Array("gAAAAABf1234_-abc==".utf8),
    // As the first version of jrnl left them: nothing but noise.
    (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 7 &* 31) },
  ])
  func `an encrypted journal is refused`(bytes: [UInt8]) {
    #expect {
      try Taken(bytes: bytes, named: "a.journal", as: .jrnl)
    } throws: { error in
      if case .encrypted = error as? ImportError { true } else { false }
    }
  }

  @Test(arguments: [
    ("notes.txt", "Just some words.\n"), ("a.md", "# Title\n[2019-07-08 05:42] One\n"),
    ("a.json", #"{"entries":[{"creationDate":"2019-07-08T00:00:00Z","text":"x"}]}"#), ("b.txt", ""),
  ])
  func `other files are not taken for jrnl's`(name: String, text: String) {
    #expect(throws: ImportError.self) { try Taken(text, named: name, as: .jrnl) }
  }

  @Test func `the file's name is the day in a folder, and other files are named`() throws {
    let folder = try TemporaryFolder()
    let month = folder.path + "/2020/08"
    try FileManager.default.createDirectory(atPath: month, withIntermediateDirectories: true)
    try Data("[09:15] One\n[2019-01-01 10:00] Two\n".utf8).write(
      to: URL(filePath: month + "/29.txt"))
    try Data("x".utf8).write(to: URL(filePath: folder.path + "/notes.txt"))
    let taken = try Taken(path: folder.path, as: .jrnl)
    #expect(taken.entries.map(\.date.day.description) == ["2020-08-29", "2020-08-29"])
    #expect(taken.records.map(\.place.file) == ["2020/08/29.txt", "2020/08/29.txt"])
    #expect(taken.report.notesByKind.keys.contains { $0.name == "passedOver" })
  }
}

/// What jrnl finds in the text that is written for it.
struct JrnlExporterTests {
  private static let asterisks = "asterisks at the end of a first line"

  @Test(arguments: [
    ("A *bold* word", "A *bold* word", false), ("Rain *", "Rain", true),
    ("*Rain* ** *", "Rain", true), ("***", "---", true), ("* Rain", "* Rain", false),
    ("Rain *\u{2028}more", "Rain * more", false), ("Rain*\t", "Rain", true),
  ])
  func `a first line is not starred by asterisks of its own`(
    title: String, written: String, isTold: Bool
  ) throws {
    var draft = try draft("Text.")
    draft.title = title
    let (text, leftOut) = try exported(draft)
    #expect(text == "[2024-02-29 08:15] \(written)\nText.\n")
    #expect(leftOut == (isTold ? [Self.asterisks: 1] : [:]))
  }

  @Test(arguments: [
    ("Rain", "Rain *", false), ("Rain *", "Rain *", true), ("*So* it is", "So* it is *", true),
    ("**", "--- *", true), ("One\u{1C}two", "One two *", false),
  ])
  func `asterisks at the ends of a starred line are told, for jrnl takes them away`(
    title: String, written: String, isTold: Bool
  ) throws {
    var draft = try draft("Text.")
    draft.title = title
    draft.isStarred = true
    let (text, leftOut) = try exported(draft)
    #expect(text == "[2024-02-29 08:15] \(written)\nText.\n")
    #expect(leftOut == (isTold ? [Self.asterisks: 1] : [:]))
  }

  @Test func `tags and people are words that jrnl takes for one`() throws {
    var draft = try draft("Home with @sam, and #river: @garden")
    draft.tags = ["river", "garden", "long walk", "C++", "a.b", "…", "Sam"]
    draft.people = ["Sam", "Ann-Marie", "Dr. Who"]
    let (text, leftOut) = try exported(draft)
    #expect(
      text == """
        [2024-02-29 08:15] Home with @sam, and #river: @garden

        #C++ #a_b #long_walk @Ann-Marie @Dr_Who

        """)
    #expect(leftOut == ["characters of tags": 1, "characters of people": 1])
  }

  @Test func `what could begin another entry is indented`() throws {
    let (text, leftOut) = try exported(
      draft("One\r[2020-01-01 10:00] x\r\n[2020-01-01\n10:00] y\n[z]\n[1]: u\n[open"))
    #expect(
      text == """
        [2024-02-29 08:15] One
         [2020-01-01 10:00] x
         [2020-01-01
        10:00] y
        [z]
        [1]: u
         [open

        """)
    #expect(leftOut == [:])
  }

  private func draft(_ text: String) throws -> EntryDraft {
    let date = try #require(JournalDate(rfc9557: "2024-02-29T08:15:00+01:00[Europe/Berlin]"))
    return EntryDraft(date: date, text: text)
  }

  private func exported(_ draft: EntryDraft) throws -> (text: String, leftOut: [String: Int]) {
    let folder = try TemporaryFolder()
    let path = folder.path + "/diary.txt"
    let target = ExportTarget.file(try ExportFile(path: path, mayReplace: false))
    let sample = ImportSettings.sample
    let settings = ExportSettings(now: sample.now, zones: sample.zones)
    var exporter = try ExportFormat.jrnl.exporter(to: target, settings)
    let id = try #require(RecordID(Array(repeating: 7, count: RecordID.count)))
    let stamp = Stamp(
      timestamp: Timestamp(milliseconds: 0),
      id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(1)))
    let versions = [StampedChange(stamp: stamp, change: try draft.change(record: id, createdAt: 0))]
    try exporter.add(ExportedRecord(try #require(RecordState(id: id, merging: versions))))
    try exporter.finish()
    try target.commit()
    return (try String(contentsOfFile: path, encoding: .utf8), exporter.leftOut)
  }
}

/// Against what jrnl itself prints for the same file.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: ProjectFiles.sharedData + "/jrnl")))
struct JrnlReferenceTests {
  private static let folder = ProjectFiles.sharedData + "/jrnl/"

  struct Reference: Decodable {
    var entries: [Entry]

    struct Entry: Decodable {
      var title: String
      var body: String
      var date: String
      var time: String
      var tags: [String]
      var starred: Bool
    }
  }

  private static func reference(_ name: String) throws -> [Reference.Entry] {
    let data = try Data(contentsOf: URL(filePath: folder + name))
    return try JSONDecoder().decode(Reference.self, from: data).entries
  }

  @Test(arguments: [
    ("basic_folder", "basic_folder.jrnl.json"), ("basic_onefile.journal", nil),
    ("brackets.journal", nil), ("deletion.journal", nil), ("jrnl-render-example.txt", nil),
    ("little_endian_dates.journal", nil), ("multiline.journal", nil), ("simple.journal", nil),
    ("tags.journal", nil), ("pepys-1660-1661.in.txt", "pepys-1660-1661.jrnl.json"),
    ("pepys-1660-1661.jrnl.txt", "pepys-1660-1661.jrnl.json"),
    ("luxun-1912-ddmmyyyy.in.txt", "luxun-1912-ddmmyyyy.jrnl.json"),
    ("luxun-1912-ddmmyyyy.jrnl.txt", "luxun-1912-ddmmyyyy.jrnl.json"),
  ])
  func `what jrnl reads is read`(name: String, reference: String?) throws {
    let taken = try Taken(path: Self.folder + name, as: .jrnl)
    #expect(taken.report.faults.isEmpty)
    try compare(taken.entries, Self.reference(reference ?? name + ".jrnl.json"))
  }

  @Test(arguments: [
    "basic_folder", "basic_onefile.journal", "brackets.journal", "deletion.journal",
    "jrnl-render-example.txt", "little_endian_dates.journal", "multiline.journal", "simple.journal",
    "simple_jrnl-1-9-5.journal", "tags.journal", "pepys-1660-1661", "luxun-1912-ddmmyyyy",
  ])
  func `what jrnl prints as JSON is read`(name: String) throws {
    let taken = try Taken(path: Self.folder + name + ".jrnl.json", as: .jrnl)
    #expect(taken.report.faults.isEmpty)
    try compare(taken.entries, Self.reference(name + ".jrnl.json"))
  }

  /// jrnl 4 knows dates in brackets only and drops what stands before the first of them, without a
  /// word: two entries as jrnl 1.9 wrote them. They are somebody's entries, so here they are read.
  @Test func `entries from before there were brackets are not lost`() throws {
    let taken = try Taken(path: Self.folder + "simple_jrnl-1-9-5.journal", as: .jrnl)
    #expect(
      taken.entries.map(\.date.day.description) == ["2010-06-10", "2013-06-10", "2019-08-03"])
    #expect(taken.entries.first?.text == "A life without chocolate is like a bad analogy.")
    #expect(taken.entries[1].title == #"He said "[this] is the best time to be alive"."#)
    #expect(taken.report.faults.isEmpty)
    try compare(
      Array(taken.entries.dropFirst(2)), Self.reference("simple_jrnl-1-9-5.journal.jrnl.json"))
  }

  @Test func `an empty journal has nothing to bring`() throws {
    let taken = try Taken(path: Self.folder + "work.journal", as: .jrnl)
    #expect(taken.records.isEmpty && taken.report.faults.isEmpty)
  }

  /// jrnl prints the oldest first. A title that is too long for one stays in the text.
  private func compare(_ entries: [EntryDraft], _ reference: [Reference.Entry]) throws {
    func line(_ parts: [String]) -> String { parts.joined(separator: "|") }
    let ours = entries.map { entry -> String in
      let time = entry.date.time?.description.prefix(5) ?? ""
      let words = [entry.title, entry.text].compactMap { $0 }.joined(separator: " ")
      return line([
        entry.date.day.description, String(time), entry.isStarred ? "*" : "",
        entry.tags.sorted().joined(separator: ","), words.oneSpaced,
      ])
    }
    let theirs = reference.map { entry in
      line([
        entry.date, entry.time, entry.starred ? "*" : "",
        entry.tags.map { String($0.dropFirst()) }.sorted().joined(separator: ","),
        (entry.title + " " + entry.body).oneSpaced,
      ])
    }
    #expect(ours.count == theirs.count)
    #expect(Set(ours) == Set(theirs))
    let titled = Dictionary(
      reference.map { ($0.title, $0.body) }, uniquingKeysWith: { first, _ in first })
    for entry in entries {
      guard let title = entry.title, let body = titled[title] else { continue }
      // Several entries can have one title; their words were compared above.
      if reference.count(where: { $0.title == title }) == 1 { #expect(entry.text == body) }
    }
    let titles = Set(reference.map(\.title))
    #expect(entries.compactMap(\.title).allSatisfy(titles.contains))
  }
}

extension String {
  fileprivate var oneSpaced: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
