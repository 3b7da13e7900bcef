internal import JournalModel
internal import OperationLog

/// One record in full, as `ebb show` prints it.
struct RecordPage {
  let style: Style
  let columns: Int?
  let zones: ZoneRules
  /// Prose as it was written, not as Markdown means it.
  var isRaw = false

  func lines(_ state: RecordState, id: String) -> [String] {
    switch state.kind {
    case .entry: Entry(state).map { lines($0, id) } ?? []
    case .mood: MoodLog(state).map { lines($0, id) } ?? []
    case .step: Step(state).map { lines($0, id) } ?? []
    default: []
    }
  }

  private func lines(_ entry: Entry, _ id: String) -> [String] {
    var lines = [style.faint("entry \(id)"), DateText.long(entry.date)]
    let star = entry.isStarred ? style.star("★ ") : ""
    if let title = entry.title {
      lines += heading(title, after: star)
    } else if entry.isStarred {
      lines.append(star)
    }
    lines += names(entry)
    if entry.journal != Entry.defaultJournal { lines.append(field("journal", entry.journal)) }
    if let id = entry.prompt {
      lines.append(field("prompt", Prompt.all.first { $0.id == id }?.question ?? id))
    }
    lines += notes(entry)
    return lines + [""] + body(entry.text)
  }

  private func lines(_ mood: MoodLog, _ id: String) -> [String] {
    var lines = [style.faint("mood \(id)"), DateText.long(mood.date)]
    lines += numbers([
      ("score", mood.score, 10), ("energy", mood.energy, 10), ("closeness", mood.closeness, 10),
    ])
    if let pull = mood.pull { lines.append(field("pull", pull.rawValue)) }
    lines += numbers([
      ("urge", mood.urge, 10), ("score before", mood.scoreBefore, 10),
      ("urge before", mood.urgeBefore, 10),
    ])
    if !mood.emotions.isEmpty { lines.append(field("emotions", list(mood.emotions))) }
    if !mood.signs.isEmpty { lines.append(field("signs", list(mood.signs))) }
    lines += texts([
      ("trigger", mood.trigger), ("said", mood.said), ("meant", mood.meant), ("fear", mood.fear),
      ("action", mood.action), ("technique", mood.technique), ("note", mood.note),
    ])
    lines += names(mood)
    if let entry = mood.entry { lines.append(field("entry", entry.description)) }
    return lines + notes(mood)
  }

  private func lines(_ step: Step, _ id: String) -> [String] {
    var lines = [style.faint("step \(id)")] + heading(step.title)
    lines += numbers([("rung", step.rung, 5)])
    if let due = step.due { lines.append(field("due", DateText.long(due))) }
    lines += texts([("feared", step.fearedOutcome)])
    lines += numbers([("fear before", step.fearBefore, 10)])
    if let done = step.doneAt { lines.append(field("done", DateText.long(done))) }
    lines += texts([("happened", step.actualOutcome)])
    lines += numbers([("fear after", step.fearAfter, 10)])
    if step.isSkipped { lines.append(field("skipped", "yes")) }
    return lines + names(step) + notes(step)
  }

  private func names(_ record: some RecordView) -> [String] {
    var lines: [String] = []
    if !record.people.isEmpty { lines.append(field("people", list(record.people))) }
    if !record.tags.isEmpty { lines.append(field("tags", list(record.tags))) }
    return lines
  }

  private func notes(_ record: some RecordView) -> [String] {
    var lines: [String] = []
    if !record.unreadable.isEmpty {
      lines.append(Messages.Records.writtenByLater(record.unreadable.map(Visible.line)))
    }
    if record.isTrashed { lines.append(Messages.Records.isInTrash) }
    return lines
  }

  private func heading(_ title: String, after start: String = "") -> [String] {
    let width = columns.map { max($0 - DisplayWidth.of(start, withStyles: true), 20) }
    let lines = LineWrap.wrapped(Visible.line(title), columns: width).map(style.strong)
    return zip(lines.indices, lines).map { ($0 == 0 ? start : "") + $1 }
  }

  private func numbers(_ fields: [(name: String, value: Int?, max: Int)]) -> [String] {
    fields.compactMap { name, value, max in value.map { field(name, "\($0) of \(max)") } }
  }

  private func texts(_ fields: [(name: String, value: String?)]) -> [String] {
    fields.compactMap { name, value in value.map { field(name, $0) } }
  }

  private static let nameWidth = 14

  /// A name and its value, further lines below the first.
  private func field(_ name: String, _ value: String) -> String {
    let width = columns.map { max($0 - Self.nameWidth, 20) }
    let lines = Visible.lines(value).flatMap { LineWrap.wrapped($0, columns: width) }
    let indent = "\n" + String(repeating: " ", count: Self.nameWidth)
    return style.faint(DisplayWidth.padded(name, to: Self.nameWidth))
      + lines.joined(separator: indent)
  }

  private func list(_ names: [String]) -> String {
    names.map(Visible.line).joined(separator: ", ")
  }

  /// Prose: on a terminal as Markdown means it, at a width that is good to read; else as it is.
  private func body(_ text: String) -> [String] {
    guard let columns, !isRaw else { return Visible.lines(text) }
    return MarkdownRendering(style: style).lines(text, columns: min(columns, 90))
  }
}
