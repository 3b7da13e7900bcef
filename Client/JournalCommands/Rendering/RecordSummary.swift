internal import JournalModel

/// What a list shows of a record: when it was, as lived, and a line about it.
struct RecordSummary {
  let id: RecordID
  /// `nil` for a step without a date.
  let date: JournalDate?
  let isStarred: Bool
  /// Safe to show; one line.
  let line: String

  init?(_ state: RecordState) {
    id = state.id
    switch state.kind {
    case .entry:
      guard let entry = Entry(state) else { return nil }
      date = entry.date
      isStarred = entry.isStarred
      line = Self.line(entry)
    case .mood:
      guard let mood = MoodLog(state) else { return nil }
      date = mood.date
      isStarred = false
      line = Self.line(mood)
    case .step:
      guard let step = Step(state) else { return nil }
      date = step.doneAt ?? step.due
      isStarred = false
      line = Self.line(step)
    default: return nil
    }
  }

  private static func line(_ entry: Entry) -> String {
    var parts = [Visible.line(String(entry.text.prefix(excerptLength)))]
    if let title = entry.title { parts.insert(Visible.line(title) + ":", at: 0) }
    return (parts + names(entry)).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Enough for the widest terminal; a list does not print whole chapters.
  private static let excerptLength = 400

  private static func line(_ mood: MoodLog) -> String {
    var parts = [mood.score.map { "mood \($0)" } ?? "mood"]
    if !mood.emotions.isEmpty { parts.append(mood.emotions.joined(separator: " ")) }
    var measures: [String] = []
    if let energy = mood.energy { measures.append("energy \(energy)") }
    if let closeness = mood.closeness { measures.append("closeness \(closeness)") }
    if let pull = mood.pull { measures.append(pull.rawValue) }
    if let urge = mood.urge { measures.append("urge \(urge)") }
    parts += measures.isEmpty ? [] : [measures.joined(separator: ", ")]
    let words = mood.note ?? mood.trigger ?? mood.said
    if let words { parts.append(String(words.prefix(excerptLength))) }
    return ([Visible.line(parts.joined(separator: " · "))] + names(mood)).joined(separator: " ")
  }

  private static func line(_ step: Step) -> String {
    let rung = step.rung.map { " \($0)" } ?? ""
    let end = step.isSkipped ? " (skipped)" : step.doneAt != nil ? " (done)" : ""
    let line = "step\(rung) · " + String(step.title.prefix(excerptLength)) + end
    return ([Visible.line(line)] + names(step)).joined(separator: " ")
  }

  /// Those that the text does not show already.
  private static func names(_ record: some RecordView) -> [String] {
    let inText = (Set(record.common.peopleInText), Set(record.common.tagsInText))
    return record.people.filter { !inText.0.contains($0) }.map { Visible.line("@" + $0) }
      + record.tags.filter { !inText.1.contains($0) }.map { Visible.line("#" + $0) }
  }
}

/// One line for each record, its columns aligned.
struct RecordRow {
  let style: Style
  let columns: Int?

  /// `3f9a1c  2026-11-21 08:15  ★ Went home by the river. #river`
  func text(_ summary: RecordSummary, id: String, before: String = "") -> String {
    let start = before.isEmpty ? "" : before + " "
    let date = summary.date.map(DateText.short) ?? ""
    let star = summary.isStarred ? "★ " : ""
    let width = columns.map { columns in
      columns - DisplayWidth.of(start + id + "  " + star) - 2 - DateText.shortWidth
    }
    // On a very narrow terminal, wrapping beats showing nothing.
    let line = width.map { DisplayWidth.cut(summary.line, to: max($0, 10)) } ?? summary.line
    let when = DisplayWidth.padded(date, to: DateText.shortWidth)
    return start + style.faint(id) + "  " + when + "  " + style.star(star) + line
  }
}
