internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// `ebb conflicts`: texts that were written on two machines at once, side by side; and what was
/// erased on one and changed on another.
struct ConflictsCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "conflicts", "Show texts that were written on two machines at once.",
    usage: "ebb conflicts [ID…] [options]", discussion: Messages.Help.conflicts)

  static let shape = ArgumentShape(words: .names).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(rest: .asked(.contested))

  @Argument(help: ArgumentHelp("Only these records.", valueName: "id"))
  var ids: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let states = try contested(context)
    let survivors = try survivors(context)
    guard let journal = try context.journalToRead(), !(states.isEmpty && survivors.isEmpty)
    else {
      return output.json
        ? context.output.json(lines: []) : context.hint(Messages.Conflicts.none)
    }
    let rendering = ConflictRendering(
      style: context.style, columns: context.terminal.columns, zones: context.zones,
      machines: try journal.machineNames())
    if output.json {
      context.output.json(
        lines: states.flatMap(rendering.json) + survivors.map(rendering.json))
    } else {
      try show(states, survivors, rendering, context)
    }
  }

  private func contested(_ context: CommandContext) throws -> [RecordState] {
    guard !ids.isEmpty else { return try context.journalToRead()?.contestedRecords() ?? [] }
    return try context.records(named: ids, command: Self.name).compactMap { id in
      let state = try context.state(of: id)
      if state.hasSiblings { return state }
      guard try context.journalToRead()?.survivor(id) != nil else {
        throw Failure(
          .notPossible, Messages.Resolving.notContested(try context.short(id), field: nil))
      }
      return nil
    }
  }

  private func survivors(_ context: CommandContext) throws -> [Survivor] {
    let survivors = try context.journalToRead()?.survivors() ?? []
    guard !ids.isEmpty else { return survivors }
    let named = try context.records(named: ids, command: Self.name)
    return survivors.filter { named.contains($0.state.id) }
  }

  private func show(
    _ states: [RecordState], _ survivors: [Survivor], _ rendering: ConflictRendering,
    _ context: CommandContext
  ) throws {
    let short = try context.shortIDs(of: states.map(\.id) + survivors.map(\.state.id))
    let row = RecordRow(style: context.style, columns: context.terminal.columns)
    func show(_ state: RecordState, _ lines: (_ id: String) -> [String]) {
      let id = short[state.id] ?? state.id.description
      if let text = row.text(state, id: id) { context.output.line(text) }
      lines(id).forEach(context.output.line)
    }
    try context.paged {
      for state in states { show(state) { rendering.lines(state, id: $0) } }
      for survivor in survivors { show(survivor.state) { rendering.lines(survivor, id: $0) } }
      guard !states.isEmpty else { return }
      let marks = DifferenceRendering(style: context.style, columns: nil)
      context.output.sentence(
        Messages.Conflicts.legend(
          winner: marks.marked(.added, "this"), sibling: marks.marked(.removed, "this")))
    }
  }
}
