/// Ebb's own JSON: an array of records as `ebb list --json` and `ebb export ebb` print them.
enum EbbImporter: Importer {
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
      try reader.forEachElement { reader in
        _ = reader.next()
        let place = SourcePlace(file: source.name, line: reader.line())
        let value = try reader.value()
        guard let record = objects.record(value, at: place, &report) else { return }
        try take(record)
      }
    }
  }
}
