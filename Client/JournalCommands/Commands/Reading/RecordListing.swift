internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// Prints the records that a query finds.
struct RecordListing {
  let context: CommandContext

  /// - Parameter isLimitChosen: whether somebody asked for no more than the query's limit.
  func show(_ query: RecordQuery, isLimitChosen: Bool, json: Bool) throws {
    guard let journal = try context.journalToRead() else {
      if json { context.output.json(lines: []) } else { try hint(query) }
      return
    }
    let states = try journal.records(matching: query)
    if json {
      context.output.json(lines: states.lazy.compactMap(RecordJSON.of))
      return
    }
    guard !states.isEmpty else { return try hint(query) }
    try context.paged { try show(states, marks: query.search?.marks) }
    try tellOfMore(query, isLimitChosen, shown: states.count, journal)
  }

  /// - Parameter marks: what was searched for, to be marked.
  func show(_ states: [RecordState], marks: SearchMarks? = nil) throws {
    try rows(states, marks: marks).forEach(context.output.line)
  }

  func rows(_ states: [RecordState], marks: SearchMarks? = nil) throws -> [String] {
    let ids = try context.shortIDs(of: states.map(\.id))
    let row = RecordRow(style: context.style, columns: context.terminal.columns, marks: marks)
    return states.compactMap { row.text($0, id: ids[$0.id] ?? $0.id.description) }
  }

  private func hint(_ query: RecordQuery) throws {
    // Names are looked up only for somebody who reads of it.
    guard context.terminal.errorIsTerminal else { return }
    let found = try context.nothingFound(by: query)
    let isTrashEmpty = query.trashed && found == Messages.Records.nothingFound
    context.hint(isTrashEmpty ? Messages.Records.trashEmpty : found)
  }

  private func tellOfMore(
    _ query: RecordQuery, _ isLimitChosen: Bool, shown: Int, _ journal: JournalStore
  ) throws {
    guard let limit = query.limit, shown >= limit else { return }
    var more = query
    if context.terminal.errorIsTerminal {
      more.limit = nil
      let count = try journal.count(matching: more)
      if count > shown { context.hint(Messages.Records.shown(shown, of: count)) }
    } else if !isLimitChosen {
      // A script that takes twenty for all would never know. That there is one more is found at
      // once, however many there are.
      more.limit = limit + 1
      guard try journal.count(matching: more) > shown else { return }
      context.output.message(Messages.Records.notAll(shown))
    }
  }
}
