/// A text of the help: paragraphs, and lines that begin with two spaces and stay as they are.
struct HelpText {
  enum Part: Hashable {
    case paragraph(String)
    /// Without the two spaces.
    case verbatim([String])
  }

  let parts: [Part]

  init(_ text: String) {
    var parts: [Part] = []
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty {
        isOpen = false
      } else if line.hasPrefix("  ") {
        let line = String(line.dropFirst(2))
        if case .verbatim(let lines)? = parts.last, isOpen {
          parts[parts.count - 1] = .verbatim(lines + [line])
        } else {
          parts.append(.verbatim([line]))
        }
        isOpen = true
      } else if case .paragraph(let text)? = parts.last, isOpen {
        parts[parts.count - 1] = .paragraph(text + " " + line)
      } else {
        parts.append(.paragraph(String(line)))
        isOpen = true
      }
    }
    self.parts = parts
  }

  /// A line of a table, such as `  write    Write an entry.`, with what does not fit below its text.
  static func fitted(_ line: String, columns: Int) -> [String] {
    guard DisplayWidth.of(line) > columns, line.hasPrefix("  ") else {
      return LineWrap.wrapped(line, columns: columns)
    }
    let gap = line.dropFirst(2).firstRange(of: "  ")
    let text = gap.map { line[$0.upperBound...].drop { $0 == " " } } ?? line.drop { $0 == " " }
    return LineWrap.wrapped(
      String(text), columns: columns, after: String(line[..<text.startIndex]))
  }

  /// Lines of at most so many columns, as far as verbatim ones allow.
  func lines(columns: Int) -> [String] {
    parts.enumerated().flatMap { index, part in
      let lines: [String] =
        switch part {
        case .paragraph(let text): LineWrap.wrapped(text, columns: columns)
        case .verbatim(let lines): lines.map { "  " + $0 }
        }
      return index == 0 ? lines : [""] + lines
    }
  }
}
