/// The Markdown that people write in journals, as HTML: paragraphs, headings, lists, quotes, code,
/// emphasis, links.
///
/// Anything else stays as it stands, HTML too. Line ends are kept, as they were typed.
enum HTMLMarkdown {
  static func html(_ text: String) -> String {
    var blocks = BlockReader()
    for line in text.lines { blocks.add(line.last == "\r" ? String(line.dropLast()) : line) }
    return blocks.finished()
  }
}

/// Gathers lines into blocks; nothing nests, so no text can be too deep.
private struct BlockReader {
  private var html = ""
  private var kind: Kind?
  private var lines: [String] = []
  private var fence: Fence?

  private enum Kind: Hashable {
    case paragraph
    case quote
    case code
    case bullets
    case numbers
  }

  mutating func add(_ line: String) {
    if let fence {
      if fence.isClosed(by: line) { end() } else { lines.append(fence.unindented(line)) }
      return
    }
    let bare = line.trimmedOfWhiteSpace
    // Below an item it is indented as the item's words are.
    if let fence = Fence(line), fence.indent < 4 || kind == .bullets || kind == .numbers {
      end()
      kind = .code
      self.fence = fence
    } else if bare.isEmpty {
      end()
    } else if let (level, words) = Self.heading(line) {
      end()
      html += "<h\(level)>\(InlineReader.html(words))</h\(level)>\n"
    } else if Self.isRule(bare) {
      end()
      html += "<hr>\n"
    } else if bare.hasPrefix(">") {
      append(bare.dropFirst().trimmedOfWhiteSpace, to: .quote)
    } else if let words = Self.bullet(bare) {
      append(words, to: .bullets)
    } else if let words = Self.number(bare) {
      append(words, to: .numbers)
    } else if let kind, kind == .bullets || kind == .numbers, line.first == " " {
      // It goes on with the item above.
      lines[lines.count - 1] += "\n" + bare
    } else {
      append(bare, to: .paragraph)
    }
  }

  mutating func finished() -> String {
    end()
    return html
  }

  private mutating func append(_ words: String, to kind: Kind) {
    if self.kind != kind { end() }
    self.kind = kind
    lines.append(words)
  }

  private mutating func end() {
    defer {
      kind = nil
      lines = []
      fence = nil
    }
    let words = lines.map(InlineReader.html)
    switch kind {
    case .paragraph: html += "<p>\(words.joined(separator: "<br>\n"))</p>\n"
    case .quote: html += "<blockquote>\(words.joined(separator: "<br>\n"))</blockquote>\n"
    case .code:
      html += "<pre><code>\(lines.map(HTMLText.escaped).joined(separator: "\n"))</code></pre>\n"
    case .bullets: html += "<ul>\n\(Self.items(words))</ul>\n"
    case .numbers: html += "<ol>\n\(Self.items(words))</ol>\n"
    case nil: break
    }
  }

  private static func items(_ words: [String]) -> String {
    words.map { "<li>\($0)</li>\n" }.joined()
  }

  /// Below the headings of the page, which go down to the fourth level.
  private static func heading(_ line: String) -> (Int, String)? {
    let marks = line.prefix { $0 == "#" }
    guard (1...6).contains(marks.count), line.dropFirst(marks.count).first == " " else {
      return nil
    }
    return (marks.count < 2 ? 5 : 6, line.dropFirst(marks.count).trimmedOfWhiteSpace)
  }

  private static func isRule(_ bare: String) -> Bool {
    let marks = bare.filter { $0 != " " }
    guard marks.count >= 3, let first = marks.first, "-*_".contains(first) else { return false }
    return marks.allSatisfy { $0 == first }
  }

  private static func bullet(_ bare: String) -> String? {
    guard ["- ", "* ", "+ "].contains(where: bare.hasPrefix) else { return nil }
    return bare.dropFirst(2).trimmedOfWhiteSpace
  }

  private static func number(_ bare: String) -> String? {
    let digits = bare.prefix { $0.isASCII && $0.isNumber }
    let rest = bare.dropFirst(digits.count)
    guard (1...9).contains(digits.count), rest.hasPrefix(". ") || rest.hasPrefix(") ") else {
      return nil
    }
    return rest.dropFirst(2).trimmedOfWhiteSpace
  }
}

/// The beginning of a block of code: three or more backticks or tildes.
private struct Fence {
  let indent: Int
  private let sign: Character
  private let count: Int

  /// A line of backticks with others behind its words is code within text, and no fence.
  init?(_ line: String) {
    let content = line.drop { $0 == " " }
    guard let sign = content.first, sign == "`" || sign == "~" else { return nil }
    let run = content.prefix { $0 == sign }
    guard run.count >= 3, sign == "~" || !content[run.endIndex...].contains("`") else {
      return nil
    }
    indent = line.count - content.count
    self.sign = sign
    count = run.count
  }

  /// By as many of its sign, or more, and nothing else.
  func isClosed(by line: String) -> Bool {
    guard let other = Fence(line), other.sign == sign, other.count >= count else { return false }
    return other.indent - indent < 4
      && line.trimmedOfWhiteSpace.allSatisfy { $0 == sign }
  }

  /// Without the spaces that stand before the fence too.
  func unindented(_ line: String) -> String {
    let spaces = line.utf8.prefix(indent).prefix { $0 == UInt8(ascii: " ") }
    return String(line[spaces.endIndex...])
  }
}

/// Reads emphasis, code and links in a line or two.
private struct InlineReader {
  static func html(_ text: String) -> String {
    var reader = InlineReader(rest: text[...])
    while !reader.rest.isEmpty { reader.step() }
    return reader.html.replacing("\n", with: "<br>\n")
  }

  private var rest: Substring
  private var html = ""
  private var isWordBefore = false
  /// Marks that are known to have no other half behind here.
  private var single: Set<String> = []
  /// The next middle of a link, and the next end of one, once they were looked for.
  private var middle: Range<Substring.Index>?
  private var end: Substring.Index?

  private init(rest: Substring) { self.rest = rest }

  private mutating func step() {
    let plain = rest.utf8.prefix { !"\\`*_[!".utf8.contains($0) }
    if !plain.isEmpty {
      let text = rest[..<plain.endIndex]
      html += HTMLText.escaped(text)
      isWordBefore = text.last.map { $0.isLetter || $0.isNumber } ?? false
      rest = rest[plain.endIndex...]
      return
    }
    if rest.first == "\\", let next = rest.dropFirst().first, next.isASCII, next.isPunctuation {
      rest = rest.dropFirst()
      return take()
    }
    let ticks = String(rest.prefix { $0 == "`" })
    if !ticks.isEmpty {
      // As many end it; ticks without such mean themselves.
      if let code = enclosed(ticks, isWord: false) { return add("<code>", code, "</code>") }
      html += ticks
      isWordBefore = false
      rest = rest.dropFirst(ticks.count)
      return
    }
    if let strong = enclosed("**") ?? enclosed("__") {
      return add("<strong>", strong, "</strong>")
    }
    if let emphasis = enclosed("*") ?? enclosed("_") { return add("<em>", emphasis, "</em>") }
    if rest.first == "[", let link = link() {
      html += link
      return
    }
    if rest.hasPrefix("!["), let image = image() {
      html += image
      return
    }
    take()
  }

  /// One character that means itself.
  private mutating func take() {
    html += HTMLText.escaped(rest.prefix(1))
    isWordBefore = false
    rest = rest.dropFirst()
  }

  private mutating func add(_ opening: String, _ text: Substring, _ closing: String) {
    html += opening + HTMLText.escaped(text) + closing
    isWordBefore = true
  }

  /// What stands between two of a mark; emphasis begins and ends at words.
  private mutating func enclosed(_ mark: String, isWord: Bool = true) -> Substring? {
    guard rest.hasPrefix(mark), !single.contains(mark) else { return nil }
    let inner = rest.dropFirst(mark.count)
    guard let end = inner.firstRange(of: mark) else {
      single.insert(mark)
      return nil
    }
    let text = inner[..<end.lowerBound]
    guard !text.isEmpty else { return nil }
    if isWord {
      guard text.first?.isWhitespace == false, text.last?.isWhitespace == false else { return nil }
      // `snake_case_name` has none.
      if mark.hasPrefix("_"), isWordBefore { return nil }
    }
    rest = inner[end.upperBound...]
    return text
  }

  /// `![words](https://…)` is a link to the image: a page from a journal fetches nothing.
  private mutating func image() -> String? {
    let start = rest
    rest = rest.dropFirst()
    if let link = link() { return link }
    rest = start
    return nil
  }

  /// `[words](https://…)`, and no other kind of address: a page from a journal runs nothing.
  private mutating func link() -> String? {
    if middle.map({ $0.lowerBound < rest.startIndex }) ?? true {
      middle = single.contains("](") ? nil : rest.firstRange(of: "](")
    }
    guard let middle else {
      single.insert("](")
      return nil
    }
    let words = rest[..<middle.lowerBound].dropFirst()
    guard words.utf8.count < 1000, !words.utf8.contains(UInt8(ascii: "[")) else { return nil }
    if end.map({ $0 < middle.upperBound }) ?? true {
      end =
        rest.utf8[middle.upperBound...].firstIndex { ") \t\n".utf8.contains($0) }
        ?? rest.endIndex
    }
    guard let end, end < rest.endIndex, rest.utf8[end] == UInt8(ascii: ")") else { return nil }
    let address = rest[middle.upperBound..<end]
    let isSafe = ["https://", "http://", "mailto:"].contains {
      address.prefix(10).lowercased().hasPrefix($0)
    }
    guard isSafe else { return nil }
    rest = rest[rest.utf8.index(after: end)...]
    isWordBefore = true
    let shown = words.isEmpty ? address : words
    return "<a href=\"\(HTMLText.escaped(address))\">\(HTMLText.escaped(shown))</a>"
  }
}
