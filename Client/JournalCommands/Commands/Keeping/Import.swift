internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// One import: all that is whole in the sources, or, when it is ended early, a source turns out not
/// to be what it seemed, or a document has places that cannot be taken, nothing.
struct Import {
  let context: CommandContext
  let sources: [ImportSource]
  /// `nil` for what each source is recognised as.
  let format: ImportFormat?
  let settings: ImportSettings
  let isDryRun: Bool

  /// - Throws: `ImportError`, `StoreError`, or a `Failure` with status 130.
  func run() throws -> ImportOutcome {
    // What can't be imported at all is no reason to begin a journal.
    for source in sources { _ = try ImportRun.format(of: source, as: format) }
    let progress = ProgressLine(context.terminal)
    defer { progress.clear() }
    return try Interruption.noting {
      try isDryRun ? rehearse(progress) : write(progress)
    }
  }

  private func write(_ progress: ProgressLine) throws -> ImportOutcome {
    do {
      let outcome = try context.openedJournal().importing { journal in
        let outcome = try read(progress) {
          try journal.add($0.change, after: $0.versions, trashed: $0.isTrashed)
        }
        guard !outcome.run.isRefused else { throw Refused(outcome: outcome) }
        try journal.storeAdded()
        // The last moment at which nothing of it is there yet.
        try Interruption.check(Messages.Import.interrupted)
        return outcome
      }
      if outcome.tally.addedCount > 0 { context.syncInBackground() }
      return outcome
    } catch let refused as Refused {
      return refused.outcome
    }
  }

  /// Takes back what was added while the sources were read.
  private struct Refused: Error {
    let outcome: ImportOutcome
  }

  /// Reads everything as an import does, and only asks what is known already.
  private func rehearse(_ progress: ProgressLine) throws -> ImportOutcome {
    let journal = try context.journalToRead()
    var seen: Set<RecordID> = []
    return try read(progress) {
      guard seen.insert($0.change.record).inserted else { return .same }
      return try journal?.acquaintance(with: $0.change) ?? .new
    }
  }

  /// - Parameter add: what is known of a record; a new one is added.
  private func read(
    _ progress: ProgressLine, _ add: (ImportedChange) throws -> Acquaintance
  ) throws -> ImportOutcome {
    var tally = ImportTally()
    var count = 0
    let run = try ImportRun.readingAhead(sources, as: format, settings) { record in
      try Interruption.check(Messages.Import.interrupted)
      count += 1
      if count.isMultiple(of: 500) { progress.show(Messages.Import.importing(count)) }
      tally.count(record.change.kind, record.change.record, try add(record))
    }
    return ImportOutcome(
      paths: sources.map(\.path), run: run, tally: run.isRefused ? ImportTally() : tally,
      isDryRun: isDryRun)
  }
}

/// What an import brought, in words and as JSON.
struct ImportOutcome {
  let paths: [String]
  let run: ImportRun
  /// Of nothing where the import was refused.
  let tally: ImportTally
  let isDryRun: Bool

  var report: ImportReport { run.report }

  func tell(_ context: CommandContext, json: Bool) {
    if json { return context.output.json(self.json) }
    let short = (try? context.shortIDs(of: tally.differing)) ?? [:]
    context.output.sentence(
      Messages.Import.done(
        tally, differing: tally.differing.map { short[$0] ?? $0.description },
        hasFaults: report.faultCount > 0, isDryRun: isDryRun))
    // They say how records were taken, and none was.
    guard !run.isRefused else { return }
    let zone = context.zones.local.name
    for line in Messages.Import.notes(report, localZone: zone) {
      context.output.sentence(Visible.line(line))
    }
  }

  private var json: JSONText {
    .object([
      ("dryRun", .boolean(isDryRun)),
      (
        "sources",
        .array(
          zip(paths, run.formats).map { path, format in
            .object([("path", .string(path)), ("format", .string(format.rawValue))])
          })
      ),
      ("added", TallyJSON.records(tally.addedByKind)),
      ("known", .integer(tally.knownCount)),
      ("different", .integer(tally.differingCount)),
      ("trashed", .integer(tally.trashedCount)),
      ("erased", .integer(tally.erasedCount)),
      ("notes", .array(report.sortedNotes.map(Self.json))),
      ("faultCount", .integer(report.faultCount)),
      ("faults", .array(report.faults.map { Self.json($0, isRefused: run.isRefused) })),
    ])
  }

  private static func json(_ note: ImportNote, _ occurrences: ImportReport.Occurrences) -> JSONText
  {
    .object(
      [
        ("what", .string(note.name)), ("detail", .optional(note.detail)),
        ("count", .integer(occurrences.count)),
      ] + json(occurrences.first))
  }

  private static func json(_ fault: ImportFault, isRefused: Bool) -> JSONText {
    let reason = Messages.Import.reason(fault.reason, isRefused: isRefused)
    return .object(json(fault.place) + [("reason", .string(reason))])
  }

  private static func json(_ place: SourcePlace) -> [(key: String, value: JSONText)] {
    [("file", .string(place.file)), ("line", .optional(place.line))]
      + (place.record.map { [("record", .integer($0))] } ?? [])
  }
}
