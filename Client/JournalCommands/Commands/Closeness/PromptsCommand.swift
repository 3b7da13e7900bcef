internal import ArgumentParser
internal import Interchange
internal import JournalModel

/// `ebb prompts`: questions to write about, and the one that fits today.
struct PromptsCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "prompts", "Questions to write about.",
    usage: "ebb prompts [options]", discussion: Messages.Help.prompts)

  static let isPractice = true

  static let shape = ArgumentShape(repeated: ["--tag"]).adding(JSONOption.shape)

  @Option(
    help: ArgumentHelp(
      "Only those with this tag, such as noticing, origins, signs, couple, repair, ladder, "
        + "gratitude, everyday, or a sign's id; several: with all of them.", valueName: "name"),
    completion: .list(Prompt.Theme.allCases.map(\.rawValue) + Sign.allCases.map(\.rawValue)))
  var tag: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let prompts = try context.prompts().filter { $0.tags.contains(all: tag) }
    let choice = try context.promptChoice()
    let fitting = tag.isEmpty ? choice.pick(from: prompts) : nil
    if output.json {
      return context.output.json(
        lines: prompts.map { prompt in
          .object([
            ("id", .string(prompt.id)), ("question", .string(prompt.question)),
            ("tags", .strings(prompt.tags)),
            ("lastAnswered", .optional(choice.lastAnswered[prompt.id]?.description)),
            ("today", .boolean(prompt == fitting)),
          ])
        })
    }
    if prompts.isEmpty { throw Failure(.notPossible, Messages.Prompts.noneTagged(tag)) }
    try context.paged {
      if let fitting {
        context.output.line(context.style.strong(Messages.Prompts.today))
        show([fitting], context)
        context.output.line()
      }
      show(prompts, context)
    }
  }

  private func show(_ prompts: [Prompt], _ context: CommandContext) {
    let width = 2 + (prompts.map { DisplayWidth.of($0.id) }.max() ?? 0)
    for prompt in prompts {
      let id = context.style.faint(DisplayWidth.padded(prompt.id, to: width))
      LineWrap.wrapped(
        Visible.line(prompt.question), columns: context.terminal.columns, after: id
      ).forEach(context.output.line)
    }
  }
}

extension [String] {
  fileprivate func contains(all others: [String]) -> Bool { others.allSatisfy(contains) }
}
