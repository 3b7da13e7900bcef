internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// Today at a glance: what was written, what came before, how the week felt, and what waits.
struct TodayPage {
  let context: CommandContext
  let journal: JournalStore
  let counts: [RecordKind: Int]
  let steps: StepsAtAGlance
  /// What waits for a decision, asked once: a section names it, and the last line counts it.
  let contested: [RecordID]
  let survived: [RecordID]

  /// Each is some lines, or none; they are parted by an empty line.
  private var sections: [() throws -> [String]] {
    [today, lately, mood, nearSteps, stepToFollowUp, conflicts, survivors, standing]
  }

  static func print(_ context: CommandContext, json: Bool) throws {
    let journal = try context.journalToRead()
    if json {
      let states = try journal?.records(matching: records(of: context.today)) ?? []
      return context.output.json(lines: states.lazy.compactMap(RecordJSON.of))
    }
    let counts = try journal?.recordCounts() ?? [:]
    if let journal, counts.values.contains(where: { $0 > 0 }) {
      let steps =
        context.settings.offersPractices
        ? try StepsAtAGlance(journal, today: context.today) : .none
      try TodayPage(
        context: context, journal: journal, counts: counts, steps: steps,
        contested: journal.contestedRecords().map(\.id),
        survived: journal.survivors().map(\.state.id)
      ).show()
      steps.leaveOutcomeOpen(context)
    } else {
      context.output.sentence(Messages.Today.welcome)
    }
    if let drafts = KeptDrafts(context.folders).sentence { context.output.sentence(drafts) }
  }

  private func show() throws {
    context.output.line(context.style.strong(DateText.long(context.today)))
    for section in sections {
      let lines = try section()
      guard !lines.isEmpty else { continue }
      context.output.line()
      lines.forEach { context.output.line($0) }
    }
  }

  private static func records(of day: CivilDay) -> RecordQuery {
    var query = RecordQuery()
    query.on = day
    return query
  }
}

// The sections.
extension TodayPage {
  private static let rowsMax = 10

  private func today() throws -> [String] {
    let query = Self.records(of: context.today)
    // Steps that are near have a section of their own.
    let states = try journal.records(matching: query).filter { state in
      !steps.near.contains { $0.id == state.id }
    }
    guard !states.isEmpty else { return [Messages.Today.nothingYet] }
    let rows = try rows(Array(states.prefix(Self.rowsMax)))
    let more = states.count - rows.count
    return more > 0 ? rows + [Messages.Records.more(more)] : rows
  }

  private static let latelyMax = 3

  /// What was written last, before today.
  private func lately() throws -> [String] {
    var query = RecordQuery()
    query.kinds = [.entry]
    query.to = context.today.adding(days: -1)
    query.limit = Self.latelyMax
    let rows = try rows(try journal.records(matching: query))
    return rows.isEmpty ? [] : [Messages.Today.lately] + rows
  }

  private static let weekDays = 7

  /// `Mood these seven days  ▃·▅▆··▇  Sun 4, Tue 6, Wed 7, Sat 8`
  private func mood() throws -> [String] {
    var query = RecordQuery()
    query.kinds = [.mood]
    query.from = context.today.adding(days: 1 - Self.weekDays)
    query.to = context.today
    let tallies = try journal.tallies(matching: query)
    let days = (1...Self.weekDays).map { context.today.adding(days: $0 - Self.weekDays) }
    let scores = days.map { day in tallies.first { $0.day == day }?.score }
    let words = zip(days, scores).compactMap { day, score in
      score.map { Messages.Today.score($0, on: day) }
    }
    guard !words.isEmpty else { return [] }
    let start = Messages.Today.moodOfTheWeek + "  " + Sparkline.text(scores, in: 1...10) + "  "
    return LineWrap.wrapped(
      words.joined(separator: ", "), columns: context.terminal.columns, after: start)
  }

  private func nearSteps() throws -> [String] { try steps.nearLines(context) }

  private func stepToFollowUp() throws -> [String] { try steps.followUpLines(context) }

  private func conflicts() throws -> [String] {
    try waiting(Messages.Conflicts.toSettle, contested)
  }

  private func survivors() throws -> [String] {
    try waiting(Messages.Conflicts.survived, survived)
  }

  private static let conflictsMax = 3

  private func waiting(_ title: String, _ ids: [RecordID]) throws -> [String] {
    guard !ids.isEmpty else { return [] }
    let rendering = NewsRendering(
      journal: journal, style: context.style, columns: context.terminal.columns)
    return try [title] + rendering.rows(ids, max: Self.conflictsMax)
  }

  /// `1,449 entries, 210 mood logs · 3 changes not synced yet, last sync 2026-11-21 08:15`
  private func standing() throws -> [String] {
    var parts = [Messages.Today.counts(counts)]
    if let lastSync = try context.lastSync() {
      let unsynced = try journal.unsyncedCount()
      if unsynced > 0 { parts.append(Messages.Today.unsynced(unsynced)) }
      parts.append(Messages.Today.lastSync(DateText.local(lastSync, context.zones)))
    }
    let conflicts = Set(contested + survived).count
    if conflicts > 0 { parts.append(Messages.Today.conflicts(conflicts)) }
    return LineWrap.wrapped(parts.joined(separator: " · "), columns: context.terminal.columns)
  }

  private func rows(_ states: [RecordState]) throws -> [String] {
    try RecordListing(context: context).rows(states)
  }
}
