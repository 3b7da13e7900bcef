internal import JournalModel

/// One import: sources go in; changes with their ids and a report come out.
package struct ImportRun: Sendable {
  package private(set) var report = ImportReport()
  /// The format that each source was read as.
  package private(set) var formats: [ImportFormat] = []
  /// Whether nothing of what was handed over may be kept: a document, which comes whole or not at
  /// all, has places that cannot be taken. The report names them.
  package private(set) var isRefused = false
  private let settings: ImportSettings

  package init(_ settings: ImportSettings) {
    self.settings = settings
  }

  /// Reads a whole source, to its end even where `isRefused` is clear before: all that cannot be
  /// taken is to be named at once.
  ///
  /// - Parameters:
  ///   - format: `nil` for the one that is recognised.
  ///   - take: gets each record as soon as it is read.
  /// - Throws: `ImportError` when the source cannot be read on; whatever `take` throws.
  package mutating func read(
    _ source: ImportSource, as format: ImportFormat?, take: (ImportedChange) throws -> Void
  ) throws {
    let (format, importer) = try Self.importer(of: source, as: format)
    formats.append(format)
    var identities = RecordIdentities(format: format)
    // The importer notes in a report of its own: both it and `named` would have to change one.
    var found = ImportReport()
    var report = ImportReport()
    do {
      try importer.read(source, settings, report: &found) { record in
        let change: RecordChange
        do {
          change = try named(record, &identities, &report)
        } catch let error as InputError {
          return report.fault(.input(error), record.place)
        }
        try take(
          ImportedChange(change: change, versions: record.versions, isTrashed: record.isTrashed))
      }
    } catch let error as ImportError {
      // Where it breaks off is one more place to name beside those before it.
      guard importer.isDocument, isRefused || found.lossCount + report.lossCount > 0,
        let (reason, place) = error.fault
      else { throw error }
      found.fault(reason, place)
    }
    found.add(report)
    found.sortFaults()
    if importer.isDocument && found.lossCount > 0 { isRefused = true }
    self.report.add(found)
  }

  /// The format that a source is read as.
  ///
  /// - Throws: `ImportError` when it cannot be one.
  package static func format(
    of source: ImportSource, as format: ImportFormat?
  ) throws -> ImportFormat {
    try importer(of: source, as: format).0
  }

  /// What a record writes, under its id.
  private func named(
    _ record: ImportedRecord, _ identities: inout RecordIdentities, _ report: inout ImportReport
  ) throws(InputError) -> RecordChange {
    let content = try record.change(settings)
    var change = try settings.isPlain ? content : record.applying(settings).change(settings)
    switch identities.naming(record.identity, content) {
    case .id(let id):
      change.record = id
    case .usedTwice(let id, let text):
      change.record = id
      report.fault(.idUsedTwice(text), record.place)
    }
    return change
  }

  private static func importer(
    of source: ImportSource, as format: ImportFormat?
  ) throws -> (ImportFormat, any Importer.Type) {
    if let format {
      let importers = format.importers
      if let importer = try importers.first(where: { try $0.recognises(source) }) {
        return (format, importer)
      }
      // Whoever names a format with one reader knows better than the recognition.
      guard importers.count == 1, let only = importers.first, !source.isFolder else {
        throw ImportError.notRecognised(path: source.path, as: format)
      }
      return (format, only)
    }
    let found = try ImportFormat.recognised(source)
    guard let first = found.first else {
      throw ImportError.notRecognised(path: source.path, as: nil)
    }
    guard found.count == 1 else {
      throw ImportError.ambiguous(path: source.path, found.map(\.format))
    }
    return first
  }
}

extension ImportError {
  /// The place where a source cannot be read on, as one among others.
  fileprivate var fault: (reason: ImportFault.Reason, place: SourcePlace)? {
    switch self {
    case .damaged(let place, let reason): (.malformed(reason), place)
    case .notText(let place, let byte): (.notText(byte: byte), place)
    case .unreadable, .neitherFileNorFolder, .notRecognised, .ambiguous, .encrypted, .unsafeArchive:
      nil
    }
  }
}
