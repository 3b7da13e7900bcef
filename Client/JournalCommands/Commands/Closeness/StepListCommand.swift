internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb step list`, and `ebb step` alone: what is planned and what was dared; or the ladder.
struct StepListCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "step list", "List your steps, or where you stand on the ladder.",
    usage: "ebb step list [options]", discussion: Messages.Help.stepList)

  static let isPractice = true

  static let onlyReads = true

  static let shape = ArgumentShape(flags: ["--ladder"], repeated: ["--person"])
    .adding(JSONOption.shape)

  @Flag(help: "Show where you stand on each rung, with each person.")
  var ladder = false

  @Option(
    help: ArgumentHelp("With this person; several: with all of them.", valueName: "name"),
    completion: .asked(.person))
  var person: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    var query = RecordQuery()
    query.kinds = [.step]
    query.people = try context.known(people: NameList.names(in: person))
    let states = try context.journalToRead()?.records(matching: query) ?? []
    if output.json && !ladder {
      return context.output.json(lines: states.lazy.compactMap(RecordJSON.of))
    }
    let steps = states.compactMap(Step.init)
    if ladder {
      let ladder = Ladder(steps)
      if output.json { return context.output.json(lines: ladder.json) }
      LadderRendering(style: context.style, columns: context.terminal.columns).lines(ladder)
        .forEach(context.output.line)
      return
    }
    guard !states.isEmpty else {
      return context.hint(Messages.Steps.noSteps)
    }
    try context.paged { try show(states, context) }
  }

  /// The planned ones, the nearest first; then the others, the latest first.
  private func show(_ states: [RecordState], _ context: CommandContext) throws {
    func isPlanned(_ state: RecordState) -> Bool { Step(state)?.standing == .planned }
    let planned = states.filter(isPlanned)
    let past = states.filter { !isPlanned($0) }
    var isFirst = true
    for (title, group) in [
      (Messages.Steps.plannedTitle, planned.reversed()), (Messages.Steps.pastTitle, past),
    ] where !group.isEmpty {
      if !isFirst { context.output.line() }
      isFirst = false
      context.output.line(context.style.strong(title))
      try RecordListing(context: context).show(group)
    }
  }
}

extension Ladder {
  /// A row for each person.
  fileprivate var json: [JSONText] {
    standings.map { standing in
      .object([
        ("person", .optional(standing.person)),
        (
          "rungs",
          .array(
            standing.rungs.map { rung in
              .object([
                ("rung", .integer(rung.rung.rawValue)), ("done", .integer(rung.done)),
                ("planned", .integer(rung.planned)), ("skipped", .integer(rung.skipped)),
                ("lastDone", .optional(rung.lastDone?.description)),
              ])
            })
        ),
      ])
    }
  }
}
