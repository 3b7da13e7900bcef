internal import JournalModel
internal import JournalStore

/// The people a journal names.
struct KnownPeople {
  private let names: Set<String>
  private let namesByFold: [String: [String]]

  init(_ names: [String]) {
    self.names = Set(names)
    namesByFold = Dictionary(grouping: names, by: SearchFold.folded)
  }

  /// Whom a name means, in the form that drafts keep: exactly that one where there is one, else the
  /// only one whose name differs in nothing but case and accents; else somebody new.
  ///
  /// However a keyboard composes an “é”, and with or without its @, a name means the same.
  func named(_ name: String) throws -> String {
    let checked = try OneLineName.checked(name, field: "person")
    guard !names.contains(checked), let found = namesByFold[SearchFold.folded(checked)],
      found.count == 1
    else { return checked }
    return found[0]
  }
}

extension CommandContext {
  /// The names as the journal has them: `sam` is Sam where that is the only one it can be.
  func known(people: [String]) throws -> [String] {
    guard !people.isEmpty else { return [] }
    let known = KnownPeople(try journalToRead()?.peopleNames() ?? [])
    return try people.map(known.named)
  }

  func known(person: String) throws -> String {
    try known(people: [person])[0]
  }
}
