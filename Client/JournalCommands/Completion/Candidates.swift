internal import ArgumentParser

/// What a shell can offer for a word or for an option's value.
enum Candidates: Hashable, Sendable {
  case nothing
  /// These words and no others.
  case fixed([String])
  /// What only the journal knows: see `CompleteCommand`.
  case asked(AskedName)
  case files
  case folders
}

/// What `ebb __complete` can be asked for.
enum AskedName: String, CaseIterable, Sendable {
  /// Ids of records, the latest first.
  case record
  /// Ids of records in the trash.
  case trashed
  /// Ids of records with conflicts.
  case contested
  /// Ids of steps.
  case step
  /// Versions of the record that the word before names.
  case version
  case tag
  case person
  case journal
  /// Ids of machines.
  case device
  case template
  case savedSearch
}

/// What the words of a command can be, place by place.
struct WordCandidates: Sendable {
  var places: [Candidates]
  /// For all words after those.
  var rest: Candidates

  init(_ places: Candidates..., rest: Candidates = .nothing) {
    self.places = places
    self.rest = rest
  }
}

/// How an option says what its values can be: `@Option(help: …, completion: .asked(.tag))`.
extension CompletionKind {
  static func asked(_ name: AskedName) -> CompletionKind {
    .shellCommand("ebb \(CompleteCommand.word) \(name.rawValue)")
  }

  /// The raw values of an enumeration.
  static func words<Words: CaseIterable & RawRepresentable<String>>(
    of type: Words.Type
  ) -> CompletionKind {
    .list(type.allCases.map(\.rawValue))
  }
}

extension Candidates {
  /// The raw values of an enumeration.
  static func words<Words: CaseIterable & RawRepresentable<String>>(
    of type: Words.Type
  ) -> Candidates {
    .fixed(type.allCases.map(\.rawValue))
  }
}
