/// One word of a query as it was typed: a word or phrase to look for, or a filter.
///
/// | typed | is |
/// |---|---|
/// | `river` | a word |
/// | `"by the river"` | a phrase |
/// | `run*`, `"by the riv*"` | a word that begins so, also the last of a phrase |
/// | `tag:river`, `tag:"two words"` | a filter |
/// | `tag:`, `tag:""` | a filter without a value, for a `SearchQuery` to refuse |
/// | `tagg:river` | a filter that there is none of, for a `SearchQuery` to refuse |
/// | `https://x.example`, `12:30`, `"tagg:river"` | words |
/// | `-river`, `-tag:river` | what must not be there |
/// | `OR` | one of its two neighbours is enough; a word where it has but one |
///
/// One argument with white space in it is one phrase, or one value after a filter's name, as the
/// shell has it when it takes quotes away; with anything of the above in it, it is a list of words.
package struct SearchToken: Hashable, Sendable {
  /// Must not be met.
  package var isNegated = false
  /// The name of a filter; `nil` for words.
  package var filter: SearchFilter?
  /// What stands in the place of a filter's name and is none.
  package var unknownFilter: String?
  /// What to look for, or the filter's value, without quotes.
  package var value: String
  /// Stands between two tokens of which one is enough.
  package var isOr = false

  /// What the arguments of a command line say. No text is an error here.
  package static func tokens(of arguments: [String]) -> [SearchToken] {
    arguments.flatMap(tokens(ofArgument:))
  }

  /// What a line says in which the quotes still are, as `text` writes it.
  package static func tokens(ofLine line: String) -> [SearchToken] {
    var lexer = SearchLexer(line)
    return lexer.tokens()
  }

  /// The token as a line has it: read again, it is the same.
  package var text: String {
    if isOr { return "OR" }
    let name = filter?.rawValue ?? unknownFilter
    let start = (isNegated ? "-" : "") + (name.map { $0 + ":" } ?? "")
    // Without a quote in it, for none is ever read into a value.
    let isPlain =
      value.unicodeScalars.allSatisfy { !$0.properties.isWhitespace }
      && value.unicodeScalars.first != "-" && !value.isEmpty && value != "OR"
      && (name == nil
        ? SearchLexer.filter(atStartOf: value) == nil : unknownFilter == nil || !value.isPathLike)
    return start + (isPlain ? value : "\"\(value)\"")
  }

  /// Throws a `SearchQueryError` for a filter without a value.
  package func requireValue() throws {
    if let filter, value.isEmpty { throw SearchQueryError.valueMissing(filter) }
  }

  private static func tokens(ofArgument argument: String) -> [SearchToken] {
    let tokens = tokens(ofLine: argument)
    let scalars = argument.unicodeScalars
    guard scalars.contains(where: \.properties.isWhitespace), !scalars.contains("\""),
      !scalars.contains("*")
    else { return tokens }
    // In a sentence (`as foo:bar says`), what names no filter is a word.
    let operators = tokens.count {
      $0.isOr || $0.isNegated || ($0.filter != nil && !$0.value.isEmpty)
    }
    if operators == 0, tokens.first?.unknownFilter == nil { return [SearchToken(value: argument)] }
    // `tag:"two words"`, of which the shell has taken the quotes.
    guard operators <= 1, var only = tokens.first,
      (only.filter != nil && !only.value.isEmpty)
        || (operators == 0 && only.unknownFilter != nil),
      let colon = scalars.firstIndex(of: ":")
    else { return tokens }
    only.value = String(scalars[colon...].dropFirst())
    return [only]
  }
}

/// What a query can ask of a record besides its words.
package enum SearchFilter: String, CaseIterable, Sendable {
  case tag, person, journal, `is`, kind, mood, energy, closeness, urge, emotion, pull, sign
  case before, after, on, saved
}

/// Splits a line into tokens. By scalars: a mark that follows a quote does not take it away.
private struct SearchLexer {
  private var rest: Substring.UnicodeScalarView

  init(_ line: String) { rest = line[...].unicodeScalars }

  mutating func tokens() -> [SearchToken] {
    var tokens: [SearchToken] = []
    while let token = next() { tokens.append(token) }
    return tokens
  }

  /// What a word with a filter in it says; the name may be none that a filter has.
  static func filter(atStartOf word: String) -> (name: String, value: String)? {
    let scalars = word.unicodeScalars
    guard let colon = scalars.firstIndex(of: ":") else { return nil }
    let name = String(scalars[..<colon])
    let value = String(scalars[colon...].dropFirst())
    let isFilter =
      SearchFilter(rawValue: name) != nil || (isNearlyAFilter(name) && !value.isPathLike)
    return isFilter ? (name, value) : nil
  }

  /// Names are lower-case letters; a time, a smiley and a German plural (`Freund:innen`) are not.
  private static func isNearlyAFilter(_ name: String) -> Bool {
    SearchFilter(rawValue: name.lowercased()) != nil
      || (name.utf8.count > 1 && name.utf8.allSatisfy { (97...122).contains($0) })
  }

  private mutating func next() -> SearchToken? {
    rest = rest.drop(while: \.properties.isWhitespace)
    guard let first = rest.first else { return nil }
    var token = SearchToken(value: "")
    if first == "-", let second = rest.dropFirst().first, second != "-",
      !second.properties.isWhitespace
    {
      token.isNegated = true
      rest.removeFirst()
    }
    if rest.first == "\"" {
      token.value = phrase()
      return token
    }
    let scalars = rest.prefix { !$0.properties.isWhitespace && $0 != "\"" }
    let word = String(scalars)
    rest = rest[scalars.endIndex...]
    if let (name, value) = Self.filter(atStartOf: word) {
      let quoted = value.isEmpty && rest.first == "\"" ? phrase() : value
      token.filter = SearchFilter(rawValue: name)
      if token.filter != nil || !quoted.isEmpty {
        if token.filter == nil { token.unknownFilter = name }
        token.value = quoted
        return token
      }
    }
    token.value = word
    token.isOr = word == "OR" && !token.isNegated
    return token
  }

  /// What is in quotes, and the star behind them. Quotes that are not closed end with the line.
  private mutating func phrase() -> String {
    rest.removeFirst()
    let scalars = rest.prefix { $0 != "\"" }
    var phrase = String(scalars)
    rest = rest[scalars.endIndex...].dropFirst()
    if rest.first == "*" {
      rest.removeFirst()
      phrase += "*"
    }
    return phrase
  }
}

extension String {
  /// What follows the colon of an address (`https://x.example`) or of a name in code (`std::sort`).
  fileprivate var isPathLike: Bool { unicodeScalars.first.map { $0 == "/" || $0 == ":" } ?? false }
}
