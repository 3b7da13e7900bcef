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
