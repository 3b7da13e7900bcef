package import JournalModel

extension SearchQuery {
  /// The kinds that its filters leave, in the order they are listed; `nil` if none of them says
  /// anything of kinds. `mood:1-3` does: only mood logs have a score.
  package var kinds: [RecordKind]? {
    let clauses = clauses.map { $0.map(\.kinds) }
    guard clauses.joined().contains(where: { $0 != nil }) else { return nil }
    return RecordKind.journal.filter { kind in
      clauses.allSatisfy { clause in clause.contains { $0?.contains(kind) ?? true } }
    }
  }
}

extension SearchCondition {
  /// The kinds that can meet it; `nil` if all can.
  fileprivate var kinds: [RecordKind]? {
    switch term {
    case .kind(let kind): RecordKind.journal.filter { ($0 == kind) != isNegated }
    case .number, .emotion, .sign, .text: isNegated ? nil : [.mood]
    case .defaultJournal: isNegated ? nil : [.entry]
    case .label(let name): !isNegated && Label.isJournal(name) ? [.entry] : nil
    case .words, .days: nil
    }
  }
}
