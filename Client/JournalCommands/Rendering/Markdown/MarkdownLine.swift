/// One line, and what kind of block it could begin.
struct MarkdownLine {
  /// Spaces at its beginning.
  let indent: Int
  private let content: Substring

  init(_ line: String) {
    let spaces = line.utf8.prefix { $0 == UInt8(ascii: " ") }
    indent = spaces.count
    content = line[spaces.endIndex...]
  }

  var isBlank: Bool { content.isEmpty }

  /// Up to so many spaces of its beginning taken away.
  static func dropping(_ count: Int, from line: String) -> String {
    let spaces = line.utf8.prefix(count).prefix { $0 == UInt8(ascii: " ") }
    return String(line[spaces.endIndex...])
  }

  struct Fence {
    let sign: Character
    let count: Int
    let indent: Int
  }

  /// The beginning of a block of code: three or more backticks or tildes.
  var fence: Fence? {
    guard indent < 4, let sign = content.first, sign == "`" || sign == "~" else { return nil }
    let run = content.prefix { $0 == sign }
    guard run.count >= 3, sign == "~" || !content[run.endIndex...].contains("`") else {
      return nil
    }
    return Fence(sign: sign, count: run.count, indent: indent)
  }

  func closes(_ fence: Fence) -> Bool {
    guard let own = self.fence, own.sign == fence.sign, own.count >= fence.count else {
      return false
    }
    return content.drop { $0 == fence.sign }.allSatisfy { $0 == " " }
  }

  /// `## Title`, or `## Title ##`.
  var heading: (level: Int, text: String)? {
    guard indent < 4 else { return nil }
    let signs = content.prefix { $0 == "#" }
    let rest = content[signs.endIndex...]
    guard (1...6).contains(signs.count), rest.isEmpty || rest.first == " " else { return nil }
    var text = rest.trimmingSpaces
    let closing = text.reversed().prefix { $0 == "#" }.count
    let before = text.dropLast(closing)
    if closing > 0, before.isEmpty || before.last == " " { text = before.trimmingSpaces }
    return (signs.count, String(text))
  }

  /// The level of the heading that this line makes of the one above it.
  var underlineLevel: Int? {
    guard indent < 4, let sign = content.first, sign == "=" || sign == "-" else { return nil }
    let line = content.trimmingSpaces
    guard line.count >= 2, line.allSatisfy({ $0 == sign }) else { return nil }
    return sign == "=" ? 1 : 2
  }

  /// Three or more of `-`, `*` or `_`, with or without spaces.
  var isRule: Bool {
    guard indent < 4, let sign = content.first, "-*_".contains(sign) else { return false }
    return content.count { $0 == sign } >= 3 && content.allSatisfy { $0 == sign || $0 == " " }
  }

  var isTable: Bool { indent < 4 && content.first == "|" }

  /// What follows `>`.
  var quoted: String? {
    guard indent < 4, content.first == ">" else { return nil }
    let text = content.dropFirst()
    return String(text.first == " " ? text.dropFirst() : text)
  }

  struct ListMarker {
    /// With its dot or bracket; `nil` for a list without numbers.
    let number: String?
    /// What follows it on its line.
    let text: String
    /// To where the text begins, in columns.
    let width: Int
    /// What a line must be indented to belong to the item; most people indent by two.
    var indentMin: Int { min(width, 2) }
  }

  var listMarker: ListMarker? {
    guard indent < 4, let first = content.first else { return nil }
    var marker = content.prefix(1)
    if !"-+*".contains(first) {
      let digits = content.prefix { $0.isASCII && $0.isNumber }
      let end = content[digits.endIndex...].prefix(1)
      guard (1...9).contains(digits.count), end == "." || end == ")" else { return nil }
      marker = content[..<end.endIndex]
    }
    let rest = content[marker.endIndex...]
    guard rest.isEmpty || rest.first == " " else { return nil }
    let spaces = rest.prefix { $0 == " " }.count
    let gap = (1...4).contains(spaces) ? spaces : 1
    return ListMarker(
      number: marker.count > 1 ? String(marker) : nil, text: String(rest.dropFirst(gap)),
      width: indent + marker.count + gap)
  }

  /// Whether a block begins here though there is no empty line before it. A numbered list does only
  /// at its first number: "in the year\n1986. It was" is text.
  var interruptsText: Bool {
    if fence != nil || heading != nil || isRule || isTable || quoted != nil { return true }
    guard let marker = listMarker, !marker.text.isEmpty else { return false }
    return marker.number.map { $0.dropLast() == "1" } ?? true
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}
