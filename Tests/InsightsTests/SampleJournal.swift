import Foundation
import Insights
import JournalModel
import TestSupport
import Testing

/// A made-up journal of somebody whose days are like the days before, as days are, and in which
/// nothing has to do with anything but what is planted.
struct SampleJournal {
  var weeks = 30
  var logsADay = 2.0
  /// How alike one day's level is to the day before, 0 to 1.
  var likeness = 0.5
  var planted: Effect?

  /// What can be planted. Sizes are of the scale: points of mood, urge or fear, or a chance.
  enum Effect: String, CaseIterable, Sendable {
    /// Mood 2 points higher in logs about Sam.
    case person
    /// The pull away more often by 40 of 100 from closeness 6 on.
    case pullByCloseness
    /// The urge 4 points higher on the two days after one of closeness 6 or more on average.
    case afterCloseness
    /// Mood 1.5 points lower in the evening.
    case hour
    /// Mood 1.5 points lower on Mondays.
    case weekday
    /// Mood 1.5 points lower from the middle on.
    case moodLevel
    /// The sign `distance` in 50 of 100 logs instead of 10, from the middle on.
    case signs
    /// Fear 3 points lower after a step.
    case steps
    /// Mood 2 points higher after a practice than it would be.
    case practice
    /// Nine of ten logs that name somebody end a run of keeping away.
    case isolation
  }

  func facts(seed: UInt64) throws -> JournalFacts {
    var maker = try Maker(plan: self, seed: seed)
    return try maker.facts()
  }
}

private struct Maker {
  private let plan: SampleJournal
  private var generator: SeededGenerator
  private var levels: [Double] = Array(repeating: 0, count: 9)
  private var moods: [MoodFacts] = []
  private var steps: [Step] = []
  private let firstDay: Int

  init(plan: SampleJournal, seed: UInt64) throws {
    self.plan = plan
    // Neighbouring seeds would give overlapping numbers.
    var scatter = SeededGenerator(seed: seed)
    generator = SeededGenerator(seed: scatter.next())
    firstDay = try #require(CivilDay(year: 2024, month: 1, day: 1)).daysSinceEpoch
  }

  mutating func facts() throws -> JournalFacts {
    var closeDays: [Bool] = []
    for number in 0..<(plan.weeks * 7) {
      for index in levels.indices {
        let rest = (1 - plan.likeness * plan.likeness).squareRoot()
        levels[index] = plan.likeness * levels[index] + rest * normal()
      }
      let wasClose = closeDays.suffix(2).contains(true)
      let logs = try day(number, wasClose: wasClose)
      let closeness = logs.compactMap(\.closeness)
      closeDays.append(!logs.isEmpty && closeness.reduce(0, +) >= 6 * logs.count)
      moods += logs
      try addStep(number)
    }
    return JournalFacts(moods: withPractices(moods), steps: steps)
  }

  private mutating func day(_ number: Int, wasClose: Bool) throws -> [MoodFacts] {
    let most = Int(plan.logsADay * 2)
    let count = (0..<most).count { _ in unit() < plan.logsADay / Double(most) }
    return try (0..<count).map { _ in Int.random(in: 7..<24, using: &generator) }.sorted().map {
      try log(number, hour: $0, wasClose: wasClose)
    }
  }

  private mutating func log(_ number: Int, hour: Int, wasClose: Bool) throws -> MoodFacts {
    let day = CivilDay(clampingDaysSinceEpoch: firstDay + number)
    var log = MoodFacts(
      id: RecordID.random(using: &generator), day: day, hour: hour,
      instantMilliseconds: Int64((firstDay + number) * 86_400 + hour * 3600) * 1000)
    let isLate = number >= plan.weeks * 7 / 2
    log.people = ["Jo", "Lee", "Mara", "Sam"].enumerated().compactMap {
      levels[5 + $0.offset] + normal() > 1.5 ? $0.element : nil
    }
    let closeness = scale(5, 2.2, level: 0, 0...10)
    log.closeness = closeness
    var score = 0.0
    if plan.planted == .person, log.people.contains("Sam") { score += 2 }
    if plan.planted == .hour, (17..<22).contains(hour) { score -= 1.5 }
    if plan.planted == .weekday, day.weekday == 1 { score -= 1.5 }
    if plan.planted == .moodLevel, isLate { score -= 1.5 }
    log.score = scale(5.5 + score, 1.8, level: 1, 1...10)
    let later = plan.planted == .afterCloseness && wasClose ? 4.0 : 0
    log.urge = scale(3.5 + later, 2.2, level: 2, 0...10)
    let away = plan.planted == .pullByCloseness && closeness >= 6 ? 0.65 : 0.25
    let pull = chance(level: 3)
    log.pull = pull < away ? .away : pull < away + 0.2 ? .torn : .toward
    if plan.planted == .isolation {
      let isNamed = !log.people.isEmpty && unit() < 0.9
      if unit() < 0.6 { log.pull = .away }
      if isNamed { (log.pull, log.urge) = (.toward, 2) }
    }
    log.signs = Sign.allCases.map(\.rawValue).filter { sign in
      let isMore = plan.planted == .signs && sign == Sign.distance.rawValue && isLate
      return chance(level: 4) < (isMore ? 0.5 : 0.1)
    }.sorted()
    if plan.planted == .isolation { log.signs = [] }
    return log
  }

  private mutating func addStep(_ number: Int) throws {
    guard unit() < 0.12 else { return }
    let day = CivilDay(clampingDaysSinceEpoch: firstDay + number)
    let hope = plan.planted == .steps ? 3.0 : 0
    let fear = Double.random(in: 3...8, using: &generator)
    let before = min(max(Int((fear + normal()).rounded()), 0), 10)
    let after = min(max(Int((fear - hope + normal()).rounded()), 0), 10)
    steps.append(
      try SampleRecords.step(
        RecordID.random(using: &generator), done: day, fearBefore: before, fearAfter: after))
  }

  /// Some neighbouring logs of one day become one, the first being what was before a practice.
  private mutating func withPractices(_ moods: [MoodFacts]) -> [MoodFacts] {
    var result: [MoodFacts] = []
    var index = 0
    while index < moods.count {
      var log = moods[index]
      if index + 1 < moods.count, moods[index + 1].day == log.day, unit() < 0.2 {
        let before = log
        log = moods[index + 1]
        log.technique = unit() < 0.5 ? "breathing" : "grounding"
        log.scoreBefore = before.score
        log.urgeBefore = before.urge
        let lift = plan.planted == .practice ? 2 : 0
        log.score = log.score.map { min($0 + lift, 10) }
        index += 1
      }
      result.append(log)
      index += 1
    }
    return result
  }

  private mutating func scale(
    _ mean: Double, _ spread: Double, level: Int, _ range: ClosedRange<Int>
  ) -> Int {
    let value = mean + spread * (0.6 * levels[level] + 0.8 * normal())
    return min(max(Int(value.rounded()), range.lowerBound), range.upperBound)
  }

  /// Between 0 and 1, like the days before.
  private mutating func chance(level: Int) -> Double {
    let value = 0.6 * levels[level] + 0.8 * normal()
    return 0.5 * erfc(-value / 2.0.squareRoot())
  }

  private mutating func unit() -> Double { Double.random(in: 0..<1, using: &generator) }

  /// Source: Box, Muller, "A Note on the Generation of Random Normal Deviates", 1958.
  private mutating func normal() -> Double {
    (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
  }

  private func log(_ value: Double) -> Double { Foundation.log(value) }
}
