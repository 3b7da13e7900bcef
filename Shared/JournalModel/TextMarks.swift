/// The tags and the people that stand in a text: `#river`, `@Sam`.
///
/// A mark begins where a word could: after white space, a bracket, a quote or other punctuation, but
/// never inside a word, an e-mail address or a URL, after a backslash, or in Markdown's code. A tag
/// is letters, digits, `_`, `-` and `/`, at least one of them a letter: `#1` is no tag, and neither
/// is a heading, which has a space after its `#`. A person's name begins with a letter, has no
/// slash, and holds an apostrophe where a name goes on behind one, with a capital and a small letter:
/// `@O'Neil`, but `@Sam's`. Names are in the form of `OneLineName`.
package struct TextMarks: Sendable {
  /// In the order of the text.
  package let marks: [Mark]

  package struct Mark: Sendable {
    package let family: RegisterName.Family
    /// Without the sign before it.
    package let name: String
    /// The sign and the name, as they stand in the text.
    package let range: Range<String.Index>
  }

  package init(_ text: String) {
    var bytes = text
    // Most prose has none, and its bytes are read much faster than its characters.
    guard
      bytes.withUTF8({ $0.contains { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "@") } })
    else {
      marks = []
      return
    }
    var scanner = MarkScanner(text)
    scanner.scan()
    marks = scanner.marks
  }

  /// The names of one family, each once, in the order of the text.
  package func names(_ family: RegisterName.Family) -> [String] {
    var seen: Set<RegisterName> = []
    return marks.lazy.filter { $0.family == family }.map(\.name)
      .filter { seen.insert(RegisterName(family, $0)).inserted }
  }
}

extension RecordState {
  /// The tags and people that stand in the record's prose, named like their registers.
  package var marksInProse: Set<RegisterName> {
    var names: Set<RegisterName> = []
    for (name, register) in registers where name.isProse(in: kind) {
      guard let text = register.value.text else { continue }
      for mark in TextMarks(text).marks { names.insert(RegisterName(mark.family, mark.name)) }
    }
    return names
  }

  /// Whether the record bears a tag or is about a person: by register, or in its prose.
  package func bears(_ name: RegisterName) -> Bool {
    self[name] == .boolean(true) || marksInProse.contains(name)
  }
}

/// One reading of a text from its beginning to its end.
private struct MarkScanner {
  private let scalars: String.UnicodeScalarView
  private var index: String.Index
  /// What came before `index`, the nearest first.
  private var previous: Unicode.Scalar?
  private var beforePrevious: Unicode.Scalar?
  private(set) var marks: [TextMarks.Mark] = []
  /// Up to where backticks of a number are known to be closed by none.
  private var unclosedByCount: [Int: String.Index] = [:]

  init(_ text: String) {
    scalars = text.unicodeScalars
    index = scalars.startIndex
  }

  mutating func scan() {
    while index < scalars.endIndex {
      if isAtLineStart, skipFence() { continue }
      switch scalars[index] {
      case "`":
        skipCode()
      case "#" where isAtBoundary:
        if !take(.tag, until: end(of: \.isTagPart)) { advance() }
      case "@" where isAtBoundary:
        if !take(.person, until: endOfPerson()) { advance() }
      case ":" where rest.starts(with: "://".unicodeScalars) || follows("mailto"):
        skipWord()
      case "." where follows("www"):
        skipWord()
      default:
        advance()
      }
    }
  }

  private var rest: Substring.UnicodeScalarView { scalars[index...] }

  private var isAtLineStart: Bool { previous == nil || previous == "\n" }

  /// Whether a mark could begin here.
  private var isAtBoundary: Bool {
    guard let previous else { return true }
    switch previous {
    // A link to a heading, in Markdown and in wikis, is none.
    case "(": return beforePrevious != "]"
    case "[": return beforePrevious != "["
    case "{", "<", ",", ";", ":", "!", "?", "*", "~", "|", ">", "\"", "'": return true
    default:
      switch previous.properties.generalCategory {
      case .initialPunctuation, .finalPunctuation, .openPunctuation, .dashPunctuation:
        return !previous.isASCII
      default:
        return previous.properties.isWhitespace || "、。，；：！？¿¡".unicodeScalars.contains(previous)
      }
    }
  }

  private func follows(_ word: String) -> Bool {
    var backwards = scalars[..<index].reversed().makeIterator()
    for scalar in word.unicodeScalars.reversed() {
      guard let found = backwards.next(), found.isASCII,
        found.properties.lowercaseMapping == "\(scalar)"
      else { return false }
    }
    return backwards.next().map { !$0.isNamePart } ?? true
  }

  private mutating func advance() {
    beforePrevious = previous
    previous = scalars[index]
    index = scalars.index(after: index)
  }

  private mutating func advance(to end: String.Index) {
    while index < end { advance() }
  }

  private mutating func skipWord() {
    advance(to: rest.firstIndex(where: \.properties.isWhitespace) ?? scalars.endIndex)
  }

  /// Where the name ends whose sign is next.
  private func end(of isPart: (Unicode.Scalar) -> Bool) -> String.Index {
    rest.dropFirst().firstIndex { !isPart($0) } ?? scalars.endIndex
  }

  private func endOfPerson() -> String.Index {
    var end = end(of: \.isNamePart)
    while scalars[end...].goesOnBehindApostrophe {
      let next = scalars[end...].dropFirst()
      end = next.firstIndex { !$0.isNamePart } ?? scalars.endIndex
    }
    return end
  }

  /// Takes a mark whose sign is next.
  private mutating func take(
    _ family: RegisterName.Family, until nameEnd: String.Index
  ) -> Bool {
    let start = scalars.index(after: index)
    var end = nameEnd
    // A handle with a host, as on other people's servers, is an address.
    if family == .person, end < scalars.endIndex, scalars[end] == "@" { return false }
    while end > start, "-_/".unicodeScalars.contains(scalars[scalars.index(before: end)]) {
      end = scalars.index(before: end)
    }
    let body = scalars[start..<end]
    guard let first = body.first, first.isWordPart, body.contains(where: \.properties.isAlphabetic),
      family == .tag || first.properties.isAlphabetic,
      let name = try? OneLineName.checked(String(body), field: family.rawValue)
    else { return false }
    marks.append(TextMarks.Mark(family: family, name: name, range: index..<end))
    advance(to: end)
    return true
  }

  /// A code span, or the backticks alone where nothing closes them in this paragraph.
  private mutating func skipCode() {
    let opening = rest.prefix { $0 == "`" }
    if let end = unclosedByCount[opening.count], index < end {
      return advance(to: opening.endIndex)
    }
    var ahead = opening.endIndex
    while ahead < scalars.endIndex {
      if scalars[ahead] == "`" {
        let closing = scalars[ahead...].prefix { $0 == "`" }
        ahead = closing.endIndex
        if closing.count == opening.count { return advance(to: ahead) }
        continue
      }
      let next = scalars.index(after: ahead)
      if scalars[ahead] == "\n", next < scalars.endIndex, scalars[next] == "\n" { break }
      ahead = next
    }
    unclosedByCount[opening.count] = ahead
    advance(to: opening.endIndex)
  }

  /// A fenced block of code up to its closing fence, if one begins on this line.
  private mutating func skipFence() -> Bool {
    guard let fence = fence(at: index) else { return false }
    var line = nextLine(after: index)
    while line < scalars.endIndex {
      let following = nextLine(after: line)
      if let closing = self.fence(at: line), closing.sign == fence.sign,
        closing.count >= fence.count
      {
        advance(to: following)
        return true
      }
      line = following
    }
    advance(to: scalars.endIndex)
    return true
  }

  private func fence(at lineStart: String.Index) -> (sign: Unicode.Scalar, count: Int)? {
    let line = scalars[lineStart...].prefix { $0 != "\n" }.drop { $0 == " " }
    guard let sign = line.first, sign == "`" || sign == "~" else { return nil }
    let run = line.prefix { $0 == sign }
    // Backticks later in the line make it a code span.
    guard run.count >= 3, sign == "~" || !line[run.endIndex...].contains("`") else { return nil }
    return (sign, run.count)
  }

  private func nextLine(after start: String.Index) -> String.Index {
    guard let end = scalars[start...].firstIndex(of: "\n") else { return scalars.endIndex }
    return scalars.index(after: end)
  }
}

extension Substring.UnicodeScalarView {
  /// Whether an apostrophe comes first, then a capital and a small letter: the end of `O'Neil`.
  fileprivate var goesOnBehindApostrophe: Bool {
    let next = prefix(3).map { $0 }
    return next.count == 3 && "'’".unicodeScalars.contains(next[0])
      && next[1].properties.isUppercase && next[2].properties.isLowercase
  }
}

extension Unicode.Scalar {
  fileprivate var isWordPart: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: self == "_"
    }
  }

  fileprivate var isNamePart: Bool { isWordPart || self == "-" }

  fileprivate var isTagPart: Bool { isNamePart || self == "/" }
}
