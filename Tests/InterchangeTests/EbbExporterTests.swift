import Foundation
import Interchange
import JournalModel
import OperationLog
import TestSupport
import Testing

/// What is exported as Ebb's own JSON is read again register by register.
struct EbbExporterTests {
  @Test func `every field of every kind comes back as it was`() throws {
    try expectEqualAfterwards([entry(), mood(), step()])
  }

  /// As after an erase, or when two machines have taken away values at once.
  @Test func `so does what a new record could not be without`() throws {
    var parts = try [entry(), mood(), step()]
    let needed: Set<RegisterName> = [.text, .score, .closeness, .pull, .urge]
    parts[0].writes.removeAll { needed.contains($0.register) }
    parts[1].writes.removeAll { needed.contains($0.register) }
    parts[2].writes.removeAll { $0.register == .title }
    try expectEqualAfterwards(parts)
  }

  private func expectEqualAfterwards(
    _ written: [RecordChange], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let read = try roundTrip(written)
    #expect(read.map(\.record) == written.map(\.record), sourceLocation: sourceLocation)
    for (was, came) in zip(written, read) {
      #expect(came.kind == was.kind, sourceLocation: sourceLocation)
      #expect(
        came.writes.sorted { $0.register < $1.register }
          == was.writes.sorted { $0.register < $1.register }, sourceLocation: sourceLocation)
    }
  }

  @Test func `no records are an empty array`() throws {
    let folder = try TemporaryFolder()
    #expect(try exported([], in: folder) == "[]\n")
  }

  @Test func `what a later version wrote is named`() throws {
    var change = try entry()
    change.writes.append(RegisterWrite(RegisterName("weather"), .text("rain")))
    let folder = try TemporaryFolder()
    var leftOut: [String: Int] = [:]
    _ = try exported([change], in: folder, leftOut: &leftOut)
    #expect(leftOut == ["weather": 1])
  }

  @Test func `a version of the history says what it wrote`() throws {
    let change = try entry()
    let stamp = try stamp(1)
    let folder = try TemporaryFolder()
    let path = folder.path + "/history.json"
    var settings = ExportSettings(now: 0, zones: .utc)
    settings.withHistory = true
    let target = ExportTarget.file(try ExportFile(path: path, mayReplace: false))
    var exporter = try ExportFormat.ebb.exporter(to: target, settings)
    try exporter.add(
      ExportedRecord(
        state(change, stamp),
        history: [StampedChange(stamp: stamp, change: change)]
      ))
    try exporter.finish()
    try target.commit()
    let data = try Data(contentsOf: URL(filePath: path))
    struct Record: Decodable {
      var history: [Version]

      struct Version: Decodable {
        var version: String
        var current: Bool
        var changes: Changes
      }

      struct Changes: Decodable { var text: String }
    }
    let versions = try JSONDecoder().decode([Record].self, from: data).flatMap(\.history)
    #expect(versions.map(\.version) == [stamp.id.description])
    #expect(versions.map(\.current) == [true])
    #expect(versions.map(\.changes.text) == ["Met @Sam by the #river."])
  }

  private func roundTrip(_ changes: [RecordChange]) throws -> [RecordChange] {
    let folder = try TemporaryFolder()
    _ = try exported(changes, in: folder)
    var run = ImportRun(ImportSettings(now: 0, zones: .utc))
    var read: [RecordChange] = []
    try run.read(ImportSource(path: folder.path + "/journal.json"), as: .ebb) {
      read.append($0.change)
    }
    #expect(run.report.faults == [])
    #expect(run.report.notesByKind == [:])
    return read
  }

  private func exported(_ changes: [RecordChange], in folder: TemporaryFolder) throws -> String {
    var leftOut: [String: Int] = [:]
    let text = try exported(changes, in: folder, leftOut: &leftOut)
    #expect(leftOut == [:])
    return text
  }

  private func exported(
    _ changes: [RecordChange], in folder: TemporaryFolder, leftOut: inout [String: Int]
  ) throws -> String {
    let path = folder.path + "/journal.json"
    let target = ExportTarget.file(try ExportFile(path: path, mayReplace: false))
    var exporter = try ExportFormat.ebb.exporter(to: target, ExportSettings(now: 0, zones: .utc))
    for (index, change) in changes.enumerated() {
      try exporter.add(ExportedRecord(state(change, stamp(index + 1))))
    }
    try exporter.finish()
    try target.commit()
    leftOut = exporter.leftOut
    return try String(contentsOf: URL(filePath: path), encoding: .utf8)
  }

  private func state(_ change: RecordChange, _ stamp: Stamp) throws -> RecordState {
    try #require(
      RecordState(
        id: change.record, merging: [StampedChange(stamp: stamp, change: change)]))
  }

  private func stamp(_ number: Int) throws -> Stamp {
    Stamp(
      timestamp: Timestamp(milliseconds: Int64(number)),
      id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(UInt64(number))))
  }

  private func id(_ digits: String) throws -> RecordID {
    try #require(RecordID(hexadecimal: String(repeating: digits, count: 16)))
  }

  /// In a zone that the rules of these tests do not know.
  private func berlin(_ text: String) throws -> JournalDate {
    try #require(JournalDate(rfc9557: text + "[Europe/Berlin]"))
  }

  private func entry() throws -> RecordChange {
    var draft = EntryDraft(
      date: try berlin("2026-11-21T08:15:00+01:00"), text: "Met @Sam by the #river.")
    draft.title = "By the river"
    draft.tags = ["walk"]
    draft.people = ["Mara"]
    draft.isStarred = true
    draft.journal = "work"
    draft.prompt = "evening"
    return try draft.change(record: id("a1"), createdAt: 1_700_000_000_123)
  }

  private func mood() throws -> RecordChange {
    var draft = MoodDraft(date: try berlin("2026-11-20"))
    (draft.score, draft.energy, draft.closeness, draft.pull, draft.urge) = (6, 5, 0, .torn, 10)
    (draft.scoreBefore, draft.urgeBefore) = (3, 9)
    draft.emotions = ["calm", "a|b"]
    draft.signs = ["withdrawal"]
    (draft.trigger, draft.said, draft.meant) = ("t", "I'm fine", "stay")
    (draft.fear, draft.action, draft.technique) = ("f", "a", "breath")
    draft.note = "two\n\nlines \u{202E}\u{1B}[2J \"quoted\" \\ "
    draft.entry = try id("a1")
    (draft.tags, draft.people) = (["walk"], ["Mara"])
    return try draft.change(record: id("a2"), createdAt: 2)
  }

  private func step() throws -> RecordChange {
    var draft = StepDraft(title: "Call first")
    (draft.rung, draft.fearBefore, draft.fearAfter) = (2, 8, 3)
    draft.due = try berlin("2026-11-22")
    draft.doneAt = try berlin("2026-11-21T20:00:00+01:00")
    (draft.fearedOutcome, draft.actualOutcome) = ("silence", "a long talk")
    (draft.tags, draft.people, draft.isSkipped) = (["phone"], ["Mara"], true)
    return try draft.change(record: id("a3"), createdAt: 3)
  }
}
