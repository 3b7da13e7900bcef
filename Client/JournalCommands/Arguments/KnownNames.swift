internal import JournalModel
internal import JournalStore

/// The people, the tags or the journals that a journal names.
struct KnownNames {
  private let field: String
  private let names: Set<String>
  private let namesByFold: [String: [String]]

  /// - Parameter field: what they are: `person`.
  init(_ names: [String], field: String) {
    self.field = field
    self.names = Set(names)
    namesByFold = Dictionary(grouping: names, by: SearchFold.folded)
  }

  /// What a name means, in the form that drafts keep: exactly that one where there is one, else the
  /// only one that differs in nothing but case and accents; else a new one.
  ///
  /// However a keyboard composes an “é”, and with or without its sign, a name means the same.
  func named(_ name: String) throws -> String {
    let checked = try OneLineName.checked(name, field: field)
    guard !names.contains(checked), let found = namesByFold[SearchFold.folded(checked)],
      found.count == 1
    else { return checked }
    return found[0]
  }
}

/// The names as the journal has them: `sam` is Sam where that is the only one it can be.
extension CommandContext {
  func known(people: [String]) throws -> [String] {
    try known(people, field: "person") { try $0.peopleNames() }
  }

  func known(person: String) throws -> String { try known(people: [person])[0] }

  func known(tags: [String]) throws -> [String] {
    try known(tags, field: "tag") { try $0.tagNames() }
  }

  func known(journals: [String]) throws -> [String] {
    try known(journals, field: "journal") { try [Entry.defaultJournal] + $0.journalNames() }
  }

  private func known(
    _ names: [String], field: String, among list: (JournalStore) throws -> [String]
  ) throws -> [String] {
    guard !names.isEmpty else { return [] }
    let known = KnownNames(try journalToRead().map(list) ?? [], field: field)
    return try names.map(known.named)
  }
}

extension CommandContext {
  /// What to say of a query that found nothing: names in it that there are none of are told, each
  /// with the one that is nearest.
  ///
  /// - Parameter sentence: what to say in any case.
  func nothingFound(
    by query: RecordQuery, _ sentence: String = Messages.Records.nothingFound
  ) throws -> String {
    guard let journal = try journalToRead() else { return sentence }
    let unknown = try journal.unknownNames(in: query).map { name in
      Messages.Searching.unknown(name, nearest: try journal.nearestName(to: name))
    }
    return ([sentence] + unknown).joined(separator: " ")
  }
}

extension JournalStore {
  fileprivate func nearestName(to unknown: UnknownName) throws -> String? {
    let names =
      switch unknown.family {
      case .tag: try tagNames()
      case .person: try peopleNames()
      case .journal: try [Entry.defaultJournal] + journalNames()
      }
    let folds = names.map(SearchFold.folded)
    let nearest = Suggestion.nearest(to: SearchFold.folded(unknown.name), among: folds)
    return nearest.flatMap(folds.firstIndex(of:)).map { names[$0] }
  }
}
