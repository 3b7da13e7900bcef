internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb search`: a list of what matches, the match marked; and the searches that have names.
struct SearchCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "search", "Find what you wrote, by its words and more.",
    usage: "ebb search QUERY… [options]", discussion: Messages.Help.search)

  static let onlyReads = true

  static let shape = ArgumentShape(
    words: .query, flags: ["--saved"], values: ["--save", "--forget"]
  ).adding(FilterOptions.shape, JSONOption.shape)

  @Argument(
    help: ArgumentHelp(
      "Words, all of which must be there; “a phrase” in quotes; run* for all that begins so; "
        + "tag:river, mood:1-3, before:2026; -word for what must not be there; OR.",
      valueName: "query"))
  var words: [String] = []

  @Option(
    help: ArgumentHelp(
      "Keep the query under this name, for saved:NAME in any query.", valueName: "name"))
  var save: String?

  @Option(
    help: ArgumentHelp("Forget the query of this name.", valueName: "name"),
    completion: .asked(.savedSearch))
  var forget: String?

  @Flag(help: "List the queries that have names.")
  var saved = false

  @OptionGroup var filters: FilterOptions
  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    if let save { return try keep(as: save, context) }
    if let forget { return try drop(forget, context) }
    if saved { return try list(context) }
    guard words.contains(where: { !$0.isBlank }) else {
      throw Failure.usage(Messages.Arguments.emptySearch)
    }
    let query = try filters.query(context, words: words, json: output.json)
    try RecordListing(context: context).show(
      query, isLimitChosen: filters.limit != nil, json: output.json)
  }

  private func keep(as name: String, _ context: CommandContext) throws {
    let name = try SavedSearches.checked(name)
    guard forget == nil, !saved, filters.areNone else {
      throw Failure.usage(Messages.Searching.saveAlone)
    }
    let typed = SearchToken.tokens(of: words).map(\.text).joined(separator: " ")
    // It is kept on one line.
    let query = String(typed.map { $0.isNewline ? " " : $0 })
    guard !query.isEmpty else { throw Failure.usage(Messages.Arguments.emptySearch) }
    let replaced = try SavedSearches.set(name, to: query, in: context.folders) { searches in
      // As every later search will read it, by its name too.
      _ = try context.searchQuery(["saved:" + name], searches)
    }
    tell([(name, query)], Messages.Searching.saved(name, query), context)
    if let replaced, replaced != query {
      context.output.message(Visible.line(Messages.Searching.replaced(name, replaced)))
    }
  }

  private func drop(_ name: String, _ context: CommandContext) throws {
    guard words.isEmpty, !saved, filters.areNone else {
      throw Failure.usage(Messages.Searching.forgetAlone)
    }
    let query = try SavedSearches.set(name, to: nil, in: context.folders) ?? ""
    tell([(name, query)], Messages.Searching.forgotten(name, query), context)
  }

  private func list(_ context: CommandContext) throws {
    guard words.isEmpty, filters.areNone else {
      throw Failure.usage(Messages.Searching.savedAlone)
    }
    let searches = try SavedSearches(context.folders)
    let all = searches.names.map { ($0, searches.queriesByName[$0] ?? "") }
    if all.isEmpty && !output.json { context.hint(Messages.Searching.noneSaved) }
    let width = all.map { DisplayWidth.of($0.0) }.max() ?? 0
    let lines = all.map { DisplayWidth.padded($0.0, to: width) + "  " + Visible.line($0.1) }
    tell(all, lines.joined(separator: "\n"), context)
  }

  private func tell(
    _ searches: [(name: String, query: String)], _ text: String, _ context: CommandContext
  ) {
    if output.json {
      context.output.json(
        lines: searches.map {
          .object([("name", .string($0.name)), ("query", .string($0.query))])
        })
    } else if !text.isEmpty {
      context.output.line(Visible.lines(text).joined(separator: "\n"))
    }
  }
}
