internal import GRDB
internal import JournalModel

/// A name that a query asks for and that nothing has, in the trash or not.
package struct UnknownName: Hashable, Sendable {
  package enum Family: Hashable, Sendable { case tag, person, journal }

  package let family: Family
  package let name: String

  /// `nil` for a label that is no name, as the star is.
  fileprivate init?(_ label: RegisterName) {
    if let tag = label.member(of: .tag) {
      family = .tag
      name = tag
    } else if let person = label.member(of: .person) {
      family = .person
      name = person
    } else if let journal = Label.journalName(label) {
      family = .journal
      name = journal
    } else {
      return nil
    }
  }
}

extension JournalStore {
  /// The names in a query that nothing is listed under, each once, as the query has them.
  ///
  /// Asks the index once a name, however many records there are. The default journal is always
  /// there, and what must not be there can as well be unknown.
  package func unknownNames(in query: RecordQuery) throws -> [UnknownName] {
    var unknown: [UnknownName] = []
    let labels = query.wantedLabels
    guard !labels.isEmpty else { return [] }
    try reading { db in
      for label in labels {
        guard let name = UnknownName(label), !unknown.contains(name),
          try !Self.isListed(label, db)
        else { continue }
        unknown.append(name)
      }
    }
    return unknown
  }

  private static func isListed(_ label: RegisterName, _ db: Database) throws -> Bool {
    let row = try db.first(
      "SELECT row FROM label WHERE shelf IN (?1, ?2) AND name = ?3 LIMIT 1",
      .integer(Shelf.listed.rawValue), .integer(Shelf.trash.rawValue), .text(label.rawValue),
      read: { $0.integer(0) })
    return row != nil
  }
}

extension RecordQuery {
  /// Options first, then what stands in the search.
  fileprivate var wantedLabels: [RegisterName] {
    let journals = journals.filter { $0 != Entry.defaultJournal }
    var searched: [RegisterName] = []
    for condition in (search?.clauses ?? []).joined() where !condition.isNegated {
      if case .label(let label) = condition.term { searched.append(label) }
    }
    return tags.map(Label.tag) + people.map(Label.person) + journals.map(Label.journal) + searched
  }
}
