internal import JournalSealing

/// Shows a recovery code once, and asks one group back so that it is really on paper.
struct RecoveryCodeCard {
  let context: CommandContext

  func show(_ code: RecoveryCode, introduction: String) throws {
    context.output.sentence(introduction)
    context.output.line()
    context.output.line("    " + code.text)
    context.output.line()
    // It must be out before anything else can fail.
    try context.output.finish()
    guard context.terminal.canAsk, context.terminal.outputIsTerminal,
      let question = Question()
    else { return }
    let groups = code.groups
    let index = Int.random(in: 0..<groups.count)
    while let answer = question.line(Messages.Secrets.askGroup(index + 1)), !answer.isEmpty {
      if Self.isSame(answer, groups[index]) { return }
      question.tell(Messages.Secrets.wrongGroup)
    }
  }

  /// As forgiving as reading a whole code is.
  private static func isSame(_ answer: String, _ group: String) -> Bool {
    let plain = answer.uppercased().filter { !$0.isWhitespace && $0 != "-" }
    return plain.map { $0 == "O" ? "0" : "IL".contains($0) ? "1" : $0 } == Array(group)
  }
}
