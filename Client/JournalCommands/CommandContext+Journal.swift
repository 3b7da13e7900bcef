internal import Glibc
internal import Interchange
internal import JournalModel
internal import JournalStore
internal import JournalSync
internal import OperationLog

extension CommandContext {
  /// The journal, made if there is none.
  func openedJournal() throws -> JournalStore {
    if let journal, isWritable { return journal }
    try requireNotVanished()
    let opened = try JournalStore.open(folder: folders.data, environment: .live)
    journalRead = journal
    journal = opened
    isWritable = true
    finishErasing(opened)
    return opened
  }

  /// An empty list would look like a loss, and a new journal in the place of one that a disk lost
  /// would hide it. What a sync leaves beside a journal tells that there was one.
  func requireNotVanished() throws {
    guard !isJournalThere, !bringsJournalBack, let trace = SyncClient.fileNames.first,
      access(folders.data + "/" + trace, F_OK) == 0
    else { return }
    throw Failure(.badData, Messages.Storage.vanished(folder: Visible.line(folders.data), trace))
  }

  private var isJournalThere: Bool {
    var status = stat()
    return stat(journalPath, &status) == 0 && status.st_size > 0
  }

  private var journalPath: String { folders.data + "/journal.sqlite" }

  /// Removes the journal that `body` made before it failed, if nothing came into it: it would hide
  /// that the one before is gone.
  func leavingNoEmptyJournal(_ body: () throws -> Void) throws {
    let wasThere = isJournalThere
    do {
      try body()
    } catch {
      if !wasThere, let journal, (try? journal.summary().operations) == 0,
        (try? serverLink()) == .some(nil)
      {
        self.journal = nil
        unlink(journalPath)
      }
      throw error
    }
  }

  /// An erase that was cut short goes on with the next command that writes. What hinders it does
  /// not hinder that command: `ebb status` tells.
  private func finishErasing(_ journal: JournalStore) {
    try? journal.finishErasing()
  }

  /// The journal as it is, from a read-only disk too; `nil` if nothing was ever written.
  func journalToRead() throws -> JournalStore? {
    if let journal { return journal }
    try requireNotVanished()
    do {
      journal = try JournalStore.open(
        folder: folders.data, environment: .live, mode: .readOnly)
    } catch let error as StoreError where error.code == .missing {
      return nil
    }
    return journal
  }

  /// Saves durably, all or nothing; then a sync may start in the background.
  func save(_ changes: [RecordChange]) throws {
    _ = try openedJournal().write(changes)
    syncInBackground()
  }

  /// What somebody made of a record that was shown to them.
  func save(_ changes: [RecordChange], inSightOf shown: ShownRecord) throws {
    guard !changes.isEmpty else { return }
    _ = try openedJournal().write(changes, inSightOf: shown)
    syncInBackground()
  }

  /// Whether there was anything to change.
  func save(
    editing id: RecordID, _ edit: (RecordState) throws -> RecordChange?
  ) throws -> Bool {
    guard try openedJournal().write(editing: id, edit) != nil else { return false }
    syncInBackground()
    return true
  }

  /// Several records at once, all or none.
  func save(
    editing ids: [RecordID], _ edit: (RecordState) throws -> RecordChange?
  ) throws {
    if try !openedJournal().write(editing: ids, edit).isEmpty { syncInBackground() }
  }

  /// The record that the beginning of an id stands for.
  func record(named prefix: String) throws -> RecordID {
    let prefix = prefix.lowercased()
    guard !prefix.isEmpty, prefix.utf8.allSatisfy(Self.isHexadecimal) else {
      throw Failure(.notPossible, Messages.Records.notAnID(prefix))
    }
    guard let journal = try journalToRead() else { throw notFound(prefix) }
    switch try journal.identify(prefix) {
    case .one(let id): return id
    case .none: throw notFound(prefix)
    case .ambiguous(let ids):
      throw Failure(
        .notPossible, Messages.Records.ambiguous(prefix, candidates: try candidates(ids)))
    }
  }

  /// Several records, each once, in the order given.
  func records(named prefixes: [String], command: String) throws -> [RecordID] {
    guard !prefixes.isEmpty else {
      throw Failure.usage(Messages.Arguments.missing(Messages.Arguments.ids, command: command))
    }
    var ids: [RecordID] = []
    for id in try prefixes.map(record(named:)) where !ids.contains(id) { ids.append(id) }
    return ids
  }

  func shown(_ id: RecordID) throws -> ShownRecord {
    guard let shown = try journalToRead()?.shown(id) else { throw notFound(id.description) }
    return shown
  }

  func state(of id: RecordID) throws -> RecordState {
    guard let state = try journalToRead()?.state(of: id) else {
      throw notFound(id.description)
    }
    return state
  }

  func notFound(_ prefix: String) -> Failure {
    Failure(.notPossible, Messages.Records.notFound(prefix))
  }

  func shortIDs(of ids: [RecordID]) throws -> [RecordID: String] {
    try journalToRead()?.shortestPrefixes(of: ids) ?? [:]
  }

  func short(_ id: RecordID) throws -> String {
    try shortIDs(of: [id])[id] ?? id.description
  }

  private func candidates(_ ids: [RecordID]) throws -> [String] {
    let short = try shortIDs(of: ids)
    let row = RecordRow(style: Style(isOn: false), columns: 80)
    return try ids.compactMap { try row.text(state(of: $0), id: short[$0] ?? $0.description) }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}

extension CommandContext {
  /// Prints a record that was just written.
  func show(_ id: RecordID, verb: String, json: Bool) throws {
    if json { return try printJSON(of: state(of: id)) }
    try show([id], verb: verb, json: false)
  }

  /// Prints records that were just written.
  func show(_ ids: [RecordID], verb: String, json: Bool) throws {
    let states = try ids.map(state(of:))
    if json { return output.json(lines: states.compactMap(RecordJSON.of)) }
    let names = try shortIDs(of: ids)
    let row = RecordRow(style: style, columns: terminal.columns)
    for state in states {
      let id = names[state.id] ?? state.id.description
      for line in row.lines(state, id: id, before: verb) { output.line(line) }
    }
  }

  func printJSON(of state: RecordState) throws {
    guard let json = RecordJSON.of(state) else { throw notFound(state.id.description) }
    output.json(json)
  }
}
