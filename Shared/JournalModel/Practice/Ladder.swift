/// Where one stands on each rung with each person.
package struct Ladder: Hashable, Sendable {
  /// By person in alphabetical order; steps with nobody named come last.
  package let standings: [Standing]

  /// All steps with one person.
  package struct Standing: Hashable, Sendable {
    /// `nil` for steps with nobody named.
    package let person: String?
    /// One for each rung, from the lowest.
    package let rungs: [RungStanding]

    /// The highest rung on which something was done.
    package var highest: Rung? { rungs.last { $0.done > 0 }?.rung }
  }

  package struct RungStanding: Hashable, Sendable {
    package let rung: Rung
    package internal(set) var done = 0
    package internal(set) var planned = 0
    package internal(set) var skipped = 0
    package internal(set) var lastDone: CivilDay?
  }

  /// Steps without a rung stand on none.
  package init(_ steps: some Sequence<Step>) {
    var rungsByPerson: [String?: [RungStanding]] = [:]
    for step in steps {
      guard let rung = step.rung.flatMap(Rung.init(rawValue:)) else { continue }
      for person in step.people.isEmpty ? [nil] : step.people.map(Optional.some) {
        rungsByPerson[person, default: Rung.allCases.map { RungStanding(rung: $0) }][
          rung.rawValue - 1
        ].count(step)
      }
    }
    standings = rungsByPerson.map { Standing(person: $0.key, rungs: $0.value) }
      .sorted { Self.precedes($0.person, $1.person) }
  }

  private static func precedes(_ left: String?, _ right: String?) -> Bool {
    guard let left else { return false }
    guard let right else { return true }
    return left < right
  }
}

extension Ladder.RungStanding {
  fileprivate mutating func count(_ step: Step) {
    switch step.standing {
    case .planned: planned += 1
    case .skipped: skipped += 1
    case .done:
      done += 1
      lastDone = [lastDone, step.doneAt?.day].compactMap { $0 }.max()
    }
  }
}
