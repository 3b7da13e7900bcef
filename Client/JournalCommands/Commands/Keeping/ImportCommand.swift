internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb import`: brings along what another program, or another journal, holds.
struct ImportCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "import", "Bring along what you wrote elsewhere.",
    usage: "ebb import PATH… [--format F] [--dry-run] [options]",
    discussion: Messages.Help.importing)

  static let shape = ArgumentShape(
    words: .names, flags: ["--dry-run"], values: ["--format", "--encoding", "--journal"],
    repeated: ["--tag"]
  ).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(rest: .files)

  @Argument(help: ArgumentHelp("Files or folders to read.", valueName: "path"))
  var words: [String] = []

  @Option(
    help: ArgumentHelp("What it is, if Ebb does not see it.", valueName: "name"),
    completion: .list(ImportFormat.allCases.map(\.rawValue)))
  var format: String?

  @Flag(help: "Tell what would come along, and write nothing.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "How text that is not UTF-8 was written: utf-16, latin-1 or windows-1252.",
      valueName: "name"),
    completion: .words(of: TextEncoding.self))
  var encoding: String?

  @Option(
    help: ArgumentHelp("The journal that entries go to.", valueName: "name"),
    completion: .asked(.journal))
  var journal: String?

  @Option(
    help: ArgumentHelp("A tag that everything gets; several times.", valueName: "name"),
    completion: .asked(.tag))
  var tag: [String] = []

  @OptionGroup var report: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    guard !words.isEmpty, !words.contains(where: \.isBlank) else {
      throw Failure.usage(Messages.Arguments.missing(Messages.Import.aSource, command: Self.name))
    }
    let format = try chosenFormat()
    let settings = try settings(context)
    let sources = try words.map(ImportSource.init(path:))
    let outcome = try Import(
      context: context, sources: sources, format: format, settings: settings, isDryRun: dryRun
    ).run()
    outcome.tell(context, json: report.json)
    // What could be brought in was, and the shell is told that not everything was.
    if outcome.report.faultCount > 0 {
      throw Failure(
        .badData,
        Messages.Import.faults(
          outcome.report, hasRest: outcome.tally.addedCount > 0,
          isRefused: outcome.run.isRefused, isDryRun: dryRun))
    }
  }

  private func chosenFormat() throws -> ImportFormat? {
    guard let format else { return nil }
    guard let known = ImportFormat(rawValue: format.lowercased()) else {
      throw Failure.usage(
        Messages.Import.unknownFormat(
          format,
          nearest: Suggestion.nearest(to: format, among: ImportFormat.allCases.map(\.rawValue))))
    }
    return known
  }

  private func settings(_ context: CommandContext) throws -> ImportSettings {
    var settings = ImportSettings(now: context.now, zones: context.zones)
    settings.journal = journal
    settings.tags = NameList.names(in: tag)
    if let encoding {
      guard let known = TextEncoding(rawValue: encoding.lowercased()) else {
        throw Failure.usage(Messages.Import.unknownEncoding(encoding))
      }
      settings.encoding = known
    }
    // A wrong name is the mistake of whoever typed it, not of every record.
    var draft = EntryDraft(date: try context.date(nil), text: "-")
    draft.tags = NameList.names(in: tag)
    draft.journal = journal ?? draft.journal
    _ = try draft.change(record: RecordID.random(), createdAt: context.now)
    return settings
  }
}
