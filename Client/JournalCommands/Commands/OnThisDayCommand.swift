internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb on-this-day`: what was written on one day of the calendar, year after year.
struct OnThisDayCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "on-this-day", "What you wrote on this day in other years.",
    usage: "ebb on-this-day [DATE] [options]", discussion: Messages.Help.onThisDay)

  static let shape = JSONOption.shape

  @Argument(help: ArgumentHelp("A day; else today.", valueName: "date"))
  var words: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let day = try day(context)
    let journal = try context.journalToRead()
    let years = try journal.map { try records($0, on: day, before: context.today) } ?? []
    if output.json {
      let states = years.lazy.flatMap(\.states)
      return context.output.json(lines: states.compactMap(RecordJSON.of))
    }
    guard !years.isEmpty else {
      if context.terminal.errorIsTerminal { Output.message(Messages.OnThisDay.nothing(day)) }
      return
    }
    try context.paged {
      for (index, year) in years.enumerated() {
        if index > 0 { context.output.line() }
        let title = Messages.OnThisDay.title(year.day, yearsBefore: day.year - year.day.year)
        context.output.line(context.style.strong(title))
        try RecordListing(context: context).rows(year.states)
      }
    }
  }

  private func day(_ context: CommandContext) throws -> CivilDay {
    guard let first = words.first else { return context.today }
    let text = words.joined(separator: " ")
    let days = try CivilDay.typedRange(text, now: context.now, zones: context.zones)
    guard days.lowerBound == days.upperBound else {
      throw Failure.usage(Messages.OnThisDay.notADay(words.count > 1 ? text : first))
    }
    return days.lowerBound
  }

  /// The years that have something on that day, the latest first; not those of today itself.
  private func records(
    _ journal: JournalStore, on day: CivilDay, before today: CivilDay
  ) throws -> [(day: CivilDay, states: [RecordState])] {
    guard let first = try edge(journal, oldest: true), let last = try edge(journal, oldest: false)
    else { return [] }
    return try (first.year...max(first.year, last.year)).reversed().compactMap { year in
      guard let day = CivilDay(year: year, month: day.month, day: day.day), day != today else {
        return nil
      }
      var query = RecordQuery()
      query.on = day
      let states = try journal.records(matching: query)
      return states.isEmpty ? nil : (day, states)
    }
  }

  /// The day of the oldest or the latest record.
  private func edge(_ journal: JournalStore, oldest: Bool) throws -> CivilDay? {
    var query = RecordQuery()
    query.oldestFirst = oldest
    query.limit = 1
    return try journal.records(matching: query).first.map { state in
      // By a day more, for the order is by instant and the day as written.
      RecordSummary(state)?.date?.day.adding(days: oldest ? -1 : 1)
    } ?? nil
  }
}
