import Insights
import JournalModel
import TestSupport
import Testing

struct SignsOverTimeTests {
  /// A log a day; on some of the days on which signs were logged at all, the same sign.
  private func insights(
    days: Int, logged: Range<Int>, isSigned: (_ day: Int) -> Bool
  ) throws -> Insights {
    var generator = SeededGenerator(seed: 1)
    let first = try #require(CivilDay("2025-01-01"))
    let moods = (0..<days).map { number in
      let day = first.adding(days: number)
      var log = MoodFacts(
        id: .random(using: &generator), day: day,
        instantMilliseconds: Int64(day.daysSinceEpoch) * 86_400_000)
      log.score = 5
      if logged.contains(number), isSigned(number) { log.signs = [Sign.distance.rawValue] }
      return log
    }
    return Insights(JournalFacts(moods: moods, steps: []))
  }

  @Test(arguments: [200..<400, 0..<200, 100..<300])
  func `that signs are logged from some day on, or no more, is no change`(logged: Range<Int>) throws
  {
    let insights = try insights(days: 400, logged: logged) { $0 % 2 == 0 }
    #expect(insights.nothingFound.contains(.signs))
  }

  @Test func `a change while signs are logged is told`() throws {
    let insights = try insights(days: 400, logged: 100..<400) { $0 % ($0 < 250 ? 8 : 2) == 0 }
    let found = insights.findings.filter { $0.question == .signs }
    #expect(found.map { $0.text.contains("more frequent about 2025-09-0") } == [true])
  }

  @Test func `too few days with signs are named as missing`() throws {
    let insights = try insights(days: 400, logged: 350..<400) { $0 % 2 == 0 }
    #expect(insights.missing.contains { $0.question == .signs })
  }
}
