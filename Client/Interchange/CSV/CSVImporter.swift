internal import JournalModel

/// Tables whose first row names the columns as Ebb's JSON does, or nearly so: `mood` for `score`,
/// a time beside a date.
///
/// A row with a measure is a mood log, one with a text an entry, unless `kind` says it. A row that is
/// broken is named and the others are taken.
enum CSVImporter: Importer {
  static func recognises(_ source: ImportSource) throws -> Bool {
    guard !source.isFolder, ["csv", "tsv", "txt", ""].contains(source.fileExtension) else {
      return false
    }
    return try TableHeader(of: source.path, encoding: nil)?.isKnown ?? false
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    guard let header = try TableHeader(of: source.path, encoding: settings.encoding) else {
      throw ImportError.damaged(
        SourcePlace(file: source.name, line: 1), reason: "its first row names no columns")
    }
    guard header.isOwn || !Set(header.columns).isDisjoint(with: ["date", "time"]) else {
      throw ImportError.damaged(
        SourcePlace(file: source.name, line: 1), reason: "its first row has no column date")
    }
    let rows = TableRows(
      header: header, settings: settings,
      order: try header.order(of: source.path, settings))
    let objects = ObjectReading(settings: settings)
    try header.rows(of: source.path, encoding: settings.encoding) { row in
      let place = SourcePlace(file: source.name, line: row.line)
      switch row.fields {
      case .failure(let problem): report.fault(problem.reason, place)
      case .success(let cells):
        guard cells.count == header.columns.count else {
          let fields = cells.count == 1 ? "1 field" : "\(cells.count) fields"
          let clause = "it has \(fields), and the first row \(header.columns.count)"
          return report.fault(.malformed(clause), place)
        }
        let value = JSONValue.object(rows.members(cells, at: place, &report))
        if let record = objects.record(value, at: place, &report) { try take(record) }
      }
    }
  }
}

/// The first row of a table.
struct TableHeader {
  /// Names of Ebb's JSON where there is one, else as they stand.
  let columns: [String]
  /// Ebb's own, in which only `|` separates names.
  var isOwn: Bool { Set(columns).isSuperset(of: ["id", "kind", "modifiedAt"]) }
  private let separator: UInt8
  /// Line feeds alone end its lines: what stands before one belongs to a text.
  private let keepsReturns: Bool

  /// - Returns: `nil` for a file without a row.
  init?(of path: String, encoding: TextEncoding?) throws {
    let marked = try TextEncoding.marked(SourceFile.read(path, bytesMax: 3))
    let beginning = try SourceFile.read(path, bytesMax: 1 << 16)
    let bytes = (encoding ?? marked ?? .utf8).utf8(beginning)
    guard let first = bytes.split(separator: 0x0a).first(where: { $0.contains { $0 > 0x20 } })
    else { return nil }
    separator = CSVReader.separator(ofHeader: first)
    keepsReturns = first.last != 0x0d
    var reader = CSVReader(separator: separator)
    var names: [String] = []
    let line = keepsReturns ? first : first.dropLast()
    try reader.add(1, line) { names = (try? $0.fields.get()) ?? [] }
    columns = Self.known(names)
  }

  /// It says when and what. Daylio's tables are read with more knowledge.
  var isKnown: Bool {
    let names = Set(columns)
    if names.contains("full_date") { return false }
    return isOwn
      || names.contains("date") && !names.isDisjoint(with: Self.measures.union(["text", "note"]))
  }

  func rows(
    of path: String, encoding: TextEncoding?, _ body: (CSVReader.Row) throws -> Void
  ) throws {
    var isFirst = true
    try CSVReader.rows(
      of: path, encoding: encoding, separator: separator, keepsReturns: keepsReturns
    ) { row in
      if !isFirst { try body(row) }
      isFirst = false
    }
  }

  /// What the dates of all rows show of how they are written.
  func order(of path: String, _ settings: ImportSettings) throws -> NoteDateOrder {
    var order = NoteDateOrder([], settings)
    guard !isOwn, let index = columns.firstIndex(of: "date") else { return order }
    try rows(of: path, encoding: settings.encoding) { row in
      guard case .success(let cells) = row.fields, index < cells.count else { return }
      if let date = NoteDate(whole: cells[index]) { order.see(date) }
    }
    return order
  }

  static let measures: Set = ["score", "closeness", "pull", "urge"]

  private static func known(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    let areOwn = names.contains("modifiedAt")
    return names.enumerated().map { index, name in
      let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
      // In others' tables it is no id of an entry.
      let own =
        plain == "entry" && !areOwn
        ? "text" : ownNames.first { $0.lowercased() == plain } ?? synonyms[plain]
      if name.lowercased() == "full_date" { return "full_date" }
      // The first of two that mean the same is meant; a column without a name has a number.
      if let own, taken.insert(own).inserted { return own }
      return name.isBlankText ? "column \(index + 1)" : name.trimmedOfWhiteSpace
    }
  }

  private static let ownNames =
    RecordKind.journal.flatMap { FieldCatalogue.fields(of: $0).map(\.name) }
    + ["id", "kind", "timeZone", "allDay", "createdAt", "modifiedAt", "trashed"]

  private static let synonyms = [
    "datetime": "date", "timestamp": "date", "day": "date", "when": "date", "datum": "date",
    "time": "time", "hour": "time", "uhrzeit": "time", "zeit": "time",
    "mood": "score", "moodscore": "score", "rating": "score", "stimmung": "score",
    "emotion": "emotions", "feeling": "emotions", "feelings": "emotions", "gefühle": "emotions",
    "notes": "note", "comment": "note", "comments": "note", "notiz": "note",
    "body": "text", "content": "text", "tag": "tags", "labels": "tags", "activities": "tags",
    "person": "people", "who": "people", "with": "people", "sign": "signs", "zone": "timeZone",
    "eintrag": "text", "inhalt": "text", "titel": "title", "kommentar": "note",
    "energie": "energy", "nähe": "closeness", "gefühl": "emotions", "personen": "people",
    "leute": "people", "wer": "people", "schlagwörter": "tags", "schlagworte": "tags",
    "stichwörter": "tags", "aktivitäten": "tags",
    "uuid": "id", "star": "starred", "created": "createdAt", "modified": "modifiedAt",
  ]
}

/// Turns the cells of a row into the members of an object of Ebb's JSON.
private struct TableRows {
  let header: TableHeader
  let settings: ImportSettings
  let order: NoteDateOrder

  func members(
    _ cells: [String], at place: SourcePlace, _ report: inout ImportReport
  ) -> [JSONValue.Member] {
    var members = zip(header.columns, cells).filter { !$0.1.isEmpty }.map { name, cell in
      JSONValue.Member(key: name, value: value(cell, of: name))
    }
    if !header.isOwn { readDate(&members, at: place, &report) }
    let names = Set(members.map(\.key))
    if !names.contains("kind"), !names.isDisjoint(with: TableHeader.measures) {
      members.append(.init(key: "kind", value: .string("mood")))
      // What was written beside a mood is its note.
      if !names.contains("note"), let text = members.firstIndex(where: { $0.key == "text" }) {
        members[text].key = "note"
      }
    } else if !names.contains("text"), !names.contains("kind"),
      let note = members.firstIndex(where: { $0.key == "note" })
    {
      members[note].key = "text"
    }
    return withoutMarks(members)
  }

  private static let lists: Set = ["tags", "people", "emotions", "signs"]
  private static let flags: Set = ["starred", "skipped", "trashed", "allDay"]

  private func value(_ cell: String, of name: String) -> JSONValue {
    if Self.lists.contains(name) { return .array(items(cell).map(JSONValue.string)) }
    if Self.flags.contains(name) {
      switch cell.lowercased() {
      case "true", "yes", "1": return .boolean(true)
      case "false", "no", "0": return .boolean(false)
      default: break
      }
    }
    return .string(cell)
  }

  /// At each `|` that has no backslash before it; in others' tables without one, at `;` or `,`.
  private func items(_ cell: String) -> [String] {
    if !header.isOwn && !cell.contains("|") {
      let separator: Character = cell.contains(";") ? ";" : ","
      return cell.split(separator: separator).map(\.trimmedOfWhiteSpace).filter { !$0.isEmpty }
    }
    var items = [""]
    var isEscaped = false
    for scalar in cell.unicodeScalars {
      if isEscaped || scalar != "\\" && scalar != "|" {
        items[items.count - 1].unicodeScalars.append(scalar)
        isEscaped = false
      } else if scalar == "|" {
        items.append("")
      } else {
        isEscaped = true
      }
    }
    return items.map { header.isOwn ? $0 : $0.trimmedOfWhiteSpace }.filter { !$0.isEmpty }
  }

  /// The date in the form of Ebb's JSON; one that is not understood stays, and is named.
  private func readDate(
    _ members: inout [JSONValue.Member], at place: SourcePlace, _ report: inout ImportReport
  ) {
    guard let index = members.firstIndex(where: { $0.key == "date" }),
      let written = members[index].value.string
    else { return }
    let time = members.first { $0.key == "time" }?.value.string
    var date = NoteDate(whole: written)
    if let time, date?.secondOfDay == nil {
      date = NoteDate(whole: written + " " + time)
      if date?.secondOfDay != nil { members.removeAll { $0.key == "time" } }
    }
    guard let date, let day = order.day(date, place, &report) else { return }
    if let index = members.firstIndex(where: { $0.key == "date" }) {
      members[index].value = .string(date.written(on: day))
    }
    if let zone = date.zone, !members.contains(where: { $0.key == "timeZone" }) {
      members.append(.init(key: "timeZone", value: .string(zone)))
    }
  }

  /// Ebb's tables list the tags and people of a text beside the others; there they are found again.
  private func withoutMarks(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
    guard header.isOwn else { return members }
    var marks: Set<RegisterName> = []
    for member in members where !Self.lists.contains(member.key) {
      guard let text = member.value.string else { continue }
      for mark in TextMarks(text).marks { marks.insert(RegisterName(mark.family, mark.name)) }
    }
    guard !marks.isEmpty else { return members }
    return members.map { member in
      guard let family = ["tags": RegisterName.Family.tag, "people": .person][member.key],
        let names = member.value.strings
      else { return member }
      let written = names.filter { !marks.contains(RegisterName(family, $0)) }
      return .init(key: member.key, value: .array(written.map(JSONValue.string)))
    }
  }
}
