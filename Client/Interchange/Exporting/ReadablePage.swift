internal import JournalModel
internal import OperationLog

/// What a page for readers says of a record, whatever the format: words, not registers.
struct ReadablePage {
  /// `2026-11-21 08:15`, as the clocks there showed it.
  var when: String
  var day: CivilDay?
  /// The title, or what kind of record it is.
  var heading: String
  var kind: RecordKind
  /// One line each: `Tags: river, home`.
  var lines: [(label: String, text: String)] = []
  /// An entry's text: Markdown.
  var body = ""
  /// Paragraphs with a label of their own.
  var prose: [(label: String, text: String)] = []
  var isStarred = false

  /// `nil` for kinds that people do not write.
  init?(_ state: RecordState) {
    if let entry = Entry(state) {
      self.init(entry)
    } else if let mood = MoodLog(state) {
      self.init(mood)
    } else if let step = Step(state) {
      self.init(step)
    } else {
      return nil
    }
  }

  private init(_ entry: Entry) {
    self.init(entry, .entry, date: entry.date, heading: entry.title ?? "")
    isStarred = entry.isStarred
    if isStarred { lines.append(("Starred", "yes")) }
    if entry.journal != Entry.defaultJournal { lines.append(("Journal", entry.journal)) }
    add(names: entry)
    add("Answers the prompt", entry.prompt)
    body = entry.text
    add(unreadable: entry)
  }

  private init(_ mood: MoodLog) {
    self.init(mood, .mood, date: mood.date, heading: "Mood")
    if let score = mood.score { heading += " \(score)" }
    if !mood.emotions.isEmpty { heading += " · " + mood.emotions.joined(separator: ", ") }
    let measures: [(String, Int?)] = [
      ("Energy", mood.energy), ("Closeness", mood.closeness), ("Urge to withdraw", mood.urge),
      ("Mood before", mood.scoreBefore), ("Urge before", mood.urgeBefore),
    ]
    for (label, value) in measures { add(label, value.map(String.init)) }
    add("Pull", mood.pull?.rawValue)
    add(list: "Signs", mood.signs)
    add("Technique", mood.technique)
    add(names: mood)
    add("Belongs to entry", mood.entry?.description)
    let texts: [(String, String?)] = [
      ("Trigger", mood.trigger), ("Said", mood.said), ("Meant", mood.meant), ("Fear", mood.fear),
      ("Action", mood.action), ("Note", mood.note),
    ]
    for (label, text) in texts { if let text { prose.append((label, text)) } }
    add(unreadable: mood)
  }

  private init(_ step: Step) {
    self.init(step, .step, date: step.doneAt ?? step.due, heading: step.title)
    let state = step.doneAt != nil ? "done" : step.isSkipped ? "skipped" : "planned"
    lines.append(("Step", state))
    add("Rung", step.rung.map(String.init))
    add("Due", step.due?.readable)
    add("Fear before", step.fearBefore.map(String.init))
    add("Fear after", step.fearAfter.map(String.init))
    add(names: step)
    let texts: [(String, String?)] = [
      ("Feared outcome", step.fearedOutcome), ("What happened", step.actualOutcome),
    ]
    for (label, text) in texts { if let text { prose.append((label, text)) } }
    add(unreadable: step)
  }

  private init(_ record: some RecordView, _ kind: RecordKind, date: JournalDate?, heading: String) {
    self.kind = kind
    self.heading = heading
    let shown = date ?? JournalDate(unixMilliseconds: record.created, in: .utc)
    day = shown.day
    when = shown.readable
    if record.isTrashed { lines.append(("In the trash", "yes")) }
  }

  private mutating func add(names record: some RecordView) {
    add(list: "Tags", record.tags)
    add(list: "People", record.people)
  }

  private mutating func add(unreadable record: some RecordView) {
    add(list: "Written by a later version of Ebb", record.unreadable)
  }

  private mutating func add(_ label: String, _ text: String?) {
    if let text { lines.append((label, text)) }
  }

  private mutating func add(list label: String, _ names: [String]) {
    if !names.isEmpty { lines.append((label, names.joined(separator: ", "))) }
  }
}

extension JournalDate {
  /// `2026-11-21 08:15`, or the day alone for a whole day.
  var readable: String {
    guard let time else { return day.description }
    return "\(day) " + time.description.prefix(5)
  }
}
