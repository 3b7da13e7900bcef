internal import ArgumentParser
internal import Insights
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb insights`: what goes together in the journal, with how sure it is.
struct InsightsCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "insights", "See what goes together in your mood logs and steps.",
    usage: "ebb insights [options]", discussion: Messages.Insights.help)

  static let isPractice = true

  static let onlyReads = true

  static let shape = ArgumentShape(values: ["--person", "--since"]).adding(JSONOption.shape)

  @Option(
    help: ArgumentHelp("Only what is about this person.", valueName: "name"),
    completion: .asked(.person))
  var person: String?

  @Option(
    help: ArgumentHelp("Only from this day on (or week, month, year).", valueName: "day"))
  var since: String?

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    var query = RecordQuery()
    query.kinds = [.step]
    query.from = try since.map {
      try FilterOptions.days($0, "--since", context).lowerBound
    }
    let journal = try context.journalToRead()
    if let person {
      let name = try context.known(person: person)
      // Else it would look as if too little had been written about them.
      guard try journal?.peopleCounts().contains(where: { $0.name == name }) == true else {
        throw try context.unknownPerson(name)
      }
      query.people = [name]
    }
    let facts = try journal.map { try Self.facts($0, query) } ?? JournalFacts(moods: [], steps: [])
    let insights = Insights(facts)
    let rendering = InsightsRendering(
      style: context.style, columns: context.terminal.columns, insights: insights)
    if output.json { return context.output.json(rendering.json) }
    let shown = Set(insights.findings.flatMap(rendering.idsShown))
    let names = try context.shortIDs(of: Array(shown))
    try context.paged {
      rendering.lines(logs: facts.moods.count, steps: facts.stepsDone.count, shortIDs: names)
        .forEach(context.output.line)
    }
  }

  private static func facts(_ journal: JournalStore, _ query: RecordQuery) throws -> JournalFacts {
    let moods = try journal.moodFacts().filter { log in
      query.from.map { log.day >= $0 } != false
        && query.people.allSatisfy { log.people.contains($0) }
    }
    return JournalFacts(
      moods: moods, steps: try journal.records(matching: query).compactMap(Step.init))
  }
}
