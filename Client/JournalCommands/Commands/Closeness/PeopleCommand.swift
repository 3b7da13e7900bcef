internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// `ebb people`: everybody in the journal, or a page for one of them.
struct PeopleCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "people", "The people in your journal, and how near they were.",
    usage: "ebb people [NAME] [options]", discussion: Messages.Help.people)

  static let onlyReads = true

  static let shape = ArgumentShape(words: .names).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(.asked(.person))

  @Argument(help: ArgumentHelp("Somebody, for a page about them.", valueName: "name"))
  var words: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let name =
      words.isEmpty ? nil : try context.known(person: Self.only(words, Messages.People.aName))
    let reader = try context.journalToRead().map {
      PeopleReader(
        journal: $0, today: context.today, zones: context.zones,
        withPractice: context.settings.offersPractices)
    }
    if let name {
      guard let reader, let person = try reader.person(name) else {
        throw try context.unknownPerson(name)
      }
      if output.json { return context.output.json(person.json) }
      return try show(person, reader.journal, context)
    }
    let people = try reader?.all() ?? []
    if output.json { return context.output.json(lines: people.map(\.json)) }
    guard !people.isEmpty else {
      return context.hint(Messages.People.nobody)
    }
    let rendering = PersonRendering(
      style: context.style, columns: context.terminal.columns, today: context.today)
    try context.paged {
      for person in people {
        rendering.lines(person).forEach(context.output.line)
        if !person.openSteps.isEmpty {
          context.output.sentence("  " + Messages.People.openSteps(person.openSteps.count))
        }
      }
    }
  }

  /// The page: closeness and pull, over all and week by week, steps and the ladder, and what was
  /// written last.
  private func show(
    _ person: PersonFacts, _ journal: JournalStore, _ context: CommandContext
  ) throws {
    let listing = RecordListing(context: context)
    PersonRendering(
      style: context.style, columns: context.terminal.columns, today: context.today
    ).lines(person).forEach(context.output.line)
    let weeks = person.together?.weeks.compactMap(Messages.People.week) ?? []
    if !weeks.isEmpty {
      context.output.line()
      context.output.line(Messages.People.weeks)
      weeks.forEach { context.output.sentence("  " + $0) }
    }
    if !person.openSteps.isEmpty {
      context.output.line()
      context.output.line(Messages.Steps.plannedTitle)
      try listing.show(person.openSteps)
    }
    var query = RecordQuery()
    query.people = [person.name]
    query.kinds = [.step]
    let steps = try journal.records(matching: query).compactMap(Step.init)
    let ladder = Ladder(steps).standings.first { $0.person == person.name }
    if let ladder, person.together != nil {
      context.output.line()
      LadderRendering(style: context.style, columns: context.terminal.columns)
        .rungs(of: ladder).forEach(context.output.line)
    }
    query.kinds = [.entry, .mood]
    query.limit = 5
    let latest = try journal.records(matching: query)
    if !latest.isEmpty {
      context.output.line()
      context.output.line(Messages.People.latest)
      try listing.show(latest)
    }
  }
}

extension CommandContext {
  /// That nobody in the journal has a name.
  func unknownPerson(_ name: String) throws -> Failure {
    let names = try journalToRead()?.peopleCounts().map(\.name) ?? []
    return Failure(
      .notPossible,
      Messages.People.unknown(
        name, nearest: Suggestion.nearest(to: name, among: names)))
  }
}
