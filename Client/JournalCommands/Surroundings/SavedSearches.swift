internal import JournalStore

/// The queries that a person has given names to: `searches.toml` in the configuration folder, a line
/// each, `evenings = "tag:evening after:2025"`.
struct SavedSearches {
  let path: String
  /// By name; each as it would be typed, in the language of `SearchQuery`.
  var queriesByName: [String: String] = [:]

  /// Reads the file if it exists. Throws a `Failure` with status 65 that names the line of a mistake.
  init(_ folders: JournalFolders) throws {
    path = folders.settingsFolder + "/searches.toml"
    guard let text = try FileBytes.text(of: path) else { return }
    do {
      for (name, value) in try SettingsText(parsing: text).valuesByName {
        guard case .string(let query) = value else {
          throw Failure(.badData, Messages.Searching.notAQuery(name, path: path))
        }
        queriesByName[name] = query
      }
    } catch let mistake as SettingsText.Mistake {
      throw Failure(
        .badData,
        Messages.Settings.unreadable(path: path, line: mistake.line, reason: mistake.reason))
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

  func write() throws {
    let lines = names.compactMap { name in
      queriesByName[name].map { "\(name) = \(SettingsText.Value.string($0).tomlText)\n" }
    }
    let text = Messages.Searching.fileHead + lines.joined()
    try PrivateFile.replace(path, with: Array(text.utf8))
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
