internal import ArgumentParser
internal import JournalModel
internal import JournalStore
internal import JournalSync
internal import OperationLog

/// `ebb __complete KIND PREFIX [BEFORE]`: what the scripts of `ebb completions` ask while somebody types.
///
/// BEFORE is the word before the one that is typed. One candidate a line, and after a tab what a menu can show beside it. It makes nothing, and
/// whatever is wrong, it says nothing: nobody can use a message in the middle of a line.
struct CompleteCommand: JournalCommand {
  static let word = "__complete"

  static let configuration: CommandConfiguration = described(
    word, "Print what could be typed.", discussion: "")

  static let shape = ArgumentShape(words: .text)

  @Argument(help: .hidden) var words: [String] = []

  mutating func perform(_ context: CommandContext) throws {
    guard let asked = words.first.flatMap(AskedName.init(rawValue:)) else { return }
    let prefix = words.count > 1 ? words[1] : ""
    let before = words.count > 2 ? words[2] : ""
    let found = try? Completion(context: context, prefix: prefix, before: before)
      .candidates(asked)
    for (word, about) in found ?? [] where word.hasPrefix(prefix) && Self.isOneLine(word) {
      context.output.line(about.isEmpty ? word : word + "\t" + about)
    }
  }

  /// A name with a control character can be typed, but not offered.
  private static func isOneLine(_ word: String) -> Bool {
    word.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      && !word.contains(where: \.isNewline)
  }
}

private struct Completion {
  typealias Candidate = (word: String, about: String)

  let context: CommandContext
  let prefix: String
  let before: String

  private func savedSearches() throws -> [Candidate] {
    try SavedSearches(context.folders).queriesByName.sorted { $0.key < $1.key }
      .map { ($0.key, Visible.line($0.value)) }
  }

  func candidates(_ asked: AskedName) throws -> [Candidate] {
    if asked == .template {
      return Template.names(in: context.folders.templates).map { ($0, "") }
    }
    if asked == .savedSearch { return try savedSearches() }
    guard let journal = try context.journalToRead() else { return [] }
    switch asked {
    case .template, .savedSearch: return []
    case .tag: return counted(try journal.tagCounts())
    case .person: return counted(try journal.peopleCounts())
    case .journal: return counted(try journal.journalCounts())
    case .device:
      return try journal.machines().compactMap { machine in
        machine.installation.map { ($0.description, Visible.line(machine.name ?? "")) }
      }
    case .contested: return try ids(journal.contestedRecords())
    case .record: return try ids(records(journal))
    case .trashed: return try ids(records(journal) { $0.trashed = true })
    case .step: return try ids(records(journal) { $0.kinds = [.step] })
    case .version: return try versions(journal)
    }
  }

  /// The latest first, but for those that nothing is left of.
  private func versions(_ journal: JournalStore) throws -> [Candidate] {
    guard case .one(let id) = try journal.identify(before.lowercased()) else { return [] }
    let versions = try journal.history(of: id)
    let names = VersionNames(versions.map(\.id))
    return versions.filter { $0.change != nil }.map { version in
      let short = names.short(version.id)
      return (
        short.hasPrefix(prefix) ? short : version.id.description,
        DateText.local(version.stamp.timestamp.milliseconds, context.zones)
      )
    }
  }

  private func counted(_ names: [(name: String, count: Int)]) -> [Candidate] {
    names.map { ($0.name, Messages.count($0.count, "record")) }
  }

  private static let aboutWidth = 50
  /// As many as a screen can hold.
  private static let recordsMax = 40

  private func records(
    _ journal: JournalStore, _ adapt: (inout RecordQuery) -> Void = { _ in }
  ) throws -> [RecordState] {
    var query = RecordQuery()
    query.limit = Self.recordsMax
    adapt(&query)
    guard !prefix.isEmpty else { return try journal.records(matching: query) }
    let ids: [RecordID] =
      switch try journal.identify(prefix) {
      case .none: []
      case .one(let id): [id]
      case .ambiguous(let ids): ids
      }
    return try ids.compactMap(journal.state(of:)).filter {
      $0.isTrashed == query.trashed && query.kinds.contains($0.kind)
    }
  }

  private func ids(_ states: [RecordState]) throws -> [Candidate] {
    let short = try context.shortIDs(of: states.map(\.id))
    return states.compactMap { state in
      guard let summary = RecordSummary(state) else { return nil }
      let whole = state.id.description
      let id = short[state.id].map { $0.hasPrefix(prefix) ? $0 : whole } ?? whole
      let date = summary.date.map { DateText.short($0) + "  " } ?? ""
      let line = summary.line(columns: Self.aboutWidth, style: Style(isOn: false))
      return (id, date + line)
    }
  }
}
