internal import JournalStore

/// The queries that a person has given names to: `searches.toml` in the configuration folder, a line
/// each, `evenings = "tag:evening after:2025"`.
struct SavedSearches {
  let path: String
  /// By name; each as it would be typed, in the language of `SearchQuery`.
  private(set) var queriesByName: [String: String] = [:]
  /// What the file says.
  private let text: SettingsText

  /// Reads the file if it exists. Throws a `Failure` with status 65 that names the line of a mistake.
  init(_ folders: JournalFolders) throws {
    path = folders.settingsFolder + "/searches.toml"
    let content = try FileBytes.text(of: path) ?? Messages.Searching.fileHead
    text = try SettingsText.of(content, path: path)
    for (name, value) in text.valuesByName {
      guard case .string(let query) = value else {
        throw Failure(.badData, Messages.Searching.notAQuery(name, path: path))
      }
      queriesByName[name] = query
    }
  }

  var names: [String] { queriesByName.keys.sorted() }

  /// Letters, digits, - and _: what a shell leaves alone and the file can hold.
  static func checked(_ name: String) throws -> String {
    let isName = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    guard isName, !name.isEmpty, name.utf8.count <= 64, !name.hasPrefix("-") else {
      throw Failure.usage(Messages.Searching.badName(name))
    }
    return name
  }

  /// Gives a query a name, or takes a name away with `nil`; every other line of the file stays.
  ///
  /// - Parameter check: refuses what the searches would be.
  /// - Returns: the query that had the name before.
  static func set(
    _ name: String, to query: String?, in folders: JournalFolders,
    check: (SavedSearches) throws -> Void = { _ in }
  ) throws -> String? {
    let before = try SavedSearches(folders)
    // What is refused makes no folder.
    _ = try before.setting(name, to: query, check)
    return try PrivateFile.whileLocked(before.path) {
      let searches = try SavedSearches(folders)
      let new = try searches.setting(name, to: query, check)
      try PrivateFile.replace(searches.path, with: Array(new.utf8))
      return searches.queriesByName[name]
    }
  }

  /// What the file is to say then.
  private func setting(
    _ name: String, to query: String?, _ check: (SavedSearches) throws -> Void
  ) throws -> String {
    guard query != nil || queriesByName[name] != nil else {
      throw Failure(.notPossible, Messages.Searching.noSuchSearch(name, of: names))
    }
    var changed = self
    changed.queriesByName[name] = query
    try check(changed)
    return text.text(name: name, to: query.map { .string($0) })
  }

  /// Puts the words of saved searches in the place of their names.
  func expanded(_ tokens: [SearchToken]) throws -> [SearchToken] {
    try expanded(tokens, within: [])
  }

  private func expanded(
    _ tokens: [SearchToken], within names: [String]
  ) throws -> [SearchToken] {
    var expanded: [SearchToken] = []
    for (index, token) in tokens.enumerated() {
      try token.requireValue()
      guard token.filter == .saved else {
        expanded.append(token)
        continue
      }
      guard let line = queriesByName[token.value] else {
        throw Failure(.notPossible, Messages.Searching.noSuchSearch(token.value, of: self.names))
      }
      guard !names.contains(token.value) else {
        throw Failure.usage(Messages.Searching.circle(token.value))
      }
      var inner = try self.expanded(
        SearchToken.tokens(ofLine: line), within: names + [token.value])
      let isBesideOr =
        index > 0 && tokens[index - 1].isOr || index + 1 < tokens.count && tokens[index + 1].isOr
      if inner.count == 1 {
        inner[0].isNegated = inner[0].isNegated != token.isNegated
      } else if token.isNegated || isBesideOr {
        throw Failure.usage(Messages.Searching.severalWords(token.value))
      }
      expanded += inner
    }
    return expanded
  }
}
