import Insights
import JournalModel
import TestSupport
import Testing

@testable import JournalCommands

/// The sentences around findings and reviews, held against the same list as the catalogues.
struct InsightsWordingTests {
  private static func sentences() throws -> [String] {
    let day = try #require(CivilDay("2026-11-21"))
    let questions: [QuestionToTake] = [
      .meant(said: "I need space", meant: "hold me"), .stepWithLessFear(title: "Ask"),
      .closeAndAway, .planned(title: "Ask"), .person(name: "Sam"), .anything,
    ]
    let names = QuestionID.allCases.map(Messages.Insights.name)
    return questions.map(Messages.Reviews.question) + names + [
      Messages.Insights.basis(logs: 2, steps: 1), Messages.Insights.howToRead,
      Messages.Insights.nothingFound(QuestionID.allCases), Messages.Insights.notEnough,
      Messages.Insights.tooEarly, Messages.Reviews.isSaved("a1"), Messages.Reviews.savedAnew("a1"),
      Messages.Reviews.notCome(day...day),
      Messages.Reviews.title(.week, day...day), Messages.Reviews.nothing(.year),
      Messages.Reviews.skipped(1), Messages.Reviews.skipped(3), Messages.Reviews.nothingToKeep,
      Messages.Reviews.written, Messages.Reviews.felt, Messages.Reviews.dared,
      Messages.Reviews.inYourWords, Messages.Reviews.toTakeAlong,
      Messages.Reviews.pulls([.away: 1, .torn: 2, .toward: 3]),
    ]
  }

  @Test func `no sentence names causes, judges, diagnoses or promises`() throws {
    for sentence in try Self.sentences() {
      #expect(Tone.refusedWords(in: sentence) == [], "\(sentence)")
    }
  }

  @Test func `every question to take along is one question`() throws {
    let questions = try Self.sentences().prefix(6)
    for question in questions {
      #expect(question.hasSuffix("?"), "\(question)")
      #expect(question.count { $0 == "?" } == 1, "\(question)")
    }
  }

  @Test func `where there is no room for a bar beside its label, it stands below`() throws {
    var generator = SeededGenerator()
    let first = try #require(CivilDay("2026-01-01"))
    let moods = (0..<120).map { number in
      let day = first.adding(days: number)
      var log = MoodFacts(
        id: .random(using: &generator), day: day,
        instantMilliseconds: Int64(day.daysSinceEpoch) * 86_400_000)
      log.score = (number < 60 ? 7 : 2) + number % 2
      return log
    }
    let rendering = InsightsRendering(
      style: Style(isOn: false), columns: 60,
      insights: Insights(JournalFacts(moods: moods, steps: [])))
    let lines = rendering.lines(logs: 120, steps: 0, shortIDs: [:])
    let label = try #require(lines.firstIndex(of: "  2026-01-01 to 2026-03-01"))
    #expect(lines[label + 1] == "    ███████████████       7.50 on average of 60 days")
    #expect(lines[label + 3] == "    █████                 2.50 on average of 60 days")
  }

  @Test func `the scores of a review say in numbers what the bars draw`() throws {
    let first = try #require(CivilDay("2026-11-01"))
    let means = [2.0, 9.96, nil, 5.5]
    #expect(
      Messages.Reviews.scores(.day, from: first, means)
        == "day by day ▁█·▅, from 2026-11-01: 2, 10, –, 5.5")
    #expect(
      Messages.Reviews.scores(.month, from: first, means)
        == "month by month ▁█·▅, from 2026-11: 2, 10, –, 5.5")
  }
}
