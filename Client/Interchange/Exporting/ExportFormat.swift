package import JournalModel

/// What Ebb can write; named as on the command line.
package enum ExportFormat: String, CaseIterable, Sendable {
  /// Ebb's own JSON: lossless.
  case ebb
  /// A folder of Markdown files, or one Markdown file.
  case markdown
  /// Plain text to read.
  case text
  /// Text that jrnl reads.
  case jrnl
  /// One page for a browser.
  case html
  /// The same page, printed by a converter that is installed.
  case pdf
  /// A table with named columns: mood logs, unless another kind is asked for.
  case csv
  /// Day One's archive of JSON: entries alone.
  case dayone
}

extension ExportFormat {
  /// Whether records in the trash come along, marked as such, without being asked for.
  package var holdsTrash: Bool { self == .ebb }

  /// Whether it has a place for records of that kind.
  package func holds(_ kind: RecordKind) -> Bool { self != .dayone || kind == .entry }

  /// Whether a terminal has no use for it.
  package var isBinary: Bool { self == .dayone || self == .pdf }

  /// Whether it can be a folder of files.
  package var canBeFolder: Bool { self == .markdown }

  /// Begins writing it.
  ///
  /// - Throws: `ExportError`.
  package func exporter(
    to target: ExportTarget, _ settings: ExportSettings
  ) throws -> any Exporter {
    switch (self, target) {
    case (.ebb, .file(let file)): return EbbExporter(file, settings)
    case (.csv, .file(let file)): return try CSVExporter(file, settings)
    case (.dayone, .file(let file)): return DayOneExporter(file, settings)
    case (.text, .file(let file)): return try TextExporter(file, settings)
    case (.jrnl, .file(let file)): return JrnlExporter(file, settings)
    // A PDF is made of the page.
    case (.html, .file(let file)), (.pdf, .file(let file)):
      return try HTMLExporter(file, settings)
    case (.markdown, _): return MarkdownExporter(target, settings)
    default: throw ExportError.unavailable(self)
    }
  }
}
