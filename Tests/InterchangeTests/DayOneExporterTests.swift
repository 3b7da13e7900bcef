import Foundation
import JournalModel
import OperationLog
import TestSupport
import Testing

@testable import Interchange

/// What is written for Day One is read again as it was, and is what Day One reads.
@Suite struct DayOneExporterTests {
  @Test func `every field of an entry comes back as it was`() throws {
    let berlin = ImportSettings.sample.zones
    var full = EntryDraft(
      date: try #require(
        JournalDate(unixMilliseconds: 1_795_258_800_000, in: "Pacific/Auckland", berlin)),
      text: "# Not the title\n\nEscaped\\. #river with @Mara\n")
    full.title = "By the river"
    full.tags = ["river", "two words"]
    full.people = ["Sam Smith"]
    full.isStarred = true
    full.journal = "walks/2026"
    full.prompt = "evening-1"
    var day = EntryDraft(
      date: try #require(
        JournalDate(
          day: CivilDay("2024-02-29") ?? CivilDay(clampingDaysSinceEpoch: 0), in: "+05:30", berlin)
      ), text: "\u{202E}naughty\u{0007} \"quotes\" \\ 🐟")
    day.journal = "Walks-2026"
    let plain = EntryDraft(
      date: try #require(JournalDate(unixMilliseconds: -1, in: nil, berlin)), text: "x")
    let drafts = [full, day, plain]
    let states = try drafts.enumerated().map { index, draft in
      try state(draft.change(record: id(UInt8(index + 1)), createdAt: 1_700_000_000_123))
    }
    let (path, folder, leftOut) = try exported(states)
    #expect(leftOut.isEmpty)
    let taken = try Taken(path: path, as: .dayone)
    #expect(taken.report.faults.isEmpty && taken.report.notesByKind.isEmpty)
    for (index, draft) in drafts.enumerated() {
      let record = try #require(
        taken.records.first { $0.identity == .record(try id(UInt8(index + 1))) })
      let was = try draft.change(record: id(9), createdAt: 1_700_000_000_123)
      guard case .entry(let read) = record.content else { continue }
      let came = try read.change(record: id(9), createdAt: try #require(record.createdAt))
      #expect(came.writes == was.writes)
    }
    withExtendedLifetime(folder) {}
  }

  @Test func `what was in the trash comes back into it`() throws {
    let date = try #require(JournalDate(rfc9557: "2024-02-29[Europe/Berlin]"))
    var change = try EntryDraft(date: date, text: "x").change(record: id(1), createdAt: 0)
    let seen = [OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(1))]
    change.writes.append(RegisterWrite(.trashed, .boolean(true), seen: seen))
    let (path, folder, _) = try exported([state(change)])
    #expect(try Taken(path: path, as: .dayone).records.map(\.isTrashed) == [true])
    withExtendedLifetime(folder) {}
  }

  @Test func `Day One finds a title on the first line, people among the tags`() throws {
    var draft = EntryDraft(
      date: try #require(JournalDate(rfc9557: "2026-11-21[Europe/Berlin]")), text: "Words.")
    draft.title = "By the river"
    draft.people = ["Sam"]
    draft.tags = ["home"]
    let (path, folder, _) = try exported([
      state(draft.change(record: id(171), createdAt: 0))
    ])
    let archive = try ZipArchive(ZipFileBytes(path: path))
    #expect(archive.entries.map(\.name) == ["Journal.json"])
    let bytes = try archive.contents(of: archive.entries[0])
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let entry = try #require((json["entries"] as? [[String: Any]])?.first)
    #expect(entry["text"] as? String == "# By the river\n\nWords.")
    #expect(entry["tags"] as? [String] == ["home", "@Sam"])
    #expect(entry["uuid"] as? String == String(repeating: "AB", count: 16))
    #expect(entry["creationDate"] as? String == "2026-11-21T11:00:00Z")
    #expect(entry["isAllDay"] as? Bool == true && entry["timeZone"] as? String == "Europe/Berlin")
    withExtendedLifetime(folder) {}
  }

  @Test func `no entries are an archive all the same`() throws {
    let (path, folder, _) = try exported([])
    let taken = try Taken(path: path, as: .dayone)
    #expect(taken.records.isEmpty && taken.report.faults.isEmpty)
    withExtendedLifetime(folder) {}
  }

  @Test func `moods and steps have no place there`() {
    #expect(!ExportFormat.dayone.holds(.mood) && !ExportFormat.dayone.holds(.step))
    #expect(ExportFormat.dayone.holds(.entry) && ExportFormat.ebb.holds(.mood))
  }

  private func exported(
    _ states: [RecordState]
  ) throws -> (path: String, TemporaryFolder, leftOut: [String: Int]) {
    let folder = try TemporaryFolder()
    let path = folder.path + "/journal.zip"
    let target = ExportTarget.file(try ExportFile(path: path, mayReplace: false))
    var exporter = try ExportFormat.dayone.exporter(
      to: target, ExportSettings(now: 1_795_258_800_000, zones: ImportSettings.sample.zones))
    for state in states { try exporter.add(ExportedRecord(state)) }
    try exporter.finish()
    try target.commit()
    return (path, folder, exporter.leftOut)
  }

  private func state(_ change: RecordChange) throws -> RecordState {
    let stamp = Stamp(
      timestamp: Timestamp(milliseconds: 1_795_258_800_000),
      id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(1)))
    return try #require(
      RecordState(id: change.record, merging: [StampedChange(stamp: stamp, change: change)]))
  }

  private func id(_ byte: UInt8) throws -> RecordID {
    try #require(RecordID(Array(repeating: byte, count: RecordID.count)))
  }
}
