/// Reads emphasis, code and links of a paragraph, in time that grows with its length alone.
///
/// After CommonMark 0.31.2, section 6, with `~~struck out~~`; links by reference, HTML and entities
/// stay as they are.
struct InlineParser {
  private let text: [Character]
  private var position = 0
  private var pieces: [Piece] = []
  /// Pieces that may begin or end emphasis, and are not used up.
  private var delimiters: [Int] = []
  private var brackets: [Bracket] = []
  private var stretches: [Stretch] = []
  /// Where backticks of each number begin.
  private var backticksByCount: [Int: [Int]] = [:]

  private struct Piece {
    var text: String
    var attributes: TextAttributes = []
    var delimiter: Delimiter?
  }

  private struct Delimiter {
    let sign: Character
    var count: Int
    let countAtFirst: Int
    let canOpen: Bool
    let canClose: Bool
  }

  private struct Bracket {
    let piece: Int
    /// Of delimiters before it.
    let delimiters: Int
    let isImage: Bool
    var isActive = true
  }

  /// Pieces that look so.
  private struct Stretch {
    let pieces: Range<Int>
    let attributes: TextAttributes
  }

  /// What is longer is text as it is: no paragraph that somebody reads.
  private static let bytesMax = 200_000

  static func styled(_ text: String, _ attributes: TextAttributes = []) -> StyledText {
    guard text.utf8.count <= bytesMax else { return StyledText(text, attributes) }
    var parser = InlineParser(text)
    return parser.styled(attributes)
  }

  private init(_ text: String) {
    self.text = Array(text)
    var index = 0
    while index < self.text.count {
      guard self.text[index] == "`" else {
        index += 1
        continue
      }
      let count = self.text[index...].prefix { $0 == "`" }.count
      backticksByCount[count, default: []].append(index)
      index += count
    }
  }

  private mutating func styled(_ attributes: TextAttributes) -> StyledText {
    while position < text.count { step() }
    pairDelimiters(from: 0)
    var changes = [[(TextAttributes, Int)]](repeating: [], count: pieces.count + 1)
    for stretch in stretches where !stretch.pieces.isEmpty {
      changes[stretch.pieces.lowerBound].append((stretch.attributes, 1))
      changes[stretch.pieces.upperBound].append((stretch.attributes, -1))
    }
    var depths: [TextAttributes: Int] = [:]
    var styled = StyledText()
    for (index, piece) in pieces.enumerated() {
      for (attribute, change) in changes[index] { depths[attribute, default: 0] += change }
      var all = attributes.union(piece.attributes)
      for (attribute, depth) in depths where depth > 0 { all.formUnion(attribute) }
      let left = piece.delimiter.map { String(repeating: $0.sign, count: $0.count) }
      styled.append(left ?? piece.text, all)
    }
    return styled
  }

  private mutating func step() {
    switch text[position] {
    case "\\": escape()
    case "`": code()
    case "*", "_", "~": delimiter()
    case "[": open(isImage: false)
    case "!" where position + 1 < text.count && text[position + 1] == "[": open(isImage: true)
    case "]": close()
    case "<": address()
    default: take(1)
    }
  }

  private mutating func add(_ text: String, _ attributes: TextAttributes = []) {
    if let last = pieces.last, last.delimiter == nil, last.attributes == attributes,
      brackets.last?.piece != pieces.count - 1
    {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append(Piece(text: text, attributes: attributes))
    }
  }

  private mutating func take(_ count: Int) {
    add(String(text[position..<position + count]))
    position += count
  }

  private mutating func escape() {
    if position + 1 < text.count, text[position + 1].isASCIIPunctuation { position += 1 }
    take(1)
  }

  private mutating func code() {
    let count = text[position...].prefix { $0 == "`" }.count
    let starts = backticksByCount[count] ?? []
    var range = 0..<starts.count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if starts[middle] <= position {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    guard range.lowerBound < starts.count else { return take(count) }
    let end = starts[range.lowerBound]
    var code = text[position + count..<end]
    // A space on both sides is there to keep backticks apart.
    if code.first == " ", code.last == " ", code.contains(where: { $0 != " " }) {
      code = code.dropFirst().dropLast()
    }
    add(String(code), .code)
    position = end + count
  }

  private mutating func delimiter() {
    let sign = text[position]
    let count = text[position...].prefix { $0 == sign }.count
    let before = position > 0 ? text[position - 1] : "\n"
    let after = position + count < text.count ? text[position + count] : "\n"
    let canBegin =
      !after.isWhitespace
      && (!after.isPunctuationOrSymbol || before.isWhitespace || before.isPunctuationOrSymbol)
    let canEnd =
      !before.isWhitespace
      && (!before.isPunctuationOrSymbol || after.isWhitespace || after.isPunctuationOrSymbol)
    guard canBegin || canEnd, sign != "~" || count == 2 else { return take(count) }
    // Inside a word an underscore is a letter.
    let isWordSign = sign == "_"
    delimiters.append(pieces.count)
    pieces.append(
      Piece(
        text: "",
        delimiter: Delimiter(
          sign: sign, count: count, countAtFirst: count,
          canOpen: canBegin && (!isWordSign || !canEnd || before.isPunctuationOrSymbol),
          canClose: canEnd && (!isWordSign || !canBegin || after.isPunctuationOrSymbol))))
    position += count
  }
}

// Emphasis.
extension InlineParser {
  /// Makes stretches of the delimiters from one on, and takes them off the list.
  private mutating func pairDelimiters(from first: Int) {
    let candidates = delimiters[first...]
    delimiters.removeSubrange(first...)
    var openers: [Int] = []
    /// Of openers, how many are known to be of no use to a closer of that kind.
    var uselessByKind: [String: Int] = [:]
    for candidate in candidates {
      while let closer = pieces[candidate].delimiter, closer.canClose, closer.count > 0 {
        let kind = "\(closer.sign)\(closer.canOpen)\(closer.countAtFirst % 3)"
        let useless = uselessByKind[kind] ?? 0
        let match = openers.indices.dropFirst(useless).reversed().first {
          pairs(openers[$0], with: closer)
        }
        guard let match else {
          uselessByKind[kind] = openers.count
          break
        }
        let opener = openers[match]
        openers.removeSubrange((match + 1)...)
        pair(opener, candidate)
        if pieces[opener].delimiter?.count == 0 { openers.removeLast() }
        uselessByKind = uselessByKind.mapValues { min($0, openers.count) }
      }
      if let left = pieces[candidate].delimiter, left.canOpen, left.count > 0 {
        openers.append(candidate)
      }
    }
  }

  private func pairs(_ index: Int, with closer: Delimiter) -> Bool {
    guard let opener = pieces[index].delimiter, opener.sign == closer.sign else { return false }
    // "**a*" is no emphasis of one kind and half of another.
    let isOdd = opener.canClose || closer.canOpen
    let sum = opener.countAtFirst + closer.countAtFirst
    return !isOdd || !sum.isMultiple(of: 3)
      || opener.countAtFirst.isMultiple(of: 3) && closer.countAtFirst.isMultiple(of: 3)
  }

  private mutating func pair(_ opener: Int, _ closer: Int) {
    guard let left = pieces[opener].delimiter, let right = pieces[closer].delimiter else { return }
    let used = left.count >= 2 && right.count >= 2 ? 2 : 1
    let attributes: TextAttributes =
      left.sign == "~" ? .struck : used == 2 ? .strong : .emphasis
    stretches.append(Stretch(pieces: opener + 1..<closer, attributes: attributes))
    pieces[opener].delimiter?.count -= used
    pieces[closer].delimiter?.count -= used
  }
}

// Links.
extension InlineParser {
  private mutating func open(isImage: Bool) {
    brackets.append(
      Bracket(piece: pieces.count, delimiters: delimiters.count, isImage: isImage))
    pieces.append(Piece(text: isImage ? "![" : "["))
    position += isImage ? 2 : 1
  }

  private mutating func close() {
    guard let bracket = brackets.popLast() else { return take(1) }
    guard bracket.isActive, let (target, end) = target(after: position + 1) else {
      return take(1)
    }
    position = end
    pairDelimiters(from: bracket.delimiters)
    pieces[bracket.piece].text = bracket.isImage ? "[" + Messages.Markdown.image + " " : ""
    let inner = bracket.piece + 1..<pieces.count
    let name = pieces[inner].map(\.text).joined()
    stretches.append(Stretch(pieces: inner, attributes: bracket.isImage ? [] : .link))
    if bracket.isImage {
      add("]")
    } else {
      // No link is in another.
      for index in brackets.indices where !brackets[index].isImage {
        brackets[index].isActive = false
      }
    }
    if !target.isEmpty, target != name, target != "mailto:" + name {
      pieces.append(Piece(text: " (" + target + ")"))
    }
    // What follows is no part of it.
    pieces.append(Piece(text: ""))
  }

  /// In one address, as CommonMark asks for at least.
  private static let parenthesesMax = 32

  /// `(address)` or `(address "title")`.
  private func target(after start: Int) -> (String, end: Int)? {
    guard start < text.count, text[start] == "(" else { return nil }
    var index = start + 1
    var depth = 0
    var end: Int?
    // Longer than any address.
    while index < min(text.count, start + 4096) {
      let character = text[index]
      if character == "\n" { return nil }
      if character == "(" { depth += 1 }
      if depth > Self.parenthesesMax { return nil }
      if character == ")" {
        if depth == 0 { break }
        depth -= 1
      }
      if character == " ", end == nil { end = index }
      index += 1
    }
    guard index < text.count, text[index] == ")" else { return nil }
    let address = text[start + 1..<(end ?? index)]
    // After a space there is a title or nothing.
    if let end, let title = text[end..<index].first(where: { $0 != " " }),
      !"\"'(".contains(title)
    {
      return nil
    }
    let isQuoted = address.first == "<" && address.last == ">"
    return (String(isQuoted ? address.dropFirst().dropLast() : address), index + 1)
  }

  /// `<https://…>` and `<sam@example.org>`.
  private mutating func address() {
    let rest = text[(position + 1)...].prefix(2048)
    guard let end = rest.firstIndex(where: { $0 == ">" || $0 == "<" || $0.isWhitespace }),
      text[end] == ">"
    else { return take(1) }
    let address = String(text[position + 1..<end])
    guard address.contains("://") || address.contains("@") else { return take(1) }
    add(address, .link)
    position = end + 1
  }
}

extension Character {
  fileprivate var isASCIIPunctuation: Bool { isASCII && isPunctuationOrSymbol }

  fileprivate var isPunctuationOrSymbol: Bool { isPunctuation || isSymbol }
}
