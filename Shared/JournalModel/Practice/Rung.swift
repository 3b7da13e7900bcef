/// One rung of the ladder of small openings, from the easiest to the hardest.
///
/// The raw value is what `rung` of a step keeps.
package enum Rung: Int, CaseIterable, Comparable, Sendable {
  case preference = 1
  case worry
  case notKnowing
  case memory
  case feeling

  package static func < (left: Rung, right: Rung) -> Bool { left.rawValue < right.rawValue }

  /// What is shared on it, in a few words.
  package var name: String {
    switch self {
    case .preference: "a small preference"
    case .worry: "a minor worry"
    case .notKnowing: "not knowing"
    case .memory: "a memory that matters"
    case .feeling: "a deep feeling or fear"
    }
  }

  /// One thing that could be a step here.
  package var example: String {
    switch self {
    case .preference: "Say which film you would rather see."
    case .worry: "Mention that tomorrow’s meeting is on your mind."
    case .notKnowing: "Admit that you have no idea what to do next."
    case .memory: "Tell a story from back then that you usually leave out."
    case .feeling: "Say what you are afraid could happen between you."
    }
  }
}
