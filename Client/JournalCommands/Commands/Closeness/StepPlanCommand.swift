internal import ArgumentParser
internal import JournalModel

/// `ebb step plan`: one small act of openness that is to be.
struct StepPlanCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "step plan", "Plan one small act of openness.",
    usage: "ebb step plan TITLE… [options]", discussion: Messages.Help.stepPlan)

  static let isPractice = true

  static let shape = ArgumentShape(words: .text, values: ["--fear"])
    .adding(StepOptions.shape, NameOptions.shape, JSONOption.shape)

  @Argument(help: ArgumentHelp("What you mean to do, in a few words.", valueName: "title"))
  var words: [String] = []

  @OptionGroup var step: StepOptions

  @Option(help: ArgumentHelp("What you are afraid will happen.", valueName: "text"))
  var fear: String?

  @OptionGroup var names: NameOptions
  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    var draft = StepDraft(title: words.joined(separator: " "))
    draft.rung = try WholeNumber.typed(step.rung, option: "--rung")
    draft.due = try step.by.map(context.dueDate)
    draft.fearedOutcome = fear
    draft.fearBefore = try WholeNumber.typed(step.fearBefore, option: "--fear-before")
    draft.tags = names.tags
    draft.people = try names.people(context)
    let id = RecordID.random()
    try context.save([try draft.change(record: id, createdAt: context.now)])
    try context.show(id, verb: Messages.Steps.planned, json: output.json)
  }
}
