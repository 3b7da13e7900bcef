extension Step {
  /// Where a step is on its way.
  package enum Standing: String, Sendable {
    case planned
    case done
    case skipped
  }

  package var standing: Standing {
    if doneAt != nil { return .done }
    return isSkipped ? .skipped : .planned
  }

  /// Whether it is worth a line today: planned, and due in these days or not long ago.
  ///
  /// What is long past its day waits in the list of steps: nobody is reminded for ever.
  package func isNear(_ today: CivilDay) -> Bool {
    guard standing == .planned, let due else { return false }
    return (today.adding(days: -Self.lateDays)...today.adding(days: Self.earlyDays))
      .contains(due.day)
  }

  private static let earlyDays = 3
  private static let lateDays = 14
}

extension RecordState {
  /// Whether it is time to ask what really happened after a step: some days later, and once.
  ///
  /// Once, because an answer is a write, and so is leaving it open (`leavingOutcomeOpen`): what was
  /// asked on one machine is not asked on another. These are two registers, so that a page that was
  /// only looked at never stands against what somebody wrote elsewhere.
  package func asksForOutcome(on today: CivilDay) -> Bool {
    guard registers[.actualOutcome] == nil, registers[.outcomeAsked] == nil, !isTrashed,
      let step = Step(self), let day = step.doneAt?.day
    else { return false }
    return Self.followUpDays.contains(today.daysSinceEpoch - day.daysSinceEpoch)
  }

  /// After how many days a step asks what really happened; later it is let be.
  private static let followUpDays = 2...21

  /// Says that the question what really happened was asked and left open; `nil` if there is an
  /// answer, or was one.
  package func leavingOutcomeOpen() -> RecordChange? {
    guard kind == .step, registers[.actualOutcome] == nil, registers[.outcomeAsked] == nil else {
      return nil
    }
    return change(by: [RegisterWrite(.outcomeAsked, .boolean(true))])
  }
}
