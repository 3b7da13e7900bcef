internal import JournalModel

/// Asks the questions of a written practice; an answer may have several lines, and can be written
/// in the editor.
struct WrittenAnswers {
  let context: CommandContext
  let dialogue: Dialogue

  /// The answers below their headings, as Markdown; `nil` if none was given.
  ///
  /// Throws a `Failure` with status 130 when it was broken off and nothing is to be kept.
  func asked(_ questions: [Practice.Question]) throws -> String? {
    var parts: [String] = []
    dialogue.say("\n" + Messages.Practices.emptyLine)
    for question in questions {
      dialogue.say("\n" + question.question)
      let (text, isOver) = answer(question)
      if !text.isBlank { parts.append("## \(question.heading)\n\n\(text)") }
      guard isOver else { continue }
      guard !parts.isEmpty, dialogue.agrees(Messages.Practices.keepWords) else {
        throw Failure(.interrupted, Messages.Practices.stopped)
      }
      break
    }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  /// Lines up to an empty one; whether the practice was broken off there.
  private func answer(_ question: Practice.Question) -> (text: String, isOver: Bool) {
    var lines: [String] = []
    while true {
      switch dialogue.ask() {
      case .line(let line):
        switch Visible.line(line) {
        case "": return (lines.joined(separator: "\n"), false)
        case Self.opensEditor:
          if let text = edited(question, lines) { return (text, false) }
        default: lines.append(line)
        }
      case .unreadable: dialogue.say(Messages.CheckIn.unreadable)
      case .interrupted, .gone: return (lines.joined(separator: "\n"), true)
      }
    }
  }

  /// A line that says no more than this.
  private static let opensEditor = "e"

  /// What the editor makes of an answer; `nil` if it failed, which is told.
  private func edited(_ question: Practice.Question, _ lines: [String]) -> String? {
    // An editor that fills the screen hides the question.
    let comment = "<!-- \(question.question) -->"
    let text = ([comment, ""] + lines).joined(separator: "\n") + "\n"
    do {
      let draft = try Editor(context: context, missing: Messages.Practices.noEditor)
        .edit(text, .write) { _ in Messages.Editing.goOn() }
      let edited = try draft.read()
      draft.remove()
      return (edited.hasPrefix(comment) ? String(edited.dropFirst(comment.count)) : edited)
        .withoutLineEndsAround
    } catch {
      dialogue.say(Failure(describing: error).message)
      return nil
    }
  }
}

extension String {
  fileprivate var withoutLineEndsAround: String {
    String(drop(while: \.isNewline)).withoutLineEndsAtEnd
  }
}
