import JournalModel
import OperationLog
import Testing

@testable import Interchange

/// The fields before a text hold a record register by register.
struct MarkdownFieldsTests {
  @Test(
    arguments: [
      "calm", "a, b", "a: b", "- x", "\"q\"", "'", "#no", "[x]", "{x}", "-->", "true", "null", "~",
      "1", " lead", "e\u{301}", "\u{1B}[2J", "a\\nb", "x\u{2028}y", "日本語", "|", "a #b", "\u{FEFF}x",
    ])
  func `a name or a text comes back from its field`(text: String) throws {
    var draft = MoodDraft(date: try #require(JournalDate(rfc9557: "2026-11-20[UTC]")))
    draft.score = 6
    draft.said = text
    // Names take less than texts do.
    if let name = try? OneLineName.checked(text, field: "emotion") { draft.emotions = [name, "z"] }
    draft.note = "quiet"
    let id = try #require(RecordID(hexadecimal: String(repeating: "a1", count: 16)))
    let change = try draft.change(record: id, createdAt: 1_700_000_000_123)
    let stamp = Stamp(
      timestamp: Timestamp(milliseconds: 1),
      id: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(1)))
    let state = try #require(
      RecordState(id: id, merging: [StampedChange(stamp: stamp, change: change)]))
    var leftOut: [String: Int] = [:]
    let lines = RecordFields.lines(state, leftOut: &leftOut)
    #expect(leftOut == [:])
    #expect(!lines.joined().contains("-->"))
    let (matter, body) = FrontMatter.split(["---"] + lines + ["---", "quiet"], isOrg: false)
    var report = ImportReport()
    let record = try RecordFields.record(
      matter, body: body.joined(separator: "\n"), place: SourcePlace(file: "x.md"),
      ImportSettings(now: 0, zones: .utc), report: &report)
    guard case .change(let read)? = record?.content else {
      Issue.record("no record was read")
      return
    }
    #expect(read.record == id)
    #expect(read.writes == change.writes.sorted { $0.register < $1.register })
    #expect(report.notesByKind == [:])
  }

  @Test(arguments: [
    "<!-- ebb", "\\<!-- ebb", "\\\\<!-- ebb x", "a\n<!-- ebb\n\\<!-- ebb\r\n b", "\\x",
    "<!-- ebb\n\n",
  ])
  func `a line that looks like a comment of Ebb's is told from one`(text: String) {
    let escaped = MarkdownSection.escaped(text)
    #expect(escaped.lines.allSatisfy { !$0.hasPrefix(MarkdownSection.opening) })
    #expect(escaped.lines.map(MarkdownSection.unescaped).joined(separator: "\n") == text)
  }
}
