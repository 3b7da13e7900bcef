internal import JournalModel

/// Every sentence that insights say. None tells why, and none tells what to do: the numbers of one
/// journal can show what goes together, not what comes of what.
enum Wording {
  static let otherLogs = "than in the other logs of the same weeks"
  static let afterOtherDays = "than after the other days of the same weeks"
  static let anyPractice = "any practice"
  static let fearBefore = "fear before"
  static let fearAfter = "fear after"

  /// “With Sam, the urge to withdraw was 2.1 points higher than in …”
  static func comparison(
    _ opening: String, _ measure: Measure, _ difference: Double, _ interval: ClosedRange<Double>,
    against: String, counts: String
  ) -> String {
    let places = places(for: difference)
    let words: String
    switch measure {
    case .away:
      words = "the pull was away \(points(difference)) \(difference < 0 ? "less" : "more") often"
    default:
      words =
        "\(name(measure)) was \(decimal(abs(difference), places)) points "
        + direction(difference)
    }
    let range = measure == .away ? percentInterval(interval) : self.interval(interval, places)
    return "\(opening), \(words) \(against) (\(range); \(counts))."
  }

  static func name(_ measure: Measure) -> String {
    switch measure {
    case .score: "your mood"
    case .urge: "the urge to withdraw"
    case .closeness: "closeness"
    case .away: "the pull away"
    }
  }

  static func with(_ person: String) -> String { "With \(person)" }
  static func closerThanUsual(from: Double) -> String {
    "When it felt closer than usual (closeness \(number(from)) or more)"
  }
  static func afterCloserDays(from: Double) -> String {
    "One to three days after days that felt closer than usual (closeness \(number(from)) or more)"
  }
  static func after(closer: Bool) -> String { closer ? "after closer days" : "after other days" }
  static func closeness(_ range: ClosedRange<Int>) -> String {
    "closeness \(range.lowerBound)-\(range.upperBound)"
  }

  static func inThe(_ part: DayPart) -> String {
    part == .night ? "At night" : "In the \(name(part))"
  }
  static func name(_ part: DayPart) -> String {
    switch part {
    case .morning: "morning"
    case .afternoon: "afternoon"
    case .evening: "evening"
    case .night: "night"
    }
  }

  static func onDays(_ weekday: Int) -> String { "On \(day(weekday))s" }
  static func day(_ weekday: Int) -> String {
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][weekday]
  }

  static func level(
    day: CivilDay, before: Double, after: Double, _ interval: ClosedRange<Double>,
    daysBefore: Int, daysAfter: Int
  ) -> String {
    "Your mood went to another level about \(day): \(decimal(before, 2)) on average on "
      + "\(count(daysBefore, "day")) before, \(decimal(after, 2)) on \(count(daysAfter, "day")) "
      + "from then on, which is \(decimal(abs(after - before), 2)) \(direction(after - before)) "
      + "(\(self.interval(interval, 2)))."
  }
  static func level(_ mean: Double, days: Int) -> String {
    "\(decimal(mean, 2)) on average of \(count(days, "day"))"
  }
  static func days(_ first: CivilDay, _ last: CivilDay) -> String { "\(first) to \(last)" }

  static func sign(
    _ sign: Sign, day: CivilDay, before: Double, after: Double, _ interval: ClosedRange<Double>,
    daysBefore: Int, daysAfter: Int
  ) -> String {
    "The sign “\(sign.rawValue)” became \(after < before ? "less" : "more") frequent about \(day): "
      + "on an average day in \(percent(before)) of the logs before (\(count(daysBefore, "day"))), "
      + "in \(percent(after)) from then on (\(count(daysAfter, "day")); "
      + "\(percentInterval(interval)))."
  }
  static func share(_ share: Double, days: Int) -> String {
    "\(percent(share)) of the logs, on average of \(count(days, "day"))"
  }

  static func steps(
    before: Double, after: Double, _ interval: ClosedRange<Double>, lower: ExactShare
  ) -> String {
    let share = lower.interval
    return "Before your steps the fear was \(decimal(before)) on average, after them "
      + "\(decimal(after)): \(decimal(abs(after - before))) \(direction(after - before)) "
      + "(\(self.interval(interval))). It was lower after \(lower.count) of "
      + "\(count(lower.total, "step")) (95% interval \(percent(share.lowerBound)) to "
      + "\(percent(share.upperBound)))."
  }

  static func practice(
    _ name: String, _ measure: Measure, _ difference: Double, _ interval: ClosedRange<Double>,
    practices: Int, others: Int
  ) -> String {
    let places = places(for: difference)
    return "Over \(name), \(self.name(measure)) went \(decimal(abs(difference), places)) points "
      + "further \(difference < 0 ? "down" : "up") than over like hours that began alike "
      + "without a practice "
      + "(\(self.interval(interval, places)); \(count(practices, "practice")) against "
      + "\(count(others, "pair")) of logs)."
  }

  static func isolation(
    _ company: Isolation.Company, runs: Int, _ difference: Double,
    _ interval: ClosedRange<Double>, with: Int, without: Int
  ) -> String {
    "There were \(count(runs, "run")) of three or more logs of keeping away. They ended "
      + "\(points(difference)) \(difference < 0 ? "less" : "more") often with a log that "
      + "\(self.company(company)) than with one that did not (\(percentInterval(interval)); "
      + "\(counts(with, without, "log")))."
  }
  private static func company(_ company: Isolation.Company) -> String {
    switch company {
    case .person: "named somebody"
    case .step: "came within a day of a step"
    case .practice: "had a practice"
    }
  }
  static func company(_ company: Isolation.Company, isThere: Bool) -> String {
    let name =
      switch company {
      case .person: "somebody named"
      case .step: "a step within a day"
      case .practice: "a practice"
      }
    return isThere ? name : "not"
  }

  static func mean(_ mean: Double, _ measure: Measure, count: Int) -> String {
    (measure == .away ? percent(mean) : decimal(mean) + " on average") + " of \(count.grouped)"
  }
}

// What is missing.
extension Wording {
  /// “10 weeks that have logs about the same person and others (so far 3 of 10 weeks).”
  static func needsWeeks(_ what: String, have: Int) -> String {
    "\(Minimum.weeks) weeks that have \(what) (so far \(soFar(have, Minimum.weeks, "week")))."
  }

  /// “10 practices and 10 others, in 10 weeks (that can be compared so far: 4 and 7, in 3 of 10
  /// weeks).”
  static func needs(_ group: String, _ others: String, have: Progress) -> String {
    "\(Minimum.observations) \(group) and \(Minimum.observations) \(others), in "
      + "\(Minimum.weeks) weeks (that can be compared so far: \(have.inGroup.grouped) and "
      + "\(have.outside.grouped), in \(soFar(have.weeks, Minimum.weeks, "week")))."
  }

  static func needsDays(_ what: String, _ days: Int, _ have: Int) -> String {
    "\(count(days, "day")) with \(what) (so far \(soFar(have, days, "day")))."
  }

  static func needsSigns(_ logs: Int, have: Int, days: Int, haveDays: Int) -> String {
    "\(count(logs, "log")) with the same sign, and logs on \(count(days, "day")) "
      + "from the first sign to the last (so far \(soFar(have, logs, "log")) with the most frequent "
      + "sign, and \(soFar(haveDays, days, "day")))."
  }

  static func needsSteps(_ days: Int, have: Int) -> String {
    "steps done on \(count(days, "day")), with the fear before and after "
      + "(so far \(soFar(have, days, "day")))."
  }

  /// “3 of 10 weeks”; “12 weeks” once there are enough.
  private static func soFar(_ have: Int, _ needed: Int, _ what: String) -> String {
    have < needed ? "\(have) of \(count(needed, what))" : count(have, what)
  }
}

// Numbers.
extension Wording {
  static func counts(_ first: Int, _ second: Int, _ what: String) -> String {
    "\(count(first, what)) against \(second.grouped)"
  }

  static func count(_ number: Int, _ what: String) -> String {
    "\(number.grouped) \(what)\(number == 1 ? "" : "s")"
  }

  /// One decimal is enough for what is not small: else it and its interval would be rounded to none.
  private static func places(for difference: Double) -> Int { abs(difference) < 0.15 ? 2 : 1 }

  static func interval(_ interval: ClosedRange<Double>, _ places: Int = 1) -> String {
    "95% interval of the difference \(decimal(interval.lowerBound, places)) to "
      + decimal(interval.upperBound, places)
  }

  static func percentInterval(_ interval: ClosedRange<Double>) -> String {
    let low = Int((interval.lowerBound * 100).rounded())
    let high = Int((interval.upperBound * 100).rounded())
    return "95% interval of the difference \(low) to \(high) percentage points"
  }

  static func points(_ share: Double) -> String {
    let points = Int((abs(share) * 100).rounded())
    return points == 1 ? "1 percentage point" : "\(points) percentage points"
  }

  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

  static func direction(_ difference: Double) -> String { difference < 0 ? "lower" : "higher" }

  /// As few decimals as it takes, two at most.
  static func number(_ value: Double) -> String {
    value == value.rounded() ? decimal(value, 0) : decimal(value, 1)
  }

  /// With one decimal: `-0.3`.
  static func decimal(_ value: Double, _ places: Int = 1) -> String {
    let scale = places == 0 ? 1 : places == 1 ? 10 : 100
    guard value.isFinite, abs(value) < 1e12 else { return "?" }
    let scaled = Int((value * Double(scale)).rounded())
    let sign = scaled < 0 ? "-" : ""
    guard scale > 1 else { return "\(scaled)" }
    let rest = String(scaled.magnitude % UInt(scale) + UInt(scale)).dropFirst()
    return "\(sign)\(scaled.magnitude / UInt(scale)).\(rest)"
  }
}
