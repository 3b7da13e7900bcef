internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb` alone: today at a glance.
struct TodayCommand: JournalCommand {
  static let configuration: CommandConfiguration = CommandConfiguration(
    commandName: "", _superCommandName: "ebb")

  static let shape = ArgumentShape(flags: ["--version"]).adding(JSONOption.shape)

  @Argument(help: .hidden) var words: [String] = []
  @Flag(help: "Print the version.") var version = false
  @OptionGroup var output: JSONOption

  static func help(columns: Int?) -> String { Messages.Help.overview }

  mutating func perform(_ context: CommandContext) throws {
    try Self.none(words)
    if version { return context.output.line(Messages.Help.version) }
    var query = RecordQuery()
    query.on = context.today
    let journal = try context.journalToRead()
    let states = try journal?.records(matching: query) ?? []
    if output.json {
      return context.output.json(lines: states.lazy.compactMap(RecordJSON.of))
    }
    guard let journal else {
      context.output.line(Messages.Today.welcome)
      return tellOfDrafts(context)
    }
    let summary = try journal.summary()
    guard summary.recordsByKind.values.contains(where: { $0 > 0 }) else {
      context.output.line(Messages.Today.welcome)
      return tellOfDrafts(context)
    }
    context.output.line(context.style.strong(DateText.long(context.today)))
    context.output.line()
    let steps = try StepsAtAGlance(journal, today: context.today)
    let written = states.filter { state in !steps.near.contains { $0.id == state.id } }
    if written.isEmpty {
      context.output.line(Messages.Today.nothingYet)
    } else {
      try RecordListing(context: context).rows(written)
    }
    try steps.show(context)
    try showConflicts(journal, context)
    context.output.line()
    context.output.line(try footer(summary, context))
    tellOfDrafts(context)
  }

  /// Words that are not in the journal yet.
  private func tellOfDrafts(_ context: CommandContext) {
    let drafts = Draft.all(in: context.folders.drafts)
    guard drafts.contains(where: { $0.purpose == .write && !$0.isOpen }) else { return }
    context.output.line(Messages.Today.draft)
  }

  private static let conflictsMax = 3

  private func showConflicts(_ journal: JournalStore, _ context: CommandContext) throws {
    let contested = try journal.contestedRecords().map(\.id)
    let survivors = try journal.survivors().map(\.state.id)
    guard !contested.isEmpty || !survivors.isEmpty else { return }
    let rendering = NewsRendering(
      journal: journal, style: context.style, columns: context.terminal.columns)
    for (title, ids) in [
      (Messages.Conflicts.toSettle, contested), (Messages.Conflicts.survived, survivors),
    ] where !ids.isEmpty {
      context.output.line()
      context.output.line(title)
      try rendering.rows(ids, max: Self.conflictsMax).forEach(context.output.line)
    }
  }

  /// `1,449 entries, 210 mood logs · 3 changes not synced yet, last sync 2026-11-21 08:15`
  private func footer(_ summary: JournalSummary, _ context: CommandContext) throws -> String {
    var parts = [Messages.Today.counts(summary.recordsByKind)]
    if let lastSync = try context.lastSync() {
      if summary.unsynced > 0 { parts.append(Messages.Today.unsynced(summary.unsynced)) }
      parts.append(Messages.Today.lastSync(DateText.local(lastSync, context.zones)))
    }
    if summary.conflicts > 0 { parts.append(Messages.Today.conflicts(summary.conflicts)) }
    return parts.joined(separator: " · ")
  }
}
