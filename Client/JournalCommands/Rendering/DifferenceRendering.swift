internal import JournalModel

/// A word-level difference to read: what is only in the new text, or only in the old, marked.
///
/// As `{+added+}` and `[-removed-]`, and where there are styles in green and red as well. Long
/// stretches that both have are cut to what stands next to a change.
struct DifferenceRendering {
  private let style: Style
  private let columns: Int?

  init(style: Style, columns: Int?) {
    self.style = style
    self.columns = columns
  }

  func lines(_ difference: TextDifference) -> [String] {
    lines(of: excerpt(difference)).flatMap(wrapped).map { runs in runs.map(text).joined() }
  }

  func marked(_ kind: TextDifference.Kind, _ text: String) -> String {
    self.text(Run(kind: kind, text: text))
  }

  private struct Run {
    let kind: TextDifference.Kind
    var text: String
  }

  private func text(_ run: Run) -> String {
    switch run.kind {
    case .same: run.text
    case .added: style.added("{+\(run.text)+}")
    case .removed: style.removed("[-\(run.text)-]")
    }
  }

  /// Each line as runs; a line end that only one text has is shown.
  private func lines(of runs: [Run]) -> [[Run]] {
    var lines: [[Run]] = [[]]
    for run in runs {
      let parts = Visible.lines(run.text)
      for (index, part) in parts.enumerated() {
        if index > 0 { lines.append([]) }
        let isLast = index == parts.count - 1
        let shown = run.kind == .same || isLast ? part : part + "¶"
        if !shown.isEmpty { lines[lines.count - 1].append(Run(kind: run.kind, text: shown)) }
      }
    }
    return lines
  }
}

// Fitting it.
extension DifferenceRendering {
  /// Words that both have, kept on either side of a change.
  private static let contextWords = 20

  private func excerpt(_ difference: TextDifference) -> [Run] {
    let last = difference.pieces.count - 1
    return difference.pieces.enumerated().map { index, piece in
      guard piece.kind == .same else { return Run(kind: piece.kind, text: piece.text) }
      return Run(
        kind: .same,
        text: Self.excerpt(
          piece.text, before: index == 0 ? 0 : Self.contextWords,
          after: index == last ? 0 : Self.contextWords))
    }
  }

  /// Keeps the text's first and last words, if that leaves out a good deal.
  private static func excerpt(_ text: String, before: Int, after: Int) -> String {
    let words = text.split { $0.isWhitespace }
    guard words.count > before + after + contextWords else { return text }
    let head = before > 0 ? String(text[..<words[before - 1].endIndex]) : ""
    let tail = after > 0 ? String(text[words[words.count - after].startIndex...]) : ""
    return [head, "…", tail].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Breaks a line at spaces to fit the columns.
  private func wrapped(_ line: [Run]) -> [[Run]] {
    guard let columns else { return [line] }
    var lines: [[Run]] = []
    var current: [Run] = []
    var width = 0
    for run in line {
      for word in Self.words(run.text) {
        let markers = run.kind == .same || current.last?.kind == run.kind ? 0 : 4
        let wordWidth = DisplayWidth.of(word) + markers
        if width > 0 && width + wordWidth > columns {
          lines.append(Self.withoutSpaceAtEnd(current))
          current = []
          width = 0
        }
        if current.last?.kind == run.kind {
          current[current.count - 1].text += word
        } else {
          current.append(Run(kind: run.kind, text: word))
        }
        width += wordWidth
      }
    }
    return lines + [current]
  }

  private static func withoutSpaceAtEnd(_ line: [Run]) -> [Run] {
    var line = line
    while let last = line.last, last.kind == .same, last.text.hasSuffix(" ") {
      line[line.count - 1].text.removeLast()
    }
    return line
  }

  /// Words with the spaces after them.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if character != " " && word.last == " " {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }
}
