internal import JournalModel

/// The table that Daylio exports: `full_date,date,weekday,time,mood,activities,note_title,note`.
///
/// Its columns are named in English in every language, and not all of them are always there.
enum DaylioCSVImporter: Importer {
  static func recognises(_ source: ImportSource) throws -> Bool {
    guard !source.isFolder else { return false }
    let beginning = try source.beginning()
    let encoding = TextEncoding.marked(beginning) ?? .utf8
    let header = encoding.utf8(beginning).prefix { $0 != 0x0a && $0 != 0x0d }
    return isHeader(header)
  }

  /// Whether this is the first line of Daylio's table: no other one is read as it.
  static func isHeader(_ line: some Collection<UInt8>) -> Bool {
    let separator = CSVReader.separator(ofHeader: line)
    let names = line.split(separator: separator).map { name in
      String(decoding: name, as: UTF8.self).trimmedOfWhiteSpace.filter { $0 != "\"" }
    }
    return names.contains("full_date") && names.contains("mood")
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    let beginning = try source.beginning()
    let encoding = settings.encoding ?? TextEncoding.marked(beginning) ?? .utf8
    let header = encoding.utf8(beginning).prefix { $0 != 0x0a }
    var columns: [String]?
    try CSVReader.rows(
      of: source.path, encoding: settings.encoding, separator: CSVReader.separator(ofHeader: header)
    ) { row in
      let place = SourcePlace(file: source.name, line: row.line)
      switch row.fields {
      case .failure(let problem): report.fault(problem.reason, place)
      case .success(let fields):
        guard let known = columns else {
          columns = fields.map { $0.trimmedOfWhiteSpace.lowercased() }
          return
        }
        let values = DaylioRow(fields, columns: known)
        guard let record = values.record(at: place, settings, &report) else { return }
        try take(record)
      }
    }
  }
}

private struct DaylioRow {
  private var values: [String: String] = [:]
  /// Fields that no column names, or one that is there before: of a note with commas and without
  /// quotes.
  private let beyond: [String]

  private static let known: Set = [
    "full_date", "date", "weekday", "time", "mood", "activities", "note_title", "note",
  ]

  init(_ fields: [String], columns: [String]) {
    var beyond = fields.dropFirst(columns.count).map(\.trimmedOfWhiteSpace)
    for (column, field) in zip(columns, fields.map(\.trimmedOfWhiteSpace)) {
      // Of two columns of one name the first that says something counts.
      if values[column]?.isEmpty == false { beyond.append(field) } else { values[column] = field }
    }
    self.beyond = beyond.filter { !$0.isEmpty }
  }

  func record(
    at place: SourcePlace, _ settings: ImportSettings, _ report: inout ImportReport
  ) -> ImportedRecord? {
    guard let date = date(place, settings, &report) else { return nil }
    let mood = self["mood"]
    guard !mood.isEmpty else {
      report.fault(.malformed("it has no mood"), place)
      return nil
    }
    report.note(.zoneAssumed(nil), place)
    var log = DaylioLog(date: date, mood: mood)
    log.activities = self["activities"].split(separator: "|").map(\.trimmedOfWhiteSpace)
      .filter { !$0.isEmpty }
    log.title = self["note_title"]
    log.note = ([self["note"]] + beyond).filter { !$0.isEmpty }.joined(separator: "\n\n")
    if !beyond.isEmpty { report.note(.keptInText("fields beyond the last column"), place) }
    for (column, value) in values.sorted(by: { $0.key < $1.key })
    where !Self.known.contains(column) && !value.isEmpty {
      log.kept.add(column, value.split(separator: "\u{A0}").joined(separator: " "))
      report.note(.keptInText(column), place)
    }
    return ImportedRecord(.mood(log.draft(place, &report)), place: place)
  }

  private subscript(column: String) -> String { values[column] ?? "" }

  private func date(
    _ place: SourcePlace, _ settings: ImportSettings, _ report: inout ImportReport
  ) -> JournalDate? {
    let written = self["full_date"]
    guard !written.isEmpty else {
      report.fault(.noDate, place)
      return nil
    }
    guard let day = CivilDay(written) else {
      report.fault(.date(.notUnderstood(written)), place)
      return nil
    }
    let time = self["time"]
    let second = DaylioTime.secondOfDay(time)
    guard time.isEmpty || second != nil else {
      report.fault(.malformed("“\(time.prefix(40))” is not a time"), place)
      return nil
    }
    return JournalDate(day: day, secondOfDay: second, in: nil, settings.zones)
  }
}
