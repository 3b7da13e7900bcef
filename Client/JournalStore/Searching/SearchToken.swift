/// One word of a query as it was typed: a word or phrase to look for, or a filter.
///
/// | typed | is |
/// |---|---|
/// | `river` | a word |
/// | `"by the river"` | a phrase |
/// | `run*`, `"by the riv*"` | a word that begins so, also the last of a phrase |
/// | `tag:river`, `tag:"two words"` | a filter, if its name is one; else words |
/// | `-river`, `-tag:river` | what must not be there |
/// | `OR` | one of its two neighbours is enough |
///
/// One argument with white space in it is one phrase, or one value after a filter's name, as the
/// shell has it when it takes quotes away; with anything of the above in it, it is a list of words.
package struct SearchToken: Hashable, Sendable {
  /// Must not be met.
  package var isNegated = false
  /// The name of a filter; `nil` for words.
  package var filter: SearchFilter?
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
    let start = (isNegated ? "-" : "") + (filter.map { $0.rawValue + ":" } ?? "")
    // Without a quote in it, for none is ever read into a value.
    let isPlain =
      value.unicodeScalars.allSatisfy { !$0.properties.isWhitespace } && !value.hasPrefix("-")
      && !value.isEmpty
      && value != "OR" && (filter != nil || SearchLexer.filter(atStartOf: value) == nil)
    return start + (isPlain ? value : "\"\(value)\"")
  }

  private static func tokens(ofArgument argument: String) -> [SearchToken] {
    let tokens = tokens(ofLine: argument)
    let scalars = argument.unicodeScalars
    guard scalars.contains(where: \.properties.isWhitespace), !scalars.contains("\""),
      !scalars.contains("*")
    else { return tokens }
    let operators = tokens.count { $0.isOr || $0.isNegated || $0.filter != nil }
    if operators == 0 { return [SearchToken(value: argument)] }
    // `tag:"two words"`, of which the shell has taken the quotes.
    guard operators == 1, var only = tokens.first, let filter = only.filter,
      let colon = scalars.firstIndex(of: ":")
    else { return tokens }
    only.filter = filter
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

  /// A filter's name and what follows its colon.
  static func filter(atStartOf word: String) -> (filter: SearchFilter, value: String)? {
    let scalars = word.unicodeScalars
    guard let colon = scalars.firstIndex(of: ":"),
      let filter = SearchFilter(rawValue: String(scalars[..<colon]))
    else { return nil }
    return (filter, String(scalars[colon...].dropFirst()))
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
    if let (filter, value) = Self.filter(atStartOf: word) {
      let quoted = value.isEmpty && rest.first == "\"" ? phrase() : value
      if !quoted.isEmpty {
        token.filter = filter
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
