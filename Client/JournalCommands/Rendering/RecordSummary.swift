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

  /// Safe to show: everything, but of its prose only so much.
  func whole(proseColumns: Int) -> String { parts.whole(proseColumns: proseColumns) }

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
    let start = start(summary, id: id, before: before)
    let width = columns.map { $0 - DisplayWidth.of(start, withStyles: true) }
    // On a very narrow terminal, wrapping beats showing nothing.
    return start + summary.line(columns: width.map { max($0, 10) }, style: style, marks: marks)
  }

  /// As `text`, but what a mood log measured goes on below instead of being cut.
  func lines(_ state: RecordState, id: String, before: String) -> [String] {
    guard state.kind == .mood, let columns, let summary = RecordSummary(state) else {
      return text(state, id: id, before: before).map { [$0] } ?? []
    }
    return LineWrap.wrapped(
      summary.whole(proseColumns: columns / 2), columns: columns,
      after: start(summary, id: id, before: before))
  }

  /// What stands before the line about a record.
  private func start(_ summary: RecordSummary, id: String, before: String) -> String {
    let verb = before.isEmpty ? "" : before + " "
    let when = DisplayWidth.padded(
      summary.date.map(DateText.short) ?? "", to: DateText.shortWidth)
    return verb + style.faint(id) + "  " + when + "  "
      + style.star(summary.isStarred ? "★ " : "")
  }
}
