internal import ArgumentParser
internal import Interchange
internal import JournalModel
internal import JournalStore

/// `ebb on-this-day`: what was written on one day of the calendar, year after year.
struct OnThisDayCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "on-this-day", "What you wrote on this day in other years.",
    usage: "ebb on-this-day [DATE] [options]", discussion: Messages.Help.onThisDay)

  static let shape = ArgumentShape(words: .names).adding(JSONOption.shape)

  @Argument(help: ArgumentHelp("A day; else today.", valueName: "date"))
  var words: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let day = try day(context)
    let journal = try context.journalToRead()
    let years = try journal.map { try records($0, on: day, context) } ?? []
    if output.json {
      let states = years.lazy.flatMap(\.states)
      return context.output.json(lines: states.compactMap(RecordJSON.of))
    }
    guard !years.isEmpty else {
      return context.hint(Messages.OnThisDay.nothing(day))
    }
    try context.paged {
      for (index, year) in years.enumerated() {
        if index > 0 { context.output.line() }
        let title = Messages.OnThisDay.title(year.day, yearsBefore: day.year - year.day.year)
        context.output.line(context.style.strong(title))
        try RecordListing(context: context).show(year.states)
      }
    }
  }

  private func day(_ context: CommandContext) throws -> CivilDay {
    guard !words.isEmpty else { return context.today }
    let text = words.joined(separator: " ")
    let days = try CivilDay.typedRange(text, now: context.now, zones: context.zones)
    guard days.lowerBound == days.upperBound else {
      throw Failure.usage(Messages.OnThisDay.notADay(text))
    }
    return days.lowerBound
  }

  /// The years that have something on that day, the latest first; not those of today itself.
  private func records(
    _ journal: JournalStore, on day: CivilDay, _ context: CommandContext
  ) throws -> [(day: CivilDay, states: [RecordState])] {
    let ends = try [true, false].compactMap { try end(journal, isOldest: $0, context.zones)?.year }
    guard let first = ends.min(), let last = ends.max() else { return [] }
    return try (first...last).reversed().compactMap { year in
      guard let day = CivilDay(year: year, month: day.month, day: day.day), day != context.today
      else { return nil }
      var query = RecordQuery()
      query.on = day
      let states = try journal.records(matching: query)
      return states.isEmpty ? nil : (day, states)
    }
  }

  /// A day that none is before, or after.
  private func end(
    _ journal: JournalStore, isOldest: Bool, _ zones: ZoneRules
  ) throws -> CivilDay? {
    var query = RecordQuery()
    query.oldestFirst = isOldest
    query.limit = 1
    // The order is by instant: elsewhere on earth it may have been the day before or after.
    return try journal.records(matching: query).first.map {
      $0.timelinePosition(zones).day.adding(days: isOldest ? -1 : 1)
    }
  }
}
