/// Names with commas between them, as people type several; one that has a comma itself is in quotes.
enum NameList {
  /// The names of several lists, without the spaces around them. A list without any, such as `,`,
  /// is an empty name: what takes the names refuses it.
  static func names(in lists: [String]) -> [String] {
    lists.flatMap { list in
      let names = names(in: list)
      return names.isEmpty ? [""] : names
    }
  }

  static func names(in list: String) -> [String] {
    var names: [String] = []
    var rest = list[...]
    while !rest.isEmpty {
      let (name, after) = first(of: rest.drop(while: \.isWhitespace))
      if !name.allSatisfy(\.isWhitespace) { names.append(name.withoutSpacesAtEnd) }
      rest = after
    }
    return names
  }

  static func text(_ names: [String]) -> String {
    names.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ", ")
  }

  /// The first name, and what follows its comma.
  private static func first(of list: Substring) -> (name: Substring, rest: Substring) {
    let inQuotes = list.dropFirst()
    if list.first == "\"", let end = inQuotes.firstIndex(of: "\"") {
      let after = inQuotes[end...].dropFirst().drop(while: \.isWhitespace)
      // A quote in the middle of a name is part of it.
      if after.isEmpty || after.first == "," { return (inQuotes[..<end], after.dropFirst()) }
    }
    let name = list.prefix { $0 != "," }
    return (name, list[name.endIndex...].dropFirst())
  }
}

extension Substring {
  fileprivate var withoutSpacesAtEnd: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
