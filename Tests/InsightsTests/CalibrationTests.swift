import Foundation
import Insights
import Testing

/// How often findings are shown where there is nothing to find, and where there is.
///
/// `scripts/calibrate` runs the thousand journals that the promise is about; here some of them.
struct CalibrationTests {
  @Test func `a journal in which nothing goes together seldom shows a finding`() throws {
    let count = Self.count(standing: 40)
    var seeds: [UInt64] = []
    var questions: [QuestionID: Int] = [:]
    for seed in 1...UInt64(count) {
      // Half of them of another shape: fewer logs a day, longer, more alike from day to day.
      let plan =
        seed.isMultiple(of: 2)
        ? SampleJournal() : SampleJournal(weeks: 45, logsADay: 1.2, likeness: 0.6)
      let found = Set(Insights(try plan.facts(seed: seed)).findings.map(\.question))
      if !found.isEmpty { seeds.append(seed) }
      for question in found { questions[question, default: 0] += 1 }
    }
    report("without effects: \(seeds.count) of \(count); seeds \(seeds); \(questions)")
    // One in twenty is the promise; of few journals, chance alone may make more.
    let most = count >= 1000 ? count / 20 : 3 + count / 20
    #expect(seeds.count <= most, "seeds \(seeds)")
  }

  /// Over a year of two logs a day, at least eight in ten are found: the stated power. Of few
  /// journals, chance alone may find fewer.
  @Test(arguments: SampleJournal.Effect.allCases)
  func `what is planted is found`(effect: SampleJournal.Effect) throws {
    let count = Self.count(standing: 4, divisor: 20)
    let question = try #require(Self.questions[effect])
    var found = 0
    for seed in 1...UInt64(count) {
      let plan = SampleJournal(weeks: 52, planted: effect)
      let insights = Insights(try plan.facts(seed: seed))
      if insights.findings.contains(where: { $0.question == question }) { found += 1 }
    }
    report("\(effect): \(found) of \(count)")
    #expect(found * 10 >= count * (count >= 50 ? 8 : 5))
  }

  private static let questions: [SampleJournal.Effect: QuestionID] = [
    .person: .person, .pullByCloseness: .pullByCloseness, .afterCloseness: .afterCloseness,
    .hour: .hour, .weekday: .weekday, .moodLevel: .moodLevel, .signs: .signs, .steps: .steps,
    .practice: .practice, .isolation: .isolation,
  ]

  private static func count(standing: Int, divisor: Int = 1) -> Int {
    let wanted = ProcessInfo.processInfo.environment["EBB_CALIBRATION_JOURNALS"].flatMap(Int.init)
    return wanted.map { max($0 / divisor, standing) } ?? standing
  }

  private func report(_ line: String) {
    if ProcessInfo.processInfo.environment["EBB_CALIBRATION_JOURNALS"] != nil { print(line) }
  }
}
