package import JournalModel

/// One import: sources go in; changes with their ids, counts and a report come out.
package struct ImportRun {
  package private(set) var report = ImportReport()
  package private(set) var addedByKind: [RecordKind: Int] = [:]
  /// Records that the journal knew already, or that stood in the sources twice.
  package private(set) var knownCount = 0
  /// The format that each source was read as.
  package private(set) var formats: [ImportFormat] = []
  private let settings: ImportSettings

  package init(_ settings: ImportSettings) {
    self.settings = settings
  }

  /// Reads a whole source.
  ///
  /// - Parameters:
  ///   - format: `nil` for the one that is recognised.
  ///   - add: stores a change, perhaps in the trash; false if its record is known already.
  /// - Throws: `ImportError` when nothing of the source can be taken; whatever `add` throws.
  package mutating func read(
    _ source: ImportSource, as format: ImportFormat?, add: (RecordChange, Bool) throws -> Bool
  ) throws {
    try read(source, as: format) { change, _, isTrashed in try add(change, isTrashed) }
  }

  /// The same, for whoever keeps earlier versions too: `add` gets them oldest first.
  package mutating func read(
    _ source: ImportSource, as format: ImportFormat?,
    addVersions add: (RecordChange, [EarlierVersion], Bool) throws -> Bool
  ) throws {
    let (format, importer) = try Self.importer(of: source, as: format)
    formats.append(format)
    var identities = RecordIdentities(format: format)
    // The importer notes in a report of its own: both it and `take` would have to change one.
    var found = ImportReport()
    var report = ImportReport()
    try importer.read(source, settings, report: &found) { record in
      do {
        try take(record, &identities, &report, add)
      } catch let error as InputError {
        report.fault(.input(error), record.place)
      }
    }
    found.add(report)
    found.sortFaults()
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

  package var addedCount: Int { addedByKind.values.reduce(0, +) }

  private mutating func take(
    _ record: ImportedRecord, _ identities: inout RecordIdentities, _ report: inout ImportReport,
    _ add: (RecordChange, [EarlierVersion], Bool) throws -> Bool
  ) throws {
    let content = try record.change(settings)
    let id: RecordID
    switch identities.naming(record.identity, content) {
    case .id(let named): id = named
    case .usedTwice(let named, let text):
      id = named
      report.fault(.idUsedTwice(text), record.place)
    }
    var change = try settings.isPlain ? content : record.applying(settings).change(settings)
    change.record = id
    guard try add(change, record.versions, record.isTrashed) else {
      knownCount += 1
      return
    }
    addedByKind[change.kind, default: 0] += 1
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
