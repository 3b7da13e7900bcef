internal import ArgumentParser
internal import JournalModel

/// `ebb step done`: a step that was dared, and what came of it.
struct StepDoneCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "step done", "Say that you dared a step, and what really happened.",
    usage: "ebb step done ID [options]", discussion: Messages.Help.stepDone)

  static let isPractice = true

  static let shape = ArgumentShape(words: .names, values: ["--date"])
    .adding(OutcomeOptions.shape, JSONOption.shape)

  static let wordCandidates = WordCandidates(.asked(.step))

  @Argument(help: ArgumentHelp("Its id, or the beginning of it.", valueName: "id"))
  var ids: [String] = []

  @OptionGroup var outcome: OutcomeOptions

  @Option(help: ArgumentHelp("When it was; else now.", valueName: "when"))
  var date: String?

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let id = try context.step(named: try Self.only(ids, Messages.Arguments.anID))
    let edit = try edit(of: try context.state(of: id), context)
    // That it was done is kept before anything is asked.
    _ = try context.save(editing: id) { try edit.change(of: $0) }
    if !output.json { try StepOutcomeDialogue(context: context, id: id).ask() }
    try context.show(id, verb: Messages.Steps.done, json: output.json)
    if !output.json { try showWhatWasFeared(id, context) }
  }

  /// What was feared beside what happened, where both are known.
  private func showWhatWasFeared(_ id: RecordID, _ context: CommandContext) throws {
    guard let step = Step(try context.state(of: id)), let feared = step.fearedOutcome,
      let happened = step.actualOutcome
    else { return }
    let line = Messages.Steps.fearedAndWas(Visible.line(feared), Visible.line(happened))
    for line in LineWrap.wrapped(line, columns: context.terminal.columns, after: "") {
      context.output.line(context.style.faint(line))
    }
  }

  private func edit(of state: RecordState, _ context: CommandContext) throws -> RecordEdit {
    var edit = RecordEdit()
    // Said a second time, with more words, it was still done when it was done.
    if Step(state)?.doneAt == nil || date != nil {
      edit.set(.doneAt, .date(try context.date(date)))
      // Another machine may have set it aside, which is not known here yet.
      edit.say(.skipped, .boolean(false))
    }
    if let text = outcome.outcome { edit.set(.actualOutcome, .text(text)) }
    if let fear = try WholeNumber.typed(outcome.fearAfter, option: "--fear-after") {
      edit.set(.fearAfter, .integer(fear))
    }
    return edit
  }
}

/// Asks on a terminal for what is missing of a step that is done; each answer is kept at once.
struct StepOutcomeDialogue {
  let context: CommandContext
  let id: RecordID

  func ask() throws {
    guard let step = Step(try context.state(of: id)),
      step.actualOutcome == nil || step.fearAfter == nil, let dialogue = Dialogue(context)
    else { return }
    try Interruption.noting {
      if step.actualOutcome == nil { try askWhatHappened(step, dialogue) }
      if step.fearAfter == nil { try askFear(step, dialogue) }
    }
  }

  private func askWhatHappened(_ step: Step, _ dialogue: Dialogue) throws {
    if let fear = step.fearedOutcome { dialogue.say(Messages.Steps.feared(Visible.line(fear))) }
    dialogue.say(Messages.Steps.whatHappened)
    while true {
      switch dialogue.ask() {
      case .line(let line):
        if !line.isBlank { try keep(.actualOutcome, .text(line)) }
        return
      case .unreadable: dialogue.say(Messages.CheckIn.unreadable)
      case .interrupted, .gone: throw Failure(.interrupted, Messages.Steps.doneIsKept)
      }
    }
  }

  private func askFear(_ step: Step, _ dialogue: Dialogue) throws {
    if let fear = step.fearBefore { dialogue.say(Messages.Steps.fearWas(fear)) }
    let fear = try dialogue.number(Messages.Steps.fearNow, 0...10, ended: Messages.Steps.doneIsKept)
    if let fear { try keep(.fearAfter, .integer(fear)) }
  }

  private func keep(_ register: RegisterName, _ value: FieldValue) throws {
    var edit = RecordEdit()
    edit.set(register, value)
    _ = try context.save(editing: id) { try edit.change(of: $0) }
  }
}
