internal import JournalModel
internal import JournalStore

/// What a list shows of a record: when it was, as lived, and a line about it.
struct RecordSummary {
  let id: RecordID
  /// `nil` for a step without a date.
  let date: JournalDate?
  let isStarred: Bool
  private let parts: SummaryParts

  /// - Parameter marks: what was searched for; of long prose, the place where it is.
  init?(_ state: RecordState, marks: SearchMarks? = nil) {
    id = state.id
    switch state.kind {
    case .entry:
      guard let entry = Entry(state) else { return nil }
      date = entry.date
      isStarred = entry.isStarred
      parts = SummaryParts(entry, marks)
    case .mood:
      guard let mood = MoodLog(state) else { return nil }
      date = mood.date
      isStarred = false
      parts = SummaryParts(mood, marks)
    case .step:
      guard let step = Step(state) else { return nil }
      date = step.doneAt ?? step.due
      isStarred = false
      parts = SummaryParts(step, marks)
    default: return nil
    }
  }

  /// Safe to show.
  ///
  /// - Parameter columns: what it has to fit into; `nil` for any width.
  func line(columns: Int?, style: Style, marks: SearchMarks? = nil) -> String {
    let whole = parts.line(marks)
    guard let marks, !whole.showsMark(in: columns ?? Self.columnsMax) else {
      return whole.text(columns: columns, style: style)
    }
    return parts.line(marks, showingMarkIn: columns ?? Self.columnsMax)
      .text(columns: columns, style: style)
  }

  /// Where output is no terminal, a mark further to the right is not easily seen.
  private static let columnsMax = 100
}

/// One line for each record, its columns aligned.
struct RecordRow {
  let style: Style
  let columns: Int?
  /// What was searched for.
  var marks: SearchMarks?

  /// `3f9a1c  2026-11-21 08:15  ★ Went home by the river. #river`; `nil` for a record of a kind that
  /// is not listed.
  func text(_ state: RecordState, id: String, before: String = "") -> String? {
    guard let summary = RecordSummary(state, marks: marks) else { return nil }
    let start = before.isEmpty ? "" : before + " "
    let date = summary.date.map(DateText.short) ?? ""
    let star = summary.isStarred ? "★ " : ""
    let width = columns.map { columns in
      columns - DisplayWidth.of(start + id + "  " + star) - 2 - DateText.shortWidth
    }
    // On a very narrow terminal, wrapping beats showing nothing.
    let line = summary.line(columns: width.map { max($0, 10) }, style: style, marks: marks)
    let when = DisplayWidth.padded(date, to: DateText.shortWidth)
    return start + style.faint(id) + "  " + when + "  " + style.star(star) + line
  }
}
