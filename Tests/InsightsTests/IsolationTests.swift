import Insights
import JournalModel
import TestSupport
import Testing

struct IsolationTests {
  /// Weeks of five logs of keeping away and then one of something else, on a day each.
  private func insights(_ change: (inout MoodFacts) -> Void) throws -> Insights {
    var generator = SeededGenerator(seed: 1)
    let first = try #require(CivilDay("2025-01-06"))
    let moods = (0..<30 * 7).compactMap { number -> MoodFacts? in
      guard number % 7 < 6 else { return nil }
      let day = first.adding(days: number)
      var log = MoodFacts(
        id: .random(using: &generator), day: day,
        instantMilliseconds: Int64(day.daysSinceEpoch) * 86_400_000)
      log.score = 5
      if number % 7 < 5 {
        log.pull = .away
        log.people = ["Sam"]
      } else {
        change(&log)
      }
      return log
    }
    return Insights(JournalFacts(moods: moods, steps: []))
  }

  @Test func `a log of another pull ends a run`() throws {
    let insights = try insights { $0.pull = .toward }
    #expect(insights.findings.contains { $0.question == .isolation })
  }

  @Test func `a log of a mood alone ends none`() throws {
    let insights = try insights { _ in }
    #expect(insights.missing.contains { $0.question == .isolation })
  }
}
