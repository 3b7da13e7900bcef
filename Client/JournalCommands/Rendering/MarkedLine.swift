internal import JournalStore

/// One line of text, safe to show, in which what a search found is marked.
///
/// Where there are styles it is bold and underlined; elsewhere it stands in brackets, so that
/// neither colour nor weight alone says it.
struct MarkedLine {
  private struct Run {
    var text: String
    var isMarked = false
  }

  private var runs: [Run] = []

  var isEmpty: Bool { runs.isEmpty }

  /// - Parameter columnsBeforeMark: what stands before the first mark is cut to so much, at a
  ///   space if there is one.
  mutating func append(
    _ text: String, marks: SearchMarks? = nil, columnsBeforeMark: Int = .max
  ) {
    var position = text.startIndex
    for range in marks?.ranges(in: text) ?? [] {
      let before = String(text[position..<range.lowerBound])
      let isFirst = position == text.startIndex
      add(Run(text: isFirst ? Self.tail(of: before, columns: columnsBeforeMark) : before))
      add(Run(text: String(text[range]), isMarked: true))
      position = range.upperBound
    }
    add(Run(text: String(text[position...])))
  }

  private static func tail(of text: String, columns: Int) -> String {
    guard DisplayWidth.of(text) > columns else { return text }
    let kept = DisplayWidth.suffix(text, columns: max(columns - 1, 0))
    let words = kept.firstIndex(of: " ").map { kept[$0...].dropFirst() }
    return "…" + (words ?? kept)
  }

  private mutating func add(_ run: Run) {
    if !run.text.isEmpty { runs.append(run) }
  }

  /// Whether what is marked first ends within so many columns.
  func showsMark(in columns: Int) -> Bool {
    guard let first = runs.firstIndex(where: \.isMarked) else { return true }
    // Brackets, and the ellipsis.
    return runs[...first].reduce(3) { $0 + DisplayWidth.of($1.text) } <= columns
  }

  func text(columns: Int?, style: Style) -> String {
    let all = runs.reduce(0) { $0 + width($1, style) }
    guard let columns, all > columns else { return runs.map { shown($0, style) }.joined() }
    var text = ""
    var room = columns - 1
    for run in runs {
      if width(run, style) <= room {
        text += shown(run, style)
        room -= width(run, style)
        continue
      }
      let brackets = width(run, style) - DisplayWidth.of(run.text)
      let part = DisplayWidth.prefix(run.text, columns: max(room - brackets, 0))
      if !part.isEmpty { text += shown(Run(text: String(part), isMarked: run.isMarked), style) }
      break
    }
    return columns > 0 ? text.trimmingTrailingSpaces + "…" : ""
  }

  private func width(_ run: Run, _ style: Style) -> Int {
    DisplayWidth.of(run.text) + (run.isMarked && !style.isOn ? 2 : 0)
  }

  private func shown(_ run: Run, _ style: Style) -> String {
    guard run.isMarked else { return run.text }
    return style.isOn ? style.marked(run.text) : "[\(run.text)]"
  }
}
