import JournalModel
import TestSupport
import Testing

@testable import Insights

/// What findings say is said by a template each; here is every one of them, filled in.
struct WordingTests {
  @Test func `one is told as one`() {
    #expect(Wording.needsDays("a", 1, 1) == "1 day with a (so far 1 day).")
    #expect(Wording.counts(1000, 23_456, "log") == "1,000 logs against 23,456")
    #expect(Wording.mean(5, .urge, count: 1474) == "5.0 on average of 1,474")
  }

  private static let interval = -0.5...1.25

  private static func sentences() throws -> [String] {
    let day = try #require(CivilDay("2026-11-21"))
    let openings =
      [
        Wording.with("Sam"), Wording.closerThanUsual(from: 6), Wording.afterCloserDays(from: 6.5),
      ] + DayPart.allCases.map(Wording.inThe) + (0...6).map(Wording.onDays)
    var sentences: [String] = []
    for measure in Measure.allCases {
      for difference in [-0.5, 0.01] {
        sentences += openings.map {
          Wording.comparison(
            $0, measure, difference, interval, against: Wording.otherLogs,
            counts: Wording.counts(12, 34, "log"))
        }
        sentences.append(
          Wording.practice(
            Wording.anyPractice, measure, difference, interval, practices: 12, others: 1))
      }
      sentences.append(Wording.mean(0.5, measure, count: 3))
    }
    for (before, after) in [(0.1, 0.9), (0.9, 0.1)] {
      sentences.append(
        Wording.level(
          day: day, before: before, after: after, interval, daysBefore: 1, daysAfter: 20))
      sentences += Sign.allCases.map {
        Wording.sign(
          $0, day: day, before: before, after: after, interval, daysBefore: 90, daysAfter: 1)
      }
      sentences.append(
        Wording.steps(
          before: before, after: after, interval, lower: ExactShare(14, of: 16)))
    }
    for company in Isolation.Company.allCases {
      sentences.append(
        Wording.isolation(company, runs: 9, 0.2, interval, with: 20, without: 30))
      sentences += [true, false].map { Wording.company(company, isThere: $0) }
    }
    let empty = Insights(JournalFacts(moods: [], steps: []))
    return sentences + empty.missing.map(\.needs) + [
      Wording.afterOtherDays, Wording.fearBefore, Wording.fearAfter, Wording.share(0.5, days: 3),
      Wording.level(5, days: 3), Wording.after(closer: true), Wording.after(closer: false),
    ]
  }

  @Test func `no sentence names causes, judges, diagnoses or promises`() throws {
    let sentences = try Self.sentences()
    #expect(sentences.count > 150)
    for sentence in sentences { #expect(Tone.refusedWords(in: sentence) == [], "\(sentence)") }
  }

  @Test func `no sentence tells what to do`() throws {
    let advice = ["try", "avoid", "need to", "better to", "consider", "remember to", "do more"]
    for sentence in try Self.sentences() {
      let words = " " + sentence.lowercased() + " "
      #expect(!advice.contains { words.contains(" \($0) ") }, "\(sentence)")
    }
  }

  @Test func `a comparison reads as a plain sentence`() {
    #expect(
      Wording.comparison(
        Wording.with("Sam"), .urge, -2.06, -3.11...(-1), against: Wording.otherLogs,
        counts: Wording.counts(34, 120, "log"))
        == "With Sam, the urge to withdraw was 2.1 points lower than in the other logs of the same "
        + "weeks (95% interval of the difference -3.1 to -1.0; 34 logs against 120).")
    #expect(
      Wording.comparison(
        Wording.closerThanUsual(from: 7), .away, 0.314, 0.2...0.45, against: Wording.otherLogs,
        counts: Wording.counts(1, 2, "log"))
        == "When it felt closer than usual (closeness 7 or more), the pull was away 31 percentage "
        + "points more often than in the other logs of the same weeks (95% interval of the "
        + "difference 20 to 45 percentage points; 1 log against 2).")
  }

  @Test func `a small difference is not rounded to none`() {
    let told = Wording.comparison(
      Wording.with("Sam"), .score, -0.04, -0.07...(-0.01), against: Wording.otherLogs,
      counts: Wording.counts(34, 120, "log"))
    #expect(told.contains("0.04 points lower"))
    #expect(told.contains("95% interval of the difference -0.07 to -0.01;"))
    let practice = Wording.practice(
      "breathing", .urge, 0.04, 0.01...0.07, practices: 12, others: 30)
    #expect(practice.contains("0.04 points further up") && practice.contains("0.01 to 0.07;"))
  }

  @Test(
    arguments: [
      (0, "0.0"), (-0.04, "0.0"), (-0.06, "-0.1"), (9.96, "10.0"), (1.25, "1.3"), (-12.34, "-12.3"),
    ] as [(Double, String)])
  func `numbers have one decimal`(number: Double, text: String) {
    #expect(Wording.decimal(number) == text)
  }

  @Test func `what is missing is told in its unit`() {
    #expect(
      Wording.needsWeeks("a and b", have: 3)
        == "10 weeks that have a and b (so far 3 of 10 weeks).")
    #expect(Wording.needsDays("a score", 84, 1) == "84 days with a score (so far 1 of 84 days).")
    #expect(
      Wording.needsSigns(20, have: 30, days: 84, haveDays: 40).hasSuffix(
        "(so far 30 logs with the most frequent sign, and 40 of 84 days)."))
  }

  @Test func `what is nearest is told first, in weeks where weeks are what lacks`() throws {
    let facts = try SampleJournal(weeks: 4, planted: .hour).facts(seed: 5)
    let insights = Insights(facts)
    #expect(insights.isTooEarly)
    let hour = try #require(insights.missing.first { $0.question == .hour })
    #expect(hour.needs.hasSuffix("(so far 4 of 10 weeks)."))
    let order = insights.missing.map(\.question)
    let place = try #require(order.firstIndex(of: .hour))
    #expect(try #require(order.firstIndex(of: .steps)) > place)
  }

  @Test func `an empty journal says of every question what it needs`() {
    let empty = Insights(JournalFacts(moods: [], steps: []))
    #expect(empty.findings.isEmpty)
    #expect(empty.nothingFound.isEmpty)
    #expect(empty.missing.map(\.question) == QuestionID.allCases)
  }

  @Test func `the same journal gives the same text`() throws {
    let facts = try SampleJournal(weeks: 40, planted: .hour).facts(seed: 5)
    let insights = Insights(facts)
    #expect(!insights.findings.isEmpty)
    #expect(insights == Insights(facts))
    for finding in insights.findings {
      #expect(Set(finding.ids).count == finding.ids.count)
      #expect(finding.n == finding.ids.count || finding.question == .afterCloseness)
    }
  }
}
