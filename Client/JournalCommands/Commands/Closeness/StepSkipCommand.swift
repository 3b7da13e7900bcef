internal import ArgumentParser
internal import JournalModel

/// `ebb step skip`: sets a step aside, without a word of blame.
struct StepSkipCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "step skip", "Set a step aside.",
    usage: "ebb step skip ID [options]", discussion: Messages.Help.stepSkip)

  static let isPractice = true

  static let shape = ArgumentShape(words: .names).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(.asked(.step))

  @Argument(help: ArgumentHelp("Its id, or the beginning of it.", valueName: "id"))
  var ids: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let id = try context.step(named: try Self.only(ids, Messages.Arguments.anID))
    if Step(try context.state(of: id))?.standing == .done {
      throw Failure(.notPossible, Messages.Steps.isDone(try context.short(id)))
    }
    var edit = RecordEdit()
    edit.say(.skipped, .boolean(true))
    _ = try context.save(editing: id) { try edit.change(of: $0) }
    try context.show(id, verb: Messages.Steps.setAside, json: output.json)
    context.hint(Messages.Steps.skipped)
  }
}

extension CommandContext {
  /// The step that the beginning of an id stands for.
  func step(named prefix: String) throws -> RecordID {
    let id = try record(named: prefix)
    guard try state(of: id).kind == .step else {
      throw Failure(.notPossible, Messages.Steps.isNone(try short(id)))
    }
    return id
  }
}
