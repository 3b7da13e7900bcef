internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import OperationLog

/// `ebb show`: one record in full.
struct ShowCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "show", "Show one record in full.", usage: "ebb show ID [options]",
    discussion: Messages.Help.show)

  static let shape = ArgumentShape(words: .names, flags: ["--raw"]).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(.asked(.record))

  @Argument(help: ArgumentHelp("Its id, or the beginning of it.", valueName: "id"))
  var ids: [String] = []

  @Flag(help: "The text as it was written, not as Markdown means it.")
  var raw = false

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let id = try context.record(named: try Self.only(ids, Messages.Arguments.anID))
    let state = try context.state(of: id)
    if output.json { return try context.printJSON(of: state) }
    try context.showPage(of: state, isRaw: raw)
  }
}

extension CommandContext {
  /// Prints a record in full, through the pager if it is long.
  func showPage(of state: RecordState, isRaw: Bool = false) throws {
    let page = RecordPage(
      style: style, columns: terminal.columns, zones: zones, isRaw: isRaw)
    let short = try short(state.id)
    try paged {
      page.lines(state, id: short).forEach { output.line($0) }
      if state.hasSiblings {
        output.line()
        output.sentence(Messages.Conflicts.alsoKept(short))
      }
    }
  }
}
