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
