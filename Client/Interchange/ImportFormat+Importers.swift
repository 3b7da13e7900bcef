extension ImportFormat {
  /// What reads this format, in the order in which they are asked.
  package var importers: [any Importer.Type] {
    switch self {
    case .jrnl: [JrnlJSONImporter.self, JrnlFolderImporter.self, JrnlTextImporter.self]
    case .dayone:
      [DayOneZipImporter.self, DayOneJSONImporter.self, DayOneFolderImporter.self]
    case .daylio: [DaylioBackupImporter.self, DaylioCSVImporter.self]
    case .markdown: [MarkdownImporter.self]
    case .csv: [CSVImporter.self]
    case .jsonl: [JSONLinesImporter.self]
    case .ebb: [EbbImporter.self]
    }
  }

  /// The formats that a source can be, each with the importer that recognises it.
  ///
  /// - Throws: `ImportError.unreadable`.
  package static func recognised(
    _ source: ImportSource
  ) throws -> [(format: ImportFormat, importer: any Importer.Type)] {
    try allCases.compactMap { format in
      let importer = try format.importers.first { try $0.recognises(source) }
      return importer.map { (format, $0) }
    }
  }
}
