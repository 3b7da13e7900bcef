internal import JournalModel

/// Ebb's own JSON: an array of records as `ebb list --json` and `ebb export ebb` print them.
enum EbbImporter: Importer {
  static let isDocument = true

  static func recognises(_ source: ImportSource) throws -> Bool {
    guard !source.isFolder,
      let outline = JSONDocument.outline(try source.beginning(bytesMax: 1 << 16))
    else { return false }
    return outline.isArray
      && (outline.names.isEmpty || outline.names.isSuperset(of: ["id", "kind"])
        || outline.names.isSuperset(of: ["date", "text"]))
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    let objects = ObjectReading(settings: settings)
    try JSONDocument.read(source, settings) { reader in
      var places = ElementPlaces(file: source.name)
      try reader.forEachElement { reader in
        _ = reader.next()
        let place = places.next(line: reader.line())
        let value = try reader.value()
        let (plain, versions) = split(value)
        guard var record = objects.record(plain, at: place, &report) else { return }
        record.versions = versions
        try take(record)
      }
    }
  }

  /// The record and its versions; a history that is none stays a member, which is named.
  private static func split(_ value: JSONValue) -> (JSONValue, [EarlierVersion]) {
    guard let history = value["history"], let members = value.members,
      let kind = value["kind"]?.string.map(RecordKind.init(rawValue:)),
      let versions = ExportedHistory.versions(history, kind: kind)
    else { return (value, []) }
    return (.object(members.filter { $0.key != "history" }), versions)
  }
}
