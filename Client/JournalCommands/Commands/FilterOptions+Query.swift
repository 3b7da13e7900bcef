internal import JournalModel
internal import JournalStore

extension FilterOptions {
  /// Twenty records as text, all as JSON, unless `--limit` says otherwise.
  ///
  /// - Parameter words: what to search for, in the language of `SearchQuery`.
  func query(
    _ context: CommandContext, words: [String] = [], json: Bool
  ) throws -> RecordQuery {
    var query = RecordQuery()
    query.search = try context.searchQuery(words)
    if let kind {
      guard let known = RecordKind.journal.first(where: { $0.rawValue == kind.lowercased() }) else {
        throw Failure.usage(Messages.Arguments.unknownKind(kind))
      }
      query.kinds = [known]
    }
    if let on {
      guard from == nil && to == nil else { throw Failure.usage(Messages.Arguments.onAndRange) }
      let days = try Self.days(on, "--on", context)
      query.from = days.lowerBound
      query.to = days.upperBound
    } else {
      query.from = try from.map { try Self.days($0, "--from", context).lowerBound }
      query.to = try to.map { try Self.days($0, "--to", context).upperBound }
    }
    query.tags = try context.known(tags: NameList.names(in: tag))
    query.people = try context.known(people: NameList.names(in: person))
    query.journals = try context.known(journals: journal.map { [$0] } ?? [])
    query.starred = starred
    query.trashed = trash
    query.oldestFirst = reverse
    query.limit = try limit(json: json)
    return query
  }

  /// Whether no option was given.
  var areNone: Bool {
    kind == nil && from == nil && to == nil && on == nil && tag.isEmpty && person.isEmpty
      && journal == nil && !starred && !trash && limit == nil && !reverse
  }

  /// A day, or the days of a week, a month or a year.
  static func days(
    _ text: String, _ option: String, _ context: CommandContext
  ) throws -> ClosedRange<CivilDay> {
    do {
      return try CivilDay.typedRange(text, now: context.now, zones: context.zones)
    } catch TypedDateError.notUnderstood {
      throw Failure.usage(Messages.Arguments.notADay(text, option: option))
    }
  }

  private func limit(json: Bool) throws -> Int? {
    guard let limit else { return json ? nil : 20 }
    guard let number = WholeNumber.typed(limit), number >= 0 else {
      throw Failure.usage(Messages.Arguments.badLimit(limit))
    }
    return number == 0 ? nil : number
  }
}

extension CommandContext {
  /// What words ask for, in the language of `SearchQuery`, those of saved searches in their place.
  ///
  /// - Parameter searches: `nil` for those that are saved.
  /// - Returns: `nil` where nothing is asked for.
  func searchQuery(_ words: [String], _ searches: SavedSearches? = nil) throws -> SearchQuery? {
    guard words.contains(where: { !$0.isBlank }) else { return nil }
    var tokens = SearchToken.tokens(of: words)
    if tokens.contains(where: { $0.filter == .saved }) {
      tokens = try (searches ?? SavedSearches(folders)).expanded(tokens)
    }
    for (index, token) in tokens.enumerated() {
      try token.requireValue()
      tokens[index].value =
        switch token.filter {
        case .person: try known(person: token.value)
        case .tag: try known(tags: [token.value])[0]
        case .journal: try known(journals: [token.value])[0]
        default: token.value
        }
    }
    return try SearchQuery(tokens) {
      try CivilDay.typedRange($0, now: self.now, zones: self.zones)
    }
  }
}
