/// A question to write about.
package struct Prompt: Hashable, Sendable {
  /// What an entry's `prompt` keeps: never given to another question.
  package let id: String
  /// One line.
  package let question: String
  /// What it is about; the first is its theme.
  package let tags: [String]

  package init(id: String, question: String, tags: [String]) {
    self.id = id
    self.question = question
    self.tags = tags
  }

  /// What Ebb's own questions are about.
  package enum Theme: String, CaseIterable, Sendable {
    case noticing
    case origins
    case signs
    case couple
    case repair
    case ladder
    case gratitude
    case everyday
  }

  /// Ebb's own questions, by theme.
  package static let all =
    noticing + origins + signs + couple + repair + ladder + gratitude + everyday

  /// Questions of one theme, numbered from 1. New ones are added at the end, and none is taken out
  /// of the middle: the numbers stand in journals.
  static func numbered(_ theme: Theme, _ questions: [String]) -> [Prompt] {
    zip(1..., questions).map { number, question in
      Prompt(id: "\(theme.rawValue)-\(number)", question: question, tags: [theme.rawValue])
    }
  }

  /// As `numbered`, about one group of signs.
  static func numbered(_ sign: Sign, _ questions: [String]) -> [Prompt] {
    zip(1..., questions).map { number, question in
      Prompt(
        id: "\(sign.rawValue)-\(number)", question: question,
        tags: [Theme.signs.rawValue, sign.rawValue])
    }
  }
}
