internal import JournalModel

/// How much fear was there before a step, and how much after it?
struct StepsAgainstFear: Question {
  let id = QuestionID.steps

  func ask(_ facts: JournalFacts) -> Asked {
    let pairs = facts.stepsDone.compactMap { step in
      step.fearBefore.flatMap { before in
        step.fearAfter.map { (step: step, before: Double(before), after: Double($0)) }
      }
    }
    // Steps of one day have to do with each other.
    let days = Set(pairs.map(\.step.dayDone)).sorted()
    guard days.count >= Minimum.observations else {
      return .missing(
        needs: Wording.needsSteps(Minimum.observations, have: days.count),
        share: Double(days.count) / Double(Minimum.observations))
    }
    let parts = days.map { day in
      let ofDay = pairs.filter { $0.step.dayDone == day }
      return RatioPart(ofDay.reduce(0) { $0 + $1.after - $1.before }, Double(ofDay.count))
    }
    let test = SignFlipTest([parts.map(\.numerator)])
    return .answered(
      Answer(pValue: test.pValue) { level in
        guard test.pValue <= level else { return [] }
        let before = Averages.mean(pairs.map(\.before)) ?? 0
        let after = Averages.mean(pairs.map(\.after)) ?? 0
        let interval = Bootstrap.interval(parts)
        let lower = ExactShare(pairs.count { $0.after < $0.before }, of: pairs.count)
        return [
          Finding(
            question: id,
            text: Wording.steps(before: before, after: after, interval, lower: lower),
            n: pairs.count, interval: interval,
            chart: [
              ChartRow(Wording.fearBefore, .urge, pairs.map(\.before)),
              ChartRow(Wording.fearAfter, .urge, pairs.map(\.after)),
            ].compactMap { $0 },
            about: pairs.map(\.step.id), against: [])
        ]
      })
  }
}
