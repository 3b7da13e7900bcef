package import JournalModel

/// Writes one format.
///
///     var exporter = try ExportFormat.text.exporter(to: target, settings)
///     try exporter.add(ExportedRecord(state))   // for each record, oldest first
///     try exporter.finish()
///     try target.commit()
///
/// Records come one at a time, oldest first, those of the trash last, so that a journal need not
/// fit into memory. A table is handed one kind only (`ExportSettings.tableKind`).
package protocol Exporter {
  /// What the format has no place for: the field's name in JSON, and in how many records it was
  /// left out.
  var leftOut: [String: Int] { get }

  /// - Throws: `ExportError`.
  mutating func add(_ record: ExportedRecord) throws

  /// Writes what comes after the last record. The target is committed by the caller.
  ///
  /// - Throws: `ExportError`.
  mutating func finish() throws
}

/// One record to export.
package struct ExportedRecord: Sendable {
  package let state: RecordState
  /// All its versions, oldest first; only where `ExportSettings.withHistory` asks for them.
  package let history: [StampedChange]

  package init(_ state: RecordState, history: [StampedChange] = []) {
    self.state = state
    self.history = history
  }
}

/// What somebody who exports can choose, and what the machine knows.
package struct ExportSettings: Sendable {
  /// Unix milliseconds.
  package var now: Int64
  package var zones: ZoneRules
  /// Of a Markdown folder.
  package var grouping = Grouping.day
  /// Of a table, which holds one kind.
  package var tableKind = RecordKind.mood
  /// Every version of every record, where the format can hold them.
  package var withHistory = false

  /// What a file of a folder holds.
  package enum Grouping: String, CaseIterable, Sendable {
    case day
    case entry
  }

  package init(now: Int64, zones: ZoneRules) {
    self.now = now
    self.zones = zones
  }
}

/// Why an export did not come about; nothing of it is left then.
package enum ExportError: Error, Hashable, Sendable {
  /// There is such a file, or a folder with something in it.
  case exists(path: String)
  /// A folder where a file should be, or a file where a folder should be.
  case wrongKind(path: String, isFolder: Bool)
  /// A pipe or a device, which cannot be replaced by a file.
  case notAFile(path: String)
  case unwritable(path: String, systemError: Int32)
  /// Whoever read the output went away.
  case nobodyReads
  /// The format is not written to a place of that kind.
  case unavailable(ExportFormat)
  /// Nothing is installed that prints a PDF.
  case noConverter
  /// The program that prints did not.
  case notConverted(program: String, status: Int32)
}
