internal import Interchange
internal import JournalModel
internal import JournalStore
internal import OperationLog

/// Renames a tag or a person in all records, or in none. What is in the trash stays as it is: an
/// edit would take it out.
struct Renaming {
  let family: RegisterName.Family
  /// As it is typed after `ebb`.
  let command: String
  /// Whether two names may become one without asking.
  let isSure: Bool
  let json: Bool
  let context: CommandContext

  func perform(_ words: [String]) throws {
    guard words.count == 2 else {
      throw Failure.usage(
        words.count < 2
          ? Messages.Arguments.missing(Messages.Renaming.twoNames, command: command)
          : Messages.Arguments.unexpected(words[2], command: command))
    }
    let old =
      try family == .tag ? context.known(tags: [words[0]])[0] : context.known(person: words[0])
    // As records will bear it, so that it is found where it is taken: without its sign, composed.
    let new = try OneLineName.checked(words[1], field: family.rawValue)
    let change = try NameChange(family, from: old, to: new)
    guard change.old != change.new else { throw Failure.usage(Messages.Renaming.same) }
    // A journal is not made for this.
    let ids = try context.journalToRead().map { try records(bearing: old, in: $0) } ?? []
    guard !ids.isEmpty else {
      throw Failure(.notPossible, Messages.Renaming.unknown(old, family))
    }
    let taken = try records(bearing: new, in: context.openedJournal()).count
    if taken > 0 { try confirm(old, new, taken) }
    var losesSign = false
    let changed = try context.openedJournal().write(editing: ids) { state in
      losesSign = losesSign || !change.staysInText && state.marksInProse.contains(change.old)
      return try change.change(of: state)
    }
    context.syncInBackground()
    if json {
      return context.output.json(
        .object([
          ("from", .string(old)), ("to", .string(new)),
          ("ids", .strings(changed.map(\.description))),
        ]))
    }
    context.output.sentence(Messages.Renaming.renamed(old, new, changed.count))
    context.output.message(
      taken > 0
        ? Messages.Renaming.merged
        : losesSign
          ? Messages.Renaming.withoutSign(new) : Messages.Renaming.back(command, new, old))
  }

  private func records(bearing name: String, in journal: JournalStore) throws -> [RecordID] {
    var query = RecordQuery()
    if family == .tag { query.tags = [name] } else { query.people = [name] }
    return try journal.records(matching: query).map(\.id)
  }

  private func confirm(_ old: String, _ new: String, _ taken: Int) throws {
    guard !isSure else { return }
    guard context.terminal.canAsk, let question = Question() else {
      throw Failure.usage(Messages.Renaming.mergeNeedsYes(new, taken))
    }
    let answer = question.line(Messages.Renaming.merge(old, new, taken)) ?? ""
    guard Visible.line(answer).lowercased().hasPrefix("y") else {
      throw Failure(.notPossible, Messages.Renaming.unchanged)
    }
  }
}
