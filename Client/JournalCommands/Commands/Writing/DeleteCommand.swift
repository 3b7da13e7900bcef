internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb delete`: into the trash, all of them or none.
struct DeleteCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "delete", "Put records into the trash.", usage: "ebb delete ID…|QUERY… [options]",
    discussion: Messages.Help.delete)

  static let shape = ArgumentShape(words: .query, flags: ["--yes"])
    .adding(FilterOptions.shape, JSONOption.shape)

  static let wordCandidates = WordCandidates(rest: .asked(.record))

  @Argument(
    help: ArgumentHelp(
      "Ids, or the beginnings of them; or a query with filters in it.", valueName: "id"))
  var words: [String] = []

  @Flag(help: "Don't ask.")
  var yes = false

  @OptionGroup var filters: FilterOptions
  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let ids =
      isQuery
      ? try agreedRecords(context) : try context.records(named: words, command: Self.name)
    let names = try context.shortIDs(of: ids)
    try context.save(editing: ids) { state in
      guard let change = state.trashing() else {
        let name = names[state.id] ?? "\(state.id)"
        throw Failure(.notPossible, Messages.Records.alreadyInTrash(name))
      }
      return change
    }
    try context.show(ids, verb: Messages.Writing.deleted, json: output.json)
    if !output.json, let first = ids.first {
      context.output.flush()
      context.hint(
        Messages.Deleting.undelete(ids.count == 1 ? names[first] ?? "\(first)" : "ID"))
    }
  }

  /// Words alone are ids: nobody means all that holds a word by `ebb delete cafe`.
  private var isQuery: Bool {
    !filters.areNone
      || SearchToken.tokens(of: words).contains {
        $0.filter != nil || $0.unknownFilter != nil || $0.isNegated || $0.isOr
      }
  }

  private func agreedRecords(_ context: CommandContext) throws -> [RecordID] {
    guard !filters.trash else { throw Failure.usage(Messages.Deleting.inTrash) }
    // Not the twenty that a list shows.
    let query = try filters.query(context, words: words, json: true)
    let states = try context.journalToRead()?.records(matching: query) ?? []
    guard !states.isEmpty else {
      throw Failure(
        .notPossible, try context.nothingFound(by: query, Messages.Deleting.nothingFound))
    }
    guard yes || context.terminal.canAsk else { throw Failure.usage(Messages.Deleting.needsYes) }
    if !yes { try ask(states, query, context) }
    return states.map(\.id)
  }

  private static let rowsMax = 20

  private func ask(
    _ states: [RecordState], _ query: RecordQuery, _ context: CommandContext
  ) throws {
    guard let question = Question() else { throw Failure.usage(Messages.Deleting.needsYes) }
    let rows = try RecordListing(context: context).rows(
      Array(states.prefix(Self.rowsMax)), marks: query.search?.marks)
    rows.forEach { question.say($0 + "\n") }
    if states.count > rows.count {
      question.tell(Messages.Records.more(states.count - rows.count))
    }
    guard question.agrees(Messages.Deleting.question(states.count)) else {
      throw Failure(.notPossible, Messages.Deleting.nothingDeleted)
    }
  }
}
