/// A block of Markdown, as far as a journal on a terminal needs to know it.
///
/// After CommonMark 0.31.2 (https://spec.commonmark.org), but for what would change what a person
/// sees of a page typed by hand: every line break and every empty line stays, text below a list or
/// a quote belongs to it only if it is indented or quoted too, and a line is made a heading by the
/// line below it only when it stands alone.
indirect enum MarkdownBlock: Equatable, Sendable {
  case blank
  case heading(level: Int, String)
  /// Lines, in which there may be emphasis and links.
  case paragraph(String)
  case quote([MarkdownBlock])
  /// The number of a numbered list's item, with what follows it: `3.`; `nil` for a dot.
  case item(number: String?, [MarkdownBlock])
  /// Code, which is indented, tables and what is indented already: as it is.
  case verbatim([String])
  case rule

  static func blocks(_ lines: [String]) -> [MarkdownBlock] {
    var parser = BlockParser(lines[...], depth: 0)
    return parser.blocks()
  }
}

private struct BlockParser {
  private var rest: ArraySlice<String>
  private let depth: Int

  /// Blocks within blocks; what is deeper is text.
  private static let depthMax = 12

  init(_ lines: ArraySlice<String>, depth: Int) {
    rest = lines
    self.depth = depth
  }

  mutating func blocks() -> [MarkdownBlock] {
    var blocks: [MarkdownBlock] = []
    while let line = rest.first {
      let isAfterText = if case .paragraph = blocks.last { true } else { false }
      blocks.append(block(MarkdownLine(line), isAfterText: isAfterText))
    }
    return blocks
  }

  private mutating func block(_ line: MarkdownLine, isAfterText: Bool) -> MarkdownBlock {
    if line.isBlank {
      rest.removeFirst()
      return .blank
    }
    if line.indent >= 4, !isAfterText { return verbatim { MarkdownLine($0).indent >= 4 } }
    if let fence = line.fence { return code(fence) }
    if let (level, text) = line.heading {
      rest.removeFirst()
      return .heading(level: level, text)
    }
    if line.isRule {
      rest.removeFirst()
      return .rule
    }
    if line.isTable { return verbatim { MarkdownLine($0).isTable } }
    if depth < Self.depthMax {
      if line.quoted != nil { return quote() }
      if let marker = line.listMarker { return item(marker) }
    }
    return text()
  }

  private mutating func verbatim(_ belongs: (String) -> Bool) -> MarkdownBlock {
    let lines = rest.prefix(while: belongs)
    rest = rest[lines.endIndex...]
    return .verbatim(Array(lines))
  }

  private mutating func code(_ fence: MarkdownLine.Fence) -> MarkdownBlock {
    rest.removeFirst()
    let lines = rest.prefix { !MarkdownLine($0).closes(fence) }
    rest = rest[lines.endIndex...].dropFirst()
    return .verbatim(lines.map { "  " + MarkdownLine.dropping(fence.indent, from: $0) })
  }

  private mutating func quote() -> MarkdownBlock {
    var lines: [String] = []
    while let line = rest.first, let quoted = MarkdownLine(line).quoted {
      lines.append(quoted)
      rest.removeFirst()
    }
    return .quote(inner(lines))
  }

  private mutating func item(_ marker: MarkdownLine.ListMarker) -> MarkdownBlock {
    rest.removeFirst()
    var lines = [marker.text]
    while let line = rest.first {
      if MarkdownLine(line).isBlank {
        // An empty line belongs to what follows it.
        guard let next = rest.first(where: { !MarkdownLine($0).isBlank }),
          MarkdownLine(next).indent >= marker.indentMin
        else { break }
      } else if MarkdownLine(line).indent < marker.indentMin {
        break
      }
      lines.append(MarkdownLine.dropping(marker.width, from: line))
      rest.removeFirst()
    }
    return .item(number: marker.number, inner(lines))
  }

  private func inner(_ lines: [String]) -> [MarkdownBlock] {
    var parser = BlockParser(lines[...], depth: depth + 1)
    return parser.blocks()
  }

  private mutating func text() -> MarkdownBlock {
    var lines: [String] = []
    while let next = rest.first {
      let line = MarkdownLine(next)
      if lines.count == 1, let level = line.underlineLevel {
        rest.removeFirst()
        return .heading(level: level, lines[0])
      }
      if line.isBlank || !lines.isEmpty && line.interruptsText { break }
      lines.append(next)
      rest.removeFirst()
    }
    return .paragraph(lines.joined(separator: "\n"))
  }
}
