internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb export`: what the journal holds, in a form that others read.
struct ExportCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "export", "Take what you wrote elsewhere.",
    usage: "ebb export FORMAT [QUERY…] [-o PATH] [options]",
    discussion: Messages.Help.export)

  static let onlyReads = true

  static let shape = ArgumentShape(
    words: .query, flags: ["--force", "--history"], values: ["--output", "--per"],
    short: ["-o": "--output"]
  ).adding(FilterOptions.shape, JSONOption.shape)

  static let wordCandidates = WordCandidates(.words(of: ExportFormat.self))

  @Argument(
    help: ArgumentHelp(
      "What to write; then what to search for, as in `ebb search`: tag:river.",
      valueName: "format"))
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
    let queryWords = Array(words.dropFirst())
    // Whoever forgets -o means a place, and would get an export of nothing.
    if output == nil, let path = queryWords.first(where: ExportPlace.looksLikePath) {
      throw Failure.usage(Messages.Export.pathWithoutOption(path))
    }
    let settings = try settings(format, context)
    let query = try query(format, queryWords, context)
    let path = output == "-" ? nil : output
    if path?.isBlank == true { throw Failure.usage(Messages.Export.pathIsEmpty) }
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
    var export = Export(
      context: context, format: format, settings: settings, query: query, path: path,
      mayReplace: force)
    if format == .csv && filters.kind == nil && Self.kinds(of: query) == RecordKind.journal {
      export.kindsLeftOut = RecordKind.journal.filter { !query.kinds.contains($0) }
    }
    try export.run().tell(context, json: report.json)
  }

  private func format() throws -> ExportFormat {
    guard let word = words.first else {
      throw Failure.usage(Messages.Arguments.missing(Messages.Export.aFormat, command: Self.name))
    }
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

  private func query(
    _ format: ExportFormat, _ words: [String], _ context: CommandContext
  ) throws -> RecordQuery {
    var query = try filters.query(context, words: words, json: true)
    // A table is of one kind, because its reader wants one.
    guard filters.kind == nil && format == .csv else { return query }
    let kinds = Self.kinds(of: query)
    guard kinds.count < 2 || kinds == RecordKind.journal else {
      throw Failure.usage(Messages.Export.oneKind(kinds))
    }
    query.kinds = kinds == RecordKind.journal ? [.mood] : kinds
    return query
  }

  /// What the words of the query leave; all, where they say nothing of kinds.
  private static func kinds(of query: RecordQuery) -> [RecordKind] {
    query.search?.kinds ?? RecordKind.journal
  }
}
