internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// One export, from the journal to its place: whole, or not at all.
struct Export {
  let context: CommandContext
  let format: ExportFormat
  var settings: ExportSettings
  var query: RecordQuery
  /// `nil` for standard output.
  let path: String?
  let mayReplace: Bool
  /// What the query would find and nobody chose to leave out, but the form has no place for it.
  var kindsLeftOut: [RecordKind] = []

  /// - Throws: `ExportError`, `StoreError`, or a `Failure`: 1 for a place among the journal's own
  ///   files, 130.
  func run() throws -> ExportOutcome {
    // What goes straight to standard output leaves nothing to clear up.
    guard path != nil || format == .pdf else { return try write() }
    return try Interruption.noting(write)
  }

  private func write() throws -> ExportOutcome {
    let target = try target()
    let progress = ProgressLine(context.terminal)
    defer {
      progress.clear()
      target.discard()
    }
    let printing = try printing()
    defer { printing?.discard() }
    var outcome = ExportOutcome(format: format, path: path)
    var exporter = try format.exporter(
      to: printing.map { .file($0.page) } ?? target, tableSettings)
    var contested = 0
    try forEachRecord { state, journal in
      try Interruption.check()
      guard format.holds(state.kind) else {
        outcome.recordsLeftOut[state.kind, default: 0] += 1
        return
      }
      try exporter.add(ExportedRecord(state, history: history(of: state, journal)))
      outcome.written[state.kind, default: 0] += 1
      // Only Ebb's own history has the texts that lost.
      if state.hasSiblings && !(format == .ebb && settings.withHistory) { contested += 1 }
      let count = outcome.count
      if path != nil && count.isMultiple(of: 500) {
        progress.show(Messages.Export.exporting(count))
      }
    }
    try exporter.finish()
    try Interruption.check()
    if let printing {
      progress.show(Messages.Export.printing)
      // Ctrl-C ends the printing program too; then it is no failure of its own.
      let printed = Result { try printing.finish(into: target) }
      try Interruption.check()
      try printed.get()
    }
    try target.commit()
    outcome.fieldsLeftOut = exporter.leftOut
    if contested > 0 { outcome.fieldsLeftOut["siblings"] = contested }
    for kind in kindsLeftOut { outcome.recordsLeftOut[kind] = try count(of: kind) }
    return outcome
  }

  private func count(of kind: RecordKind) throws -> Int {
    guard let journal = try context.journalToRead() else { return 0 }
    var query = query
    query.kinds = [kind]
    query.limit = nil
    return try journal.count(matching: query)
  }

  /// Oldest first, then those in the trash where the format holds them.
  private func forEachRecord(_ body: (RecordState, JournalStore) throws -> Void) throws {
    guard let journal = try context.journalToRead() else { return }
    // Whoever wants the newest few does not mean the trash too.
    let withTrash = format.holdsTrash && !query.trashed && query.limit == nil
    for trashed in withTrash ? [false, true] : [query.trashed] {
      var query = query
      query.trashed = trashed
      if query.limit != nil {
        // The newest so many, unless `--reverse` asks for the oldest: few enough to hold.
        let states = try journal.records(matching: query)
        for state in query.oldestFirst ? states : states.reversed() { try body(state, journal) }
      } else {
        query.oldestFirst = true
        try journal.forEachRecord(matching: query) { try body($0, journal) }
      }
    }
  }

  private func history(of state: RecordState, _ journal: JournalStore) throws -> [StampedChange] {
    guard settings.withHistory else { return [] }
    return try journal.history(of: state.id).reversed().compactMap { version in
      version.change.map { StampedChange(stamp: version.stamp, change: $0) }
    }
  }

  private var tableSettings: ExportSettings {
    var settings = settings
    if let kind = query.kinds.first, query.kinds.count == 1 { settings.tableKind = kind }
    return settings
  }

  /// A PDF is made from a page that is written somewhere else first.
  private func printing() throws -> PDFPrinting? {
    guard format == .pdf else { return nil }
    return try PDFPrinting(
      searchPath: context.environment["PATH"] ?? "/usr/bin:/bin",
      temporaryFolder: context.environment["TMPDIR"])
  }

  private func target() throws -> ExportTarget {
    guard let path else {
      guard context.terminal.outputIsTerminal else { return .file(ExportFile()) }
      return .file(ExportFile { Visible.lines($0).joined(separator: "\n") })
    }
    try context.folders.requireNotOwn(path)
    if ExportPlace.isFolder(path, format) {
      return .folder(try ExportFolder(path: path, mayReplace: mayReplace))
    }
    return .file(try ExportFile(path: path, mayReplace: mayReplace))
  }
}

/// What an export wrote, and what it could not.
struct ExportOutcome {
  let format: ExportFormat
  let path: String?
  var written: [RecordKind: Int] = [:]
  var recordsLeftOut: [RecordKind: Int] = [:]
  var fieldsLeftOut: [String: Int] = [:]

  var count: Int { written.values.reduce(0, +) }

  func tell(_ context: CommandContext, json: Bool) {
    if json { return context.output.json(self.json) }
    if let path {
      context.output.sentence(Messages.Export.exported(written, to: Visible.line(path)))
    }
    if recordsLeftOut.values.contains(where: { $0 > 0 }) {
      context.output.message(Messages.Export.recordsLeftOut(recordsLeftOut, format))
    }
    if !fieldsLeftOut.isEmpty {
      context.output.message(Messages.Export.fieldsLeftOut(fieldsLeftOut, format))
    }
  }

  private var json: JSONText {
    .object([
      ("format", .string(format.rawValue)),
      ("path", .optional(path)),
      ("records", TallyJSON.records(written)),
      ("recordsLeftOut", TallyJSON.records(recordsLeftOut)),
      (
        "fieldsLeftOut",
        .object(
          fieldsLeftOut.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
      ),
    ])
  }
}
