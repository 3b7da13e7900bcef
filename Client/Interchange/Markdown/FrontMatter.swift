internal import JournalModel

/// The fields before a text: YAML between lines of three dashes, or Org's `#+KEY:` lines.
///
/// Only what notes use is understood: one line scalars, lists, quotes. Everything else is kept as
/// it stands, so that nothing of a field can be lost, and no alias can grow.
struct FrontMatter {
  var fields: [Field] = []
  /// What stands behind marks, for people.
  private(set) var comments: [String] = []

  struct Field {
    var key: String
    var value: Value
    /// As it stands in the file.
    var lines: [String]
  }

  enum Value: Equatable {
    case scalar(String)
    case list([String])
    /// More than that.
    case other
  }

  /// Splits a note into its fields and its text; without fields, all is text.
  static func split(_ lines: [String], isOrg: Bool) -> (FrontMatter, body: ArraySlice<String>) {
    if isOrg { return splitOrg(lines) }
    guard let first = lines.first, first.withoutWhiteSpaceAtEnd == "---",
      let end = lines.dropFirst().firstIndex(where: {
        let line = $0.withoutWhiteSpaceAtEnd
        return line == "---" || line == "..."
      }), let matter = FrontMatter(yaml: lines[1..<end])
    else { return (FrontMatter(), lines[...]) }
    return (matter, lines[(end + 1)...])
  }

  init() {}

  /// `nil` for lines that are no fields: then the dashes were a line of the text.
  init?(yaml lines: ArraySlice<String>) {
    for line in lines {
      if line.isBlankText || line.hasPrefix("#") {
        if !fields.isEmpty {
          fields[fields.count - 1].lines.append(line)
        } else {
          comments.append(line.drop { $0 == "#" }.trimmedOfWhiteSpace)
        }
      } else if line.hasPrefix(" ") || line.hasPrefix("\t") || line == "-" || line.hasPrefix("- ") {
        guard !fields.isEmpty else { return nil }
        fields[fields.count - 1].lines.append(line)
      } else {
        guard let (key, _) = Self.keyAndRest(line) else { return nil }
        fields.append(Field(key: key, value: .other, lines: [line]))
      }
    }
    for index in fields.indices {
      let (value, found) = Self.value(of: fields[index])
      fields[index].value = value
      // All lines of anything else are kept.
      if value != .other { comments += found }
    }
  }

  private static func splitOrg(
    _ lines: [String]
  ) -> (FrontMatter, body: ArraySlice<String>) {
    var matter = FrontMatter()
    var count = 0
    for line in lines {
      guard line.hasPrefix("#+"), let (key, rest) = keyAndRest(String(line.dropFirst(2))) else {
        break
      }
      let name = key.lowercased() == "filetags" ? "tags" : key.lowercased()
      let names = rest.split(separator: ":").map(String.init)
      matter.fields.append(
        Field(key: name, value: name == "tags" ? .list(names) : .scalar(rest), lines: [line]))
      count += 1
    }
    return (matter, lines[count...])
  }

  static func keyAndRest(_ line: String) -> (key: String, rest: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let after = line.index(after: colon)
    guard after == line.endIndex || line[after] == " " || line[after] == "\t" else { return nil }
    let key = YAMLText.unquoted(line[..<colon].trimmedOfWhiteSpace)
    guard !key.isEmpty, !key.hasPrefix("{"), !key.hasPrefix("[") else { return nil }
    return (key, line[after...].trimmedOfWhiteSpace)
  }

  /// The value, and the comments in its lines.
  private static func value(of field: Field) -> (Value, comments: [String]) {
    guard let line = field.lines.first, let (_, all) = keyAndRest(line) else { return (.other, []) }
    var (rest, comments) = withoutComment(all, [])
    var items: [String] = []
    for line in field.lines.dropFirst().map(\.trimmedOfWhiteSpace) where !line.isEmpty {
      if line.hasPrefix("#") {
        comments.append(line.drop { $0 == "#" }.trimmedOfWhiteSpace)
        continue
      }
      guard line == "-" || line.hasPrefix("- ") else { return (.other, []) }
      let item: String
      (item, comments) = withoutComment(line.dropFirst().trimmedOfWhiteSpace, comments)
      if item.hasPrefix("[") || item.hasPrefix("{") || item.hasPrefix("- ") { return (.other, []) }
      items.append(item)
    }
    if !items.isEmpty {
      let names = items.filter { !$0.isEmpty }.map(YAMLText.scalar)
      return (rest.isEmpty ? .list(names) : .other, comments)
    }
    if rest.hasPrefix("["), rest.hasSuffix("]") {
      return (YAMLText.flowList(rest).map(Value.list) ?? .other, comments)
    }
    if rest.hasPrefix("{") || rest == "|" || rest == ">" { return (.other, []) }
    rest = YAMLText.scalar(rest)
    return (.scalar(rest), comments)
  }

  private static func withoutComment(
    _ text: String, _ comments: [String]
  ) -> (value: String, comments: [String]) {
    let (value, comment) = YAMLText.split(comment: text)
    return (value, comments + [comment].compactMap { $0 })
  }
}

extension FrontMatter {
  subscript(key: String) -> String? {
    for field in fields where field.key.lowercased() == key {
      if case .scalar(let text) = field.value { return text }
    }
    return nil
  }

  /// Takes the fields of these names out.
  mutating func take(_ keys: Set<String>) -> [Field] {
    let taken = fields.filter { keys.contains($0.key.lowercased()) }
    fields.removeAll { keys.contains($0.key.lowercased()) }
    return taken
  }
}
