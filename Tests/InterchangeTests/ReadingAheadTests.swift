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
