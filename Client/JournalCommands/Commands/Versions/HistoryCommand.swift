internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// `ebb history`: every version of a record, newest first.
struct HistoryCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "history", "Show all versions of a record, newest first.", usage: "ebb history ID [options]",
    discussion: Messages.Help.history)

  static let shape = ArgumentShape(words: .names).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(.asked(.record))

  @Argument(help: ArgumentHelp("Its id, or the beginning of it.", valueName: "id"))
  var ids: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let id = try context.record(named: try Self.only(ids, Messages.Arguments.anID))
    guard let journal = try context.journalToRead() else { throw context.notFound(ids[0]) }
    let versions = try journal.history(of: id)
    let rendering = HistoryRendering(
      style: context.style, columns: context.terminal.columns, zones: context.zones,
      machines: try journal.machineNames(), state: try journal.state(of: id))
    if output.json {
      context.output.json(lines: versions.map(rendering.json))
      return
    }
    let names = VersionNames(versions.map(\.id))
    try context.paged {
      for version in versions {
        rendering.lines(version, name: names.short(version.id)).forEach(context.output.line)
      }
    }
  }
}
