internal import JournalModel
internal import OperationLog

/// The archive that Day One imports: a JSON file for each journal. It holds entries alone.
///
/// Only the deflated files are held until the end.
struct DayOneExporter: Exporter {
  private(set) var leftOut: [String: Int] = [:]
  private let target: ExportFile
  private let settings: ExportSettings
  private var files: [ZipWriter.File] = []
  private var indicesByJournal: [String: Int] = [:]
  private var names: Set<String> = []

  init(_ target: ExportFile, _ settings: ExportSettings) {
    self.target = target
    self.settings = settings
  }

  mutating func add(_ record: ExportedRecord) throws {
    guard let entry = Entry(record.state) else { return }
    for register in record.state.registersWithoutPlace { leftOut[register, default: 0] += 1 }
    let text = object(entry).text
    if let index = indicesByJournal[entry.journal] {
      files[index].append(Array((",\n" + text).utf8))
    } else {
      try begin(entry.journal, text)
    }
  }

  mutating func finish() throws {
    if files.isEmpty { try begin(Entry.defaultJournal, "") }
    do {
      try writeFiles()
    } catch is ZipError {
      // It is too large for an archive that everybody reads.
      throw ExportError.unavailable(.dayone)
    }
  }

  private mutating func writeFiles() throws {
    var zip = ZipWriter(now: settings.now) { [target] in try target.write($0) }
    for var file in files {
      file.append(Array("\n]}\n".utf8))
      try zip.add(file)
    }
    try zip.finish()
  }

  private mutating func begin(_ journal: String, _ first: String) throws {
    let name = DayOneJournalName.file(journal: journal)
    var free = name
    // Case does not tell files apart on the machines where Day One runs.
    var number = 1
    while !names.insert(free.lowercased()).inserted {
      number += 1
      free = "\(name) \(number)"
    }
    var file = try ZipWriter.File(name: free + ".json")
    file.append(Array(#"{"metadata":{"version":"1.0"},"entries":[\#n\#(first)"#.utf8))
    indicesByJournal[journal] = files.count
    files.append(file)
  }

  private func object(_ entry: Entry) -> JSONText {
    .object([
      ("uuid", .string(entry.id.description.uppercased())),
      ("creationDate", .string(Self.instant(shown(entry.date)))),
      ("modifiedDate", .string(Self.instant(entry.modified))),
      ("timeZone", .string(DayOneZone.written(entry.date.timeZone))),
      ("isAllDay", .boolean(entry.date.isAllDay)),
      ("starred", .boolean(entry.isStarred)),
      ("creationDevice", .string("Ebb")),
      ("duration", .integer(0)),
      ("tags", .strings(entry.tags + entry.people.map { "@" + $0 })),
      ("text", .string(DayOneOwn.text(entry))),
      (DayOneOwn.member, DayOneOwn.value(entry)),
    ])
  }

  /// Unix milliseconds; of a whole day its noon, which is on that day in nearly every zone.
  private func shown(_ date: JournalDate) -> Int64 {
    guard date.isAllDay else { return date.instantMilliseconds(settings.zones) }
    return date.instantMilliseconds(settings.zones) + 12 * 3_600_000
  }

  /// In whole seconds: `2026-11-21T07:15:00Z`.
  private static func instant(_ milliseconds: Int64) -> String {
    JournalDate.utcText(unixMilliseconds: milliseconds).prefix(19) + "Z"
  }
}
