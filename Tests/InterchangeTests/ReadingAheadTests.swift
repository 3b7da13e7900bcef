import Foundation
import JournalModel
import TestSupport
import Testing

@testable import Interchange

struct ReadingAheadTests {
  private struct Enough: Error {}

  /// More than may wait between the two threads.
  private static let many = 5_000

  @Test func `records arrive in the order of the source, and then the report`() throws {
    let source = try Source(lines: Self.lines + ["{"])
    var texts: [String] = []
    let run = try ImportRun.readingAhead([source.file], as: nil, .sample) {
      texts.append($0.change.writes.first { $0.register == .text }?.value.text ?? "")
    }
    #expect(texts == (1...Self.many).map { "Words \($0)" })
    #expect(run.formats == [.jsonl])
    #expect(run.report.faults.map(\.place.line) == [Self.many + 1])
  }

  @Test(arguments: [1, 64, 65, many]) func `who takes can end the reading`(count: Int) throws {
    let source = try Source(lines: Self.lines)
    var taken = 0
    #expect(throws: Enough.self) {
      _ = try ImportRun.readingAhead([source.file], as: nil, .sample) { _ in
        taken += 1
        if taken == count { throw Enough() }
      }
    }
    #expect(taken == count)
  }

  @Test func `a source that cannot be taken is told after what came before it`() throws {
    let good = try Source(lines: Self.lines)
    let bad = try Source(lines: ["{\"entries\": ["])
    var taken = 0
    #expect(throws: ImportError.self) {
      _ = try ImportRun.readingAhead([good.file, bad.file], as: nil, .sample) { _ in taken += 1 }
    }
    #expect(taken == Self.many)
  }

  @Test(arguments: [
    (#"[{"date":"2026-11-21","text":"good"},{"text":"bad"}]"#, ImportFormat.ebb),
    (
      #"{"metadata":{},"entries":[{"creationDate":"2026-11-21T07:15:00Z","text":"good"},7]}"#,
      ImportFormat.dayone
    ),
    (
      #"{"tags":{},"entries":[{"title":"good","body":"","date":"2026-11-21"},7]}"#,
      ImportFormat.jrnl
    ),
    (
      #"{"customMoods":[],"dayEntries":[{"datetime":1795245300123,"mood":1},8]}"#,
      ImportFormat.daylio
    ),
  ])
  func `a document with a bad place is refused, and lines are not`(
    document: String, format: ImportFormat
  ) throws {
    let bad = try Source(lines: [document])
    let lines = try Source(lines: ["{\"date\":\"2026-01-01\",\"text\":\"Words\"}", "{"])
    let refused = try ImportRun.readingAhead([bad.file, lines.file], as: nil, .sample) { _ in }
    #expect(refused.formats == [format, .jsonl] && refused.isRefused)
    #expect(refused.report.faults.count == 2)
    let taken = try ImportRun.readingAhead([lines.file], as: nil, .sample) { _ in }
    #expect(taken.report.faults.count == 1 && !taken.isRefused)
  }

  private static let lines = (1...many).map { "{\"date\":\"2026-01-01\",\"text\":\"Words \($0)\"}" }
}

/// A file that lasts as long as the test.
private struct Source {
  let folder: TemporaryFolder
  let file: ImportSource

  init(lines: [String]) throws {
    folder = try TemporaryFolder()
    let path = folder.path + "/source.json"
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    file = try ImportSource(path: path)
  }
}
