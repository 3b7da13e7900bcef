internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb export`: what the journal holds, in a form that others read.
struct ExportCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "export", "Take what you wrote elsewhere.", usage: "ebb export FORMAT [-o PATH] [options]",
    discussion: Messages.Help.export)

  static let shape = ArgumentShape(
    flags: ["--force", "--history"], values: ["--output", "--per"], short: ["-o": "--output"]
  ).adding(FilterOptions.shape).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(.words(of: ExportFormat.self))

  @Argument(help: ArgumentHelp("What to write.", valueName: "format"))
  var words: [String] = []

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The file or folder to make; - is standard output.", valueName: "path"),
    completion: .file())
  var output: String?

  @Flag(help: "Replace what is there. In a folder, files with other names stay.")
  var force = false

  @Option(
    help: ArgumentHelp("In a Markdown folder, one file a day or an entry.", valueName: "what"),
    completion: .words(of: ExportSettings.Grouping.self))
  var per: String?

  @Flag(help: "Every version of every record (ebb only).")
  var history = false

  @OptionGroup var filters: FilterOptions
  @OptionGroup var report: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let format = try format()
    let settings = try settings(format, context)
    let query = try query(format, context)
    let path = output == "-" ? nil : output
    if path == "" { throw Failure.usage(Messages.Export.pathIsEmpty) }
    if report.json && path == nil { throw Failure.usage(Messages.Export.jsonNeedsOutput) }
    if format.isBinary && path == nil && context.terminal.outputIsTerminal {
      throw Failure.usage(Messages.Export.needsOutput(format))
    }
    if format.canBeFolder, let path, ExportPlace.looksLikeFile(path) {
      throw Failure.usage(Messages.Export.looksLikeFile(path))
    }
    if per != nil && !ExportPlace.isFolder(path, format) {
      throw Failure.usage(Messages.Export.groupingNeedsFolder)
    }
    let export = Export(
      context: context, format: format, settings: settings, query: query, path: path,
      mayReplace: force)
    try export.run().tell(context, json: report.json)
  }

  private func format() throws -> ExportFormat {
    let word = try Self.only(words, Messages.Export.aFormat)
    guard let format = ExportFormat(rawValue: word.lowercased()) else {
      let names = ExportFormat.allCases.map(\.rawValue)
      throw Failure.usage(
        Messages.Export.unknownFormat(word, nearest: Suggestion.nearest(to: word, among: names)))
    }
    return format
  }

  private func settings(
    _ format: ExportFormat, _ context: CommandContext
  ) throws -> ExportSettings {
    var settings = ExportSettings(now: context.now, zones: context.zones)
    if let per {
      guard let grouping = ExportSettings.Grouping(rawValue: per.lowercased()) else {
        throw Failure.usage(Messages.Export.unknownGrouping(per))
      }
      settings.grouping = grouping
    }
    if history && format != .ebb { throw Failure.usage(Messages.Export.history(format)) }
    settings.withHistory = history
    return settings
  }

  private func query(_ format: ExportFormat, _ context: CommandContext) throws -> RecordQuery {
    var query = try filters.query(context, json: true)
    // A table is of one kind, because its reader wants one.
    if filters.kind == nil && format == .csv { query.kinds = [.mood] }
    return query
  }
}
