import Foundation
import Insights
import JournalModel
import TestSupport
import Testing

/// One person's 1,476 self-ratings over 238 days, which others have studied.
///
/// Kossakowski, Groot, Haslbeck, Borsboom, Wichers, "Data from ‘Critical Slowing Down as a
/// Personalized Early Warning Signal for Depression’", Journal of Open Psychology Data 5:1, 2017.
@Suite(.enabled(if: Ratings.areHere))
struct KnownAnswerTests {
  @Test func `the means of the phases of the study`() throws {
    let rows = try Ratings.rows()
    let means = (1...5).map { phase in
      Averages.mean(rows.filter { $0.phase == phase }.compactMap { $0.down.map { 4 - $0 } })
    }
    for (mean, known) in zip(means, [3.93, 4.02, 3.94, 3.82, 3.65]) {
      #expect(abs(try #require(mean) - known) < 0.005)
    }
  }

  @Test func `low mood has one change of level, in the week of 2012-12-19`() throws {
    let levels = try insights { $0.down.map { 4 - $0 } }.findings
      .filter { $0.question == .moodLevel }
    #expect(levels.count == 1)
    let level = try #require(levels.first)
    #expect(level.text.contains("about 2012-12-19"))
    #expect(level.interval.upperBound < 0)
    #expect(level.ids.count == 1474)
  }

  @Test func `cheerfulness has no change of level`() throws {
    let insights = try insights(\.cheerful)
    #expect(!insights.findings.contains { $0.question == .moodLevel })
    #expect(insights.nothingFound.contains(.moodLevel))
  }

  private func insights(_ score: (Ratings.Row) -> Double?) throws -> Insights {
    var generator = SeededGenerator(seed: 1)
    let moods = try Ratings.rows().compactMap { row -> MoodFacts? in
      guard let score = score(row) else { return nil }
      let day = try #require(CivilDay(String(row.time.prefix(10))))
      let hour = try #require(Int(row.time.dropFirst(11).prefix(2)))
      let minute = try #require(Int(row.time.dropFirst(14).prefix(2)))
      var facts = MoodFacts(
        id: RecordID.random(using: &generator), day: day, hour: hour,
        instantMilliseconds: Int64((day.daysSinceEpoch * 1440 + hour * 60 + minute) * 60_000))
      facts.score = Int(score)
      return facts
    }
    return Insights(
      JournalFacts(
        moods: moods.sorted { $0.instantMilliseconds < $1.instantMilliseconds }, steps: []))
  }
}

private enum Ratings {
  static let path = ProjectFiles.sharedData + "/ema/esm-mood.jsonl"
  static var areHere: Bool { FileManager.default.fileExists(atPath: path) }

  struct Row {
    var time: String
    var phase: Int
    var down: Double?
    var cheerful: Double?
  }

  static func rows() throws -> [Row] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      let read = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
      return Row(
        time: read.time, phase: read.phase, down: read.items["mood_down"] ?? nil,
        cheerful: read.items["mood_cheerf"] ?? nil)
    }
  }

  private struct Line: Decodable {
    var time: String
    var phase: Int
    var items: [String: Double?]
  }
}
