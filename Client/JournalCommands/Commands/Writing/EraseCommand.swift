internal import ArgumentParser
internal import JournalModel
internal import JournalStore
internal import JournalSync

/// `ebb erase`: for good, on all machines and the server; all of them or none.
struct EraseCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "erase", "Erase records for good.", usage: "ebb erase ID… [--yes]",
    discussion: Messages.Help.erase)

  static let shape = ArgumentShape(words: .names, flags: ["--yes"])

  static let wordCandidates = WordCandidates(rest: .asked(.record))

  @Argument(help: ArgumentHelp("Ids, or the beginnings of them.", valueName: "id"))
  var ids: [String] = []

  @Flag(help: "Don't ask.")
  var yes = false

  mutating func perform(_ context: CommandContext) throws {
    guard !ids.isEmpty else {
      throw Failure.usage(Messages.Arguments.missing(Messages.Arguments.ids, command: Self.name))
    }
    guard yes || context.terminal.canAsk else {
      throw Failure.usage(Messages.Erasing.needsYes)
    }
    // Whoever repeats an erase that was cut short wants it done.
    try context.journalToRead()?.finishErasing()
    let hasAccount = try context.serverLink() != nil
    // What other machines wrote is to be seen before it is erased with the rest.
    if hasAccount, !yes {
      try saying(undone: Messages.Erasing.withoutServer) { try sync(context) }
    }
    let records = try context.records(named: ids, command: Self.name)
    if !yes { try confirm(records, hasAccount: hasAccount, context) }
    let names = try context.shortIDs(of: records)
    if hasAccount {
      try saying(undone: Messages.Erasing.withoutServer) { try eraseEverywhere(records, context) }
    } else {
      try eraseHere(records, context)
    }
    for id in records { context.output.sentence(Messages.Erasing.erased(names[id] ?? "\(id)")) }
    context.output.flush()
    try tellRest(context)
  }

  private func sync(_ context: CommandContext) throws {
    let client = try context.syncClientWithAccount()
    try context.requireLogin()
    let report = try context.waitingWithProgress(stopped: Messages.Erasing.stoppedBefore) {
      try await client.sync(progress: $0)
    }
    SyncRendering(context: context).warn(report.warnings)
  }

  private func confirm(
    _ records: [RecordID], hasAccount: Bool, _ context: CommandContext
  ) throws {
    guard let question = Question() else { throw Failure.usage(Messages.Erasing.needsYes) }
    let names = try context.shortIDs(of: records)
    let row = RecordRow(style: Style(isOn: false), columns: context.terminal.columns)
    for id in records {
      guard let text = row.text(try context.state(of: id), id: names[id] ?? "\(id)") else {
        continue
      }
      let versions = try context.journalToRead()?.history(of: id).count ?? 0
      question.say(text + "\n")
      if versions > 1 { question.tell(Messages.Erasing.versions(versions)) }
    }
    question.tell(Messages.Erasing.forGood(records.count, hasAccount: hasAccount))
    guard question.agrees(Messages.Erasing.question, inFull: true) else {
      throw Failure(.notPossible, Messages.Erasing.nothingErased)
    }
  }

  /// Nobody else has the words.
  private func eraseHere(_ records: [RecordID], _ context: CommandContext) throws {
    let journal = try context.openedJournal()
    _ = try journal.erase(records)
    do {
      try journal.finishErasing()
    } catch let error as StoreError {
      Output.message(Messages.Erasing.unfinished(error))
    }
  }

  private func eraseEverywhere(_ records: [RecordID], _ context: CommandContext) throws {
    try context.requireLogin()
    let client = try context.syncClient()
    let report = try context.waitingWithProgress(stopped: Messages.Erasing.stopped) {
      try await client.erase(records, progress: $0)
    }
    SyncRendering(context: context).warn(report.sync.warnings)
    if let error = report.unfinished { Output.message(Messages.Erasing.unfinished(error)) }
    if let failure = report.unsent { Output.message(Messages.Erasing.unsent(failure)) }
  }

  /// What is still to be done, and what Ebb cannot do.
  private func tellRest(_ context: CommandContext) throws {
    let journal = try context.openedJournal()
    let machines = try journal.machines()
    for line in ErasingRendering.waiting(try journal.pendingErases(), machines) {
      context.output.line(line)
    }
    // With an account, the sync has told.
    guard try context.serverLink() == nil else { return }
    let files = try journal.keptFiles()
    guard !files.isEmpty else { return }
    context.output.message(Messages.Erasing.mayBeKept(files.map(Visible.line)))
  }
}
