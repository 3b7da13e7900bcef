internal import JournalModel

/// An entry as jrnl reads it: the first line is its title.
///
/// Source: `Entry._parse_text` and `split_title` of jrnl 4. Of a single line without an end (the
/// last of a file, or one with no empty line after it) jrnl takes the first sentence; here such a
/// line stays whole, as every other single line does.
struct JrnlEntry: Hashable {
  var title: String
  var body: String
  var isStarred: Bool
  /// Without the sign, in lower case.
  var tags: [String]
  /// All of it, without the star.
  private let text: String

  /// - Parameter text: what stands between the date and the next entry.
  init(text: String) {
    var text = text
    isStarred = false
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    if let first = lines.first?.trimmedOfWhiteSpace, first.hasSuffix("*") {
      isStarred = true
      let bare = first.trimmed { $0 == "*" || $0 == " " }
      text = lines.count == 2 ? bare + "\n" + lines[1] : bare
    }
    self.text = text.trimmedOfWhiteSpace
    let (title, body) = Self.split(self.text)
    self.title = title
    self.body = body
    tags = Self.tags(in: text)
  }

  /// As jrnl's JSON has it.
  init(title: String, body: String, isStarred: Bool, tags: [String]) {
    self.title = title.trimmedOfWhiteSpace
    self.body = body.trimmedOfWhiteSpace
    self.isStarred = isStarred
    self.tags = tags.map { $0.drop(while: { "@#".contains($0) }).lowercased() }
    // As jrnl prints the two as text.
    text = self.body.isEmpty ? self.title : self.title + "\n" + self.body
  }

  /// A first line that is a whole paragraph is no title: it stays in the text.
  static let titleCharactersMax = 200

  func draft(_ date: JournalDate) -> EntryDraft {
    var draft = EntryDraft(date: date, text: text)
    if title.isEmpty != body.isEmpty {
      draft.text = title + body
    } else if title.count <= Self.titleCharactersMax {
      draft.title = title
      draft.text = body
    }
    draft.isStarred = isStarred
    draft.tags = tags.filter { !$0.isEmpty }
    return draft
  }
}

extension JrnlEntry {
  private static func split(_ text: String) -> (String, String) {
    guard let end = text.firstIndex(of: "\n") else { return (text, "") }
    return (text[..<end].withoutWhiteSpaceAtEnd, text[end...].trimmedOfWhiteSpace)
  }

  /// Words that begin with `@`, the sign of tags unless its owner chose another; each once.
  private static func tags(in text: String) -> [String] {
    var tags: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) where word.first == "@" {
      let tag = word.dropFirst().unicodeScalars.prefix { scalar in
        "-+*#/_".unicodeScalars.contains(scalar) || scalar.properties.isAlphabetic
          || scalar.properties.numericType != nil
      }
      let name = String(tag).lowercased()
      if !name.isEmpty && !tags.contains(name) { tags.append(name) }
    }
    return tags
  }
}

extension StringProtocol {
  fileprivate func trimmed(_ isTrimmed: (Character) -> Bool) -> String {
    var rest = self[...]
    while let first = rest.first, isTrimmed(first) { rest = rest.dropFirst() }
    while let last = rest.last, isTrimmed(last) { rest = rest.dropLast() }
    return String(rest)
  }
}
