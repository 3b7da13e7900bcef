internal import JournalModel

/// Asks the questions of a written practice; an answer may have several lines.
enum WrittenAnswers {
  /// The answers below their headings, as Markdown; `nil` if none was given.
  ///
  /// Throws a `Failure` with status 130 when it was broken off and nothing is to be kept.
  static func asked(_ questions: [Practice.Question], _ dialogue: Dialogue) throws -> String? {
    var parts: [String] = []
    dialogue.say("\n" + Messages.Practices.emptyLine)
    for question in questions {
      dialogue.say("\n" + question.question)
      let (lines, isOver) = answer(dialogue)
      if !lines.isEmpty {
        parts.append("## \(question.heading)\n\n" + lines.joined(separator: "\n"))
      }
      guard isOver else { continue }
      guard !parts.isEmpty, dialogue.agrees(Messages.Practices.keepWords) else {
        throw Failure(.interrupted, Messages.Practices.stopped)
      }
      break
    }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  /// Lines up to an empty one; whether the practice was broken off there.
  private static func answer(_ dialogue: Dialogue) -> (lines: [String], isOver: Bool) {
    var lines: [String] = []
    while true {
      switch dialogue.ask() {
      case .line(let line):
        if Visible.line(line).isEmpty { return (lines, false) }
        lines.append(line)
      case .unreadable: dialogue.say(Messages.CheckIn.unreadable)
      case .interrupted, .gone: return (lines, true)
      }
    }
  }
}
