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

  /// Whom a name means: exactly that one where there is one, else the only one whose name differs
  /// in nothing but case and accents; else somebody new.
  func named(_ name: String) -> String {
    guard let checked = try? OneLineName.checked(name, field: "person"), !names.contains(checked),
      let found = namesByFold[SearchFold.folded(checked)], found.count == 1
    else { return name }
    return found[0]
  }
}

extension CommandContext {
  /// The names as the journal has them: `sam` is Sam where that is the only one it can be.
  func known(people: [String]) throws -> [String] {
    guard !people.isEmpty, let journal = try journalToRead() else { return people }
    return people.map(KnownPeople(try journal.peopleCounts().map(\.name)).named)
  }
}
