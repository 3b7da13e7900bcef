internal import JournalModel
internal import JournalStore

/// What a line about a record is made of, safe to show.
struct SummaryParts {
  /// What Ebb says of it, such as measures.
  private var label = ""
  /// What stands between label and prose.
  private var joint = " · "
  /// With its colon.
  private var title = ""
  private var prose = ""
  private var end: [String] = []

  init(_ entry: Entry, _ marks: SearchMarks?) {
    title = entry.title.map { Visible.line($0) + ":" } ?? ""
    prose = Self.excerpt(entry.text, marks)
    end = Self.names(entry)
  }

  init(_ mood: MoodLog, _ marks: SearchMarks?) {
    var labels = [mood.score.map { "mood \($0)" } ?? "mood"]
    if !mood.emotions.isEmpty { labels.append(mood.emotions.joined(separator: " ")) }
    var measures: [String] = []
    if let energy = mood.energy { measures.append("energy \(energy)") }
    if let closeness = mood.closeness { measures.append("closeness \(closeness)") }
    if let pull = mood.pull { measures.append(pull.rawValue) }
    if let urge = mood.urge { measures.append("urge \(urge)") }
    if !measures.isEmpty { labels.append(measures.joined(separator: ", ")) }
    label = Visible.line(labels.joined(separator: " · "))
    choose(
      from: [
        ("note", mood.note), ("trigger", mood.trigger), ("said", mood.said),
        ("meant", mood.meant), ("fear", mood.fear), ("action", mood.action),
      ], shownUnasked: 3, marks)
    end = Self.names(mood)
  }

  init(_ step: Step, _ marks: SearchMarks?) {
    label = "step" + (step.rung.map { " \($0)" } ?? "")
    choose(
      from: [
        ("title", step.title), ("feared", step.fearedOutcome), ("happened", step.actualOutcome),
      ], shownUnasked: 1, marks)
    let standing = step.isSkipped ? ["(skipped)"] : step.doneAt != nil ? ["(done)"] : []
    end = standing + Self.names(step)
  }

  func line(_ marks: SearchMarks?) -> MarkedLine {
    line(marks, label: label, title: title, columnsBeforeMark: .max)
  }

  /// Everything, but of its prose only so much.
  func whole(proseColumns: Int) -> String {
    var parts = self
    parts.prose = DisplayWidth.cut(prose, to: proseColumns)
    return parts.line(nil).text(columns: nil, style: Style(isOn: false))
  }

  /// The line cut so that what is marked first in its prose is to be seen: what stands before it
  /// gets a third each.
  func line(_ marks: SearchMarks, showingMarkIn columns: Int) -> MarkedLine {
    let third = max(columns / 3, 8)
    let label = DisplayWidth.cut(label, to: third)
    let title = marks.ranges(in: title).isEmpty ? DisplayWidth.cut(title, to: third) : title
    let rest = columns - DisplayWidth.of(label.isEmpty ? title : label + joint)
    return line(marks, label: label, title: title, columnsBeforeMark: max(rest / 3, 8))
  }

  private func line(
    _ marks: SearchMarks?, label: String, title: String, columnsBeforeMark: Int
  ) -> MarkedLine {
    var line = MarkedLine()
    line.append(label)
    if !label.isEmpty && !prose.isEmpty { line.append(joint) }
    line.append(title, marks: marks, columnsBeforeMark: columnsBeforeMark)
    if !title.isEmpty && !prose.isEmpty { line.append(" ") }
    line.append(prose, marks: marks, columnsBeforeMark: columnsBeforeMark)
    if !line.isEmpty && !end.isEmpty { line.append(" ") }
    line.append(end.joined(separator: " "))
    return line
  }

  /// The field in which something is marked, by its name if it is none that is shown unasked; else
  /// the first of those.
  private mutating func choose(
    from fields: [(name: String, text: String?)], shownUnasked: Int, _ marks: SearchMarks?
  ) {
    let usual = fields.prefix(shownUnasked).lazy.compactMap(\.text).first
    let hit = fields.first { _, text in
      text.map { marks?.ranges(in: $0, limit: 1).isEmpty == false } ?? false
    }
    guard let text = hit?.text ?? usual else { return }
    prose = Self.excerpt(text, marks)
    if let name = hit?.name, text != usual { joint = " · \(name): " }
  }

  /// Enough for the widest terminal; a list does not print whole chapters.
  private static let excerptLength = 400
  /// As much before a mark as fits on a wide one.
  private static let lengthBeforeMark = 200

  private static func excerpt(_ text: String, _ marks: SearchMarks?) -> String {
    guard let mark = marks?.ranges(in: text, limit: 1).first,
      let start = text.index(
        mark.lowerBound, offsetBy: -lengthBeforeMark, limitedBy: text.startIndex)
    else { return Visible.line(String(text.prefix(excerptLength))) }
    let isCut = start > text.startIndex
    return (isCut ? "…" : "") + Visible.line(String(text[start...].prefix(excerptLength)))
  }

  /// Those that the text does not show already.
  private static func names(_ record: some RecordView) -> [String] {
    let inText = (Set(record.common.peopleInText), Set(record.common.tagsInText))
    return record.people.filter { !inText.0.contains($0) }.map { Visible.line("@" + $0) }
      + record.tags.filter { !inText.1.contains($0) }.map { Visible.line("#" + $0) }
  }
}
