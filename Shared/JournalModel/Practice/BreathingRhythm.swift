/// How long to breathe in, hold and breathe out, and how often.
package struct BreathingRhythm: Hashable, Sendable {
  package var inSeconds = 4
  package var holdSeconds = 0
  package var outSeconds = 6
  package var rounds = 6

  package init() {}

  package static let seconds = 1...20
  package static let holds = 0...20
  package static let roundCounts = 1...100

  package enum Phase: String, CaseIterable, Sendable {
    case breatheIn
    case hold
    case breatheOut
  }

  /// The phases of one round, in their order; those of no length are left out.
  package var phases: [(phase: Phase, seconds: Int)] {
    [(.breatheIn, inSeconds), (.hold, holdSeconds), (.breatheOut, outSeconds)]
      .filter { $0.seconds > 0 }
  }
}
