import Foundation
import JournalModel
import OperationLog
import TestSupport
import Testing

@testable import Interchange

/// Out of Ebb and back: what a format can hold comes back as it was, whatever it is.
struct RoundTripTests {
  @Test(arguments: SeededGenerator.seeds, ["ebb", "file", "day", "entry"])
  func `JSON and Markdown hold everything`(seed: UInt64, form: String) throws {
    var records = SampleRecords(seed: seed)
    let changes = try records.all()
    var settings = ExportSettings.sample
    settings.grouping = form == "entry" ? .entry : .day
    let read = try roundTrip(
      changes, form == "ebb" ? .ebb : .markdown, isFolder: form == "day" || form == "entry",
      settings)
    expectEqual(read, changes)
  }

  @Test(arguments: SeededGenerator.seeds, [RecordKind.entry, .mood, .step])
  func `a table holds all of one kind`(seed: UInt64, kind: RecordKind) throws {
    var records = SampleRecords(seed: seed)
    let changes = try records.all().filter { $0.kind == kind }
    var settings = ExportSettings.sample
    settings.tableKind = kind
    expectEqual(try roundTrip(changes, .csv, isFolder: false, settings), changes)
  }

  @Test(arguments: SeededGenerator.seeds)
  func `jrnl's text holds day and minute, title, text, star and tags`(seed: UInt64) throws {
    var records = SampleRecords(seed: seed)
    let drafts = try records.forJrnl()
    let changes = try drafts.map { try $0.change(record: records.id(), createdAt: 0) }
    let folder = try TemporaryFolder()
    let path = folder.path + "/diary.txt"
    try export(changes, .jrnl, to: .file(ExportFile(path: path, mayReplace: false)), .sample)
    let read = try Taken(path: path, as: .jrnl)
    #expect(read.report.faults == [])
    #expect(read.entries == drafts)
  }

  @Test func `records whose ids begin alike have a file each`() throws {
    let date = try #require(JournalDate(rfc9557: "2024-02-29T08:15:00+01:00[Europe/Berlin]"))
    let changes = try (1...3).map { last in
      let bytes = Array(repeating: UInt8(7), count: RecordID.count - 1) + [UInt8(last)]
      return try EntryDraft(date: date, text: "Rain \(last).").change(
        record: #require(RecordID(bytes)), createdAt: 0)
    }
    var settings = ExportSettings.sample
    settings.grouping = .entry
    expectEqual(try roundTrip(changes, .markdown, isFolder: true, settings), changes)
  }

  private func roundTrip(
    _ changes: [RecordChange], _ format: ExportFormat, isFolder: Bool, _ settings: ExportSettings
  ) throws -> [RecordChange] {
    let folder = try TemporaryFolder()
    let name = format == .ebb ? "/journal.json" : format == .csv ? "/journal.csv" : "/journal.md"
    let path = folder.path + (isFolder ? "/notes" : name)
    let target: ExportTarget =
      try isFolder
      ? .folder(ExportFolder(path: path, mayReplace: false))
      : .file(ExportFile(path: path, mayReplace: false))
    try export(changes, format, to: target, settings)
    var run = ImportRun(.sample)
    var read: [RecordChange] = []
    // The format is recognised.
    try run.read(ImportSource(path: path), as: nil) { imported in
      #expect(!imported.isTrashed)
      read.append(imported.change)
    }
    #expect(run.formats.map(\.rawValue) == [format.rawValue])
    #expect(run.report.faults == [] && run.report.notesByKind == [:])
    return read
  }

  private func export(
    _ changes: [RecordChange], _ format: ExportFormat, to target: ExportTarget,
    _ settings: ExportSettings
  ) throws {
    var exporter = try format.exporter(to: target, settings)
    for (index, change) in changes.enumerated() {
      let stamp = Stamp(
        timestamp: Timestamp(milliseconds: Int64(index)),
        id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(UInt64(index + 1))))
      let versions = [StampedChange(stamp: stamp, change: change)]
      try exporter.add(
        ExportedRecord(try #require(RecordState(id: change.record, merging: versions))))
    }
    try exporter.finish()
    try target.commit()
    #expect(exporter.leftOut == [:])
  }

  private func expectEqual(_ read: [RecordChange], _ written: [RecordChange]) {
    #expect(read.count == written.count)
    let readByID = Dictionary(read.map { ($0.record, $0) }, uniquingKeysWith: { first, _ in first })
    for change in written {
      let came = readByID[change.record]
      #expect(came?.kind == change.kind)
      #expect(came?.writes.sorted { $0.register < $1.register } == change.writes)
    }
  }
}

extension ExportSettings {
  fileprivate static var sample: ExportSettings {
    ExportSettings(now: ImportSettings.sample.now, zones: ImportSettings.sample.zones)
  }
}

/// Records with everything in them that a format could stumble over.
private struct SampleRecords {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func all() throws -> [RecordChange] {
    try (0..<40).map { _ in
      switch Int.random(in: 0..<3, using: &random) {
      case 0: try entry().change(record: id(), createdAt: created())
      case 1: try mood().change(record: id(), createdAt: created())
      default: try step().change(record: id(), createdAt: created())
      }
    }
  }

  /// What jrnl's text can say: no kinds, ids, journals or zones, and no spaces around a text.
  mutating func forJrnl() throws -> [EntryDraft] {
    try (0..<40).map { _ in
      var draft = EntryDraft(date: try localDate(), text: plainText())
      if Bool.random(using: &random) {
        draft.title = ["Rain", "By the river, 8:15", "日本", "- x", "#1", "\u{326}H"].randomElement(
          using: &random)
      } else {
        draft.text = draft.text.lines.joined(separator: " ")
      }
      draft.isStarred = Bool.random(using: &random)
      if draft.title != nil, Bool.random(using: &random) {
        draft.tags = ["river", "home/garden"]
        draft.text += "\n\n@river @home/garden"
      }
      return draft
    }
  }

  mutating func id() throws -> RecordID {
    let bytes = (0..<RecordID.count).map { _ in
      UInt8.random(in: .min ... .max, using: &random)
    }
    return try #require(RecordID(bytes))
  }

  private mutating func entry() throws -> EntryDraft {
    var draft = EntryDraft(date: try date(), text: text())
    draft.title = maybe { $0.line() }
    draft.tags = names()
    draft.people = names()
    draft.isStarred = Bool.random(using: &random)
    draft.journal = ["default", "work", "a: b"].randomElement(using: &random) ?? "default"
    draft.prompt = maybe { _ in "evening" }
    return draft
  }

  private mutating func mood() throws -> MoodDraft {
    var draft = MoodDraft(date: try date())
    draft.closeness = number(0...10)
    draft.score = maybe { $0.number(1...10) }
    draft.energy = maybe { $0.number(1...10) }
    draft.urge = maybe { $0.number(0...10) }
    draft.pull = maybe { Pull.allCases.randomElement(using: &$0.random) } ?? nil
    draft.scoreBefore = maybe { $0.number(1...10) }
    draft.urgeBefore = maybe { $0.number(0...10) }
    (draft.emotions, draft.tags, draft.people) = (names(), names(), names())
    draft.signs = maybe { _ in ["withdrawal"] } ?? []
    (draft.trigger, draft.said) = (maybe { $0.text() }, maybe { $0.line() })
    (draft.meant, draft.fear) = (maybe { $0.line() }, maybe { $0.text() })
    (draft.action, draft.note) = (maybe { $0.text() }, maybe { $0.text() })
    draft.technique = maybe { _ in "breath" }
    draft.entry = try maybe { try $0.id() }
    return draft
  }

  private mutating func step() throws -> StepDraft {
    var draft = StepDraft(title: line())
    draft.rung = maybe { $0.number(1...5) }
    (draft.due, draft.doneAt) = (try maybe { try $0.date() }, try maybe { try $0.date() })
    (draft.fearBefore, draft.fearAfter) = (maybe { $0.number(0...10) }, maybe { $0.number(0...10) })
    (draft.fearedOutcome, draft.actualOutcome) = (maybe { $0.text() }, maybe { $0.text() })
    draft.isSkipped = Bool.random(using: &random)
    (draft.tags, draft.people) = (names(), names())
    return draft
  }

  private mutating func maybe<Value>(
    _ value: (inout SampleRecords) throws -> Value
  ) rethrows -> Value? {
    try Bool.random(using: &random) ? value(&self) : nil
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func created() -> Int64 {
    Int64.random(in: -2_000_000_000_000...2_000_000_000_000, using: &random)
  }

  private mutating func date() throws -> JournalDate {
    let written = [
      "2024-02-29[Europe/Berlin]", "2024-02-29T08:15:00+01:00[Europe/Berlin]",
      "1660-01-01T21:00:00+00:00[UTC]", "2026-10-25T02:30:00+02:00[Europe/Berlin]",
      "2026-10-25T02:30:00+01:00[Europe/Berlin]", "9999-12-31[Pacific/Kiritimati]",
      "2024-02-29T23:59:59-07:00[-07:00]", "2026-01-01T00:00:00+05:45[Not/Known]",
    ]
    return try #require(written.randomElement(using: &random).flatMap { JournalDate(rfc9557: $0) })
  }

  private mutating func localDate() throws -> JournalDate {
    let written = ["2024-02-29", "2024-02-29T08:15:00+01:00", "2026-07-01T23:59:00+02:00"]
    return try #require(
      written.randomElement(using: &random).flatMap {
        JournalDate(rfc9557: $0 + "[Europe/Berlin]")
      })
  }

  private mutating func names() -> [String] {
    let names = [
      "calm", "a, b", "x|y", "\\", "e\u{301}".precomposedStringWithCanonicalMapping, "日本", "true",
      "null", "- x", "a: b", "\"q\"", "[x]", "-->", "#no", "1", "|",
    ]
    return (0..<number(0...4)).compactMap { _ in names.randomElement(using: &random) }
  }

  private mutating func line() -> String {
    let lines = [
      "Rain", "\"R\" --> x", "a: b # c", "---", "2024-02-29", " lead", "trail ", "null", "## 08:15",
      "<!-- ebb", "| \\ |", "'", "\u{202E}\u{1B}[2J", "日本 💯", "e\u{301}", "=1+1", "\u{326}H", "ﾟ･✿",
      "a;b,c\td",
    ]
    return lines.randomElement(using: &random) ?? "Rain"
  }

  private mutating func text() -> String {
    let lines = (0..<number(1...5)).map { _ in line() + (number(0...4) == 0 ? "\r" : "") }
    let blank = String(repeating: "\n", count: number(0...2))
    // Line ends at its end are no part of a text.
    return (blank + lines.joined(separator: number(0...1) == 0 ? "\n" : "\n\n") + "|")
  }

  private mutating func plainText() -> String {
    let lines = ["Rain.", "a  b", "日本 💯", "8:15 [x] y", "- one", "(2024-01-01) x"]
    return (0..<number(1...3)).compactMap { _ in lines.randomElement(using: &random) }
      .joined(separator: "\n")
  }
}
