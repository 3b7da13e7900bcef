/// Prose as a terminal shows it: lines that fit, lists and quotes kept together, emphasis by weight.
///
/// Where there are no styles, emphasis keeps its signs: they say what weight would. Nothing that
/// was written is left out but signs that are shown otherwise.
struct MarkdownRendering {
  let style: Style

  /// - Parameter columns: at least twenty are used.
  func lines(_ text: String, columns: Int) -> [String] {
    // Made visible first: what comes after must not make an escape code of text.
    lines(MarkdownBlock.blocks(Visible.lines(text)), columns: max(columns, Self.columnsMin))
  }

  private static let columnsMin = 20
  /// Of lists in lists.
  private static let innerColumnsMin = 10

  private func lines(_ blocks: [MarkdownBlock], columns: Int) -> [String] {
    blocks.flatMap { lines($0, columns: columns) }
  }

  private func lines(_ block: MarkdownBlock, columns: Int) -> [String] {
    switch block {
    case .blank: [""]
    case .heading(let level, let text): heading(level, text, columns)
    case .paragraph(let text): inline(text).lines(columns: columns, style: style)
    case .verbatim(let lines):
      lines.flatMap { line in
        StyledText(line, .code).lines(columns: columns, style: style)
      }
    case .rule: [style.faint(String(repeating: style.isOn ? "─" : "-", count: min(columns, 20)))]
    case .quote(let blocks): quote(blocks, columns)
    case .item(let number, let blocks): item(number ?? "•", blocks, columns)
    }
  }

  private func heading(_ level: Int, _ text: String, _ columns: Int) -> [String] {
    let signs = style.isOn ? "" : String(repeating: "#", count: level) + " "
    let attributes: TextAttributes = level == 1 ? [.strong, .link] : .strong
    var heading = StyledText(signs)
    heading.runs += inline(text, attributes).runs
    return heading.lines(columns: columns, style: style)
  }

  private func quote(_ blocks: [MarkdownBlock], _ columns: Int) -> [String] {
    let sign = style.isOn ? style.faint("│") : ">"
    return lines(blocks, columns: max(columns - 2, Self.innerColumnsMin)).map {
      $0.isEmpty ? sign : sign + " " + $0
    }
  }

  private func item(_ marker: String, _ blocks: [MarkdownBlock], _ columns: Int) -> [String] {
    let width = DisplayWidth.of(marker) + 1
    let lines = lines(blocks, columns: max(columns - width, Self.innerColumnsMin))
    let indent = String(repeating: " ", count: width)
    return lines.enumerated().map { index, line in
      index == 0 ? marker + " " + line : line.isEmpty ? "" : indent + line
    }
  }

  private func inline(_ text: String, _ attributes: TextAttributes = []) -> StyledText {
    style.isOn ? InlineParser.styled(text, attributes) : StyledText(text)
  }
}
