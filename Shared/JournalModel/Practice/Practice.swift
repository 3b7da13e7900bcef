/// One way to steady oneself, to look closer, or to find back: guided, and as long as one likes.
package struct Practice: Hashable, Sendable {
  /// What people type, and what `technique` of a mood log keeps.
  package let id: String
  package let name: String
  /// What it is, in one sentence.
  package let summary: String
  package let content: Content

  package enum Content: Hashable, Sendable {
    /// Said one after another; between them one takes one's time.
    case guided([String])
    /// Paced breathing, in a rhythm that can be chosen.
    case breathing
    /// Questions whose answers become an entry; what is left out is left out.
    case written([Question])
  }

  package struct Question: Hashable, Sendable {
    /// Stands above the answer in the entry.
    package let heading: String
    package let question: String

    init(_ heading: String, _ question: String) {
      self.heading = heading
      self.question = question
    }
  }

  /// Whether it ends with an entry rather than with a mood log alone.
  package var isWritten: Bool {
    if case .written = content { true } else { false }
  }

  /// All of them: first what steadies the body, then what is written.
  package static let all = steadying + written

  package static func named(_ id: String) -> Practice? { all.first { $0.id == id } }

  /// What is offered when the urge to withdraw is this high or higher: 0 to 10.
  package static let urgeWorthAPractice = 7
}

extension MoodLog {
  /// Whether it is as hard as can be, so that it is worth a word where help is.
  package var isVeryHard: Bool { score == 1 || urge ?? 0 >= 9 }
}
